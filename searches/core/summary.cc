#include "searches/core/summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/records/record.h"
#include "searches/core/search.h"

namespace flnas::searches {
namespace {

Json names_of(const std::vector<const Evaluation*>& evaluations) {
  Json names = Json::array();
  for (const Evaluation* evaluation : evaluations) names.push_back(evaluation->name);
  return names;
}

/// What designers noted of their questions, of lost ones too.
template <class Visit>
void for_each_state(const History& history, Visit&& visit) {
  for (const ProposalRecord& proposal : history.proposals) visit(proposal.strategy_state);
  for (const LostCall& call : history.lost_calls) visit(call.strategy_state);
}

Json tokens(const History& history) {
  std::int64_t prompt = 0, completion = 0;
  for_each_state(history, [&](const Json& strategy_state) {
    if (!strategy_state.is_object()) return;
    const auto add = [&](const char* key, std::int64_t& sum) {
      if (strategy_state.contains(key) && strategy_state[key].is_number_integer())
        sum += strategy_state[key].get<std::int64_t>();
    };
    add("prompt_tokens", prompt), add("completion_tokens", completion);
  });
  return {{"prompt", prompt}, {"completion", completion}};
}

/// The distinct texts of the strategy_states under a key.
Json distinct(const History& history, const char* key) {
  std::set<std::string> texts;
  for_each_state(history, [&](const Json& strategy_state) {
    if (strategy_state.is_object() && strategy_state.contains(key) && strategy_state[key].is_string())
      texts.insert(strategy_state[key].get<std::string>());
  });
  return texts;
}

/// Standard deviation (n - 1) of log10 of the MACs; null below two designs.
Json macs_spread(const std::vector<Evaluation>& evaluations) {
  std::vector<double> logs;
  for (const Evaluation& e : evaluations)
    logs.push_back(std::log10(static_cast<double>(std::max<std::int64_t>(1, e.cost.macs))));
  if (logs.size() < 2) return nullptr;
  double mean = 0, squares = 0;
  for (const double value : logs) mean += value / static_cast<double>(logs.size());
  for (const double value : logs) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(logs.size() - 1));
}

Json trajectory(const History& history, const BestRule& rule) {
  Json rows = Json::array();
  std::vector<Evaluation> so_far;
  for (const Evaluation& evaluation : history.evaluations) {
    so_far.push_back(evaluation);
    const Best best = get_best(usable(so_far), rule);
    Json row = {{"name", evaluation.name},      {"hash", evaluation.hash},     {"round", evaluation.round},
                {"status", evaluation.status},  {"reason", evaluation.reason}, {"run", evaluation.run},
                {"seconds", evaluation.seconds}};
    row["cost"] = record_to_json(evaluation.cost);
    row["scores"] = record_to_json(evaluation.scores);
    row["best"] = best.evaluation == nullptr ? Json(nullptr) : Json(best.evaluation->name);
    row["best_meets_floor"] = best.meets_floor;
    rows.push_back(row);
  }
  return rows;
}

std::string share(const Json& value) { return value.is_null() ? "-" : fmt::format("{:.4f}", value.get<double>()); }

/// "170 M", "426 k".
std::string short_count(double value) {
  if (value >= 1e9) return fmt::format("{:.3g} G", value / 1e9);
  return value >= 1e6 ? fmt::format("{:.3g} M", value / 1e6) : fmt::format("{:.3g} k", value / 1e3);
}

TextRow row_of(const Json& row, const std::string& best, double floor) {
  const Json &cost = row["cost"], &scores = row["scores"];
  const Json& latency = cost["latency_us"];
  const char* mark = cost["latency_mark"] == "estimated" ? "~" : cost["latency_reason"] == "" ? " " : "?";
  TextRow cells = {(row["name"] == best ? "* " : "  ") + row["name"].get<std::string>(),
                   with_thousands(cost["parameters"].get<std::int64_t>()), short_count(cost["macs"].get<double>()),
                   (latency.is_null() ? "-" : fmt::format("{:.1f}", latency.get<double>() / 1e3)) + mark};
  for (const char* name : {"accuracy", "balanced_accuracy", "unfairness_sum", "eodd"}) {
    cells.push_back(share(scores[name]));
  }
  const Json& balanced = scores["balanced_accuracy"];
  cells[5] += !balanced.is_null() && balanced.get<double>() < floor ? "<" : " ";
  return cells;
}

}  // namespace

Json summarise(const History& history, const BestRule& rule) {
  const SearchCounts counts = count(history);
  const auto all = usable(history.evaluations);
  const Best best = get_best(all, rule);
  Json summary = {{"counts", record_to_json(counts)}};
  const int refused = counts.invalid + counts.repeated + counts.unreadable;
  summary["invalid_rate"] =
      counts.proposals == 0 ? Json(nullptr) : Json(static_cast<double>(refused) / counts.proposals);
  summary["tokens"] = tokens(history);
  summary["models"] = distinct(history, "model");
  summary["sources"] = distinct(history, "source");
  double waiting = 0, evaluating = 0;
  for (const ProposalRecord& proposal : history.proposals) waiting += proposal.seconds;
  for (const LostCall& call : history.lost_calls) waiting += call.seconds;
  for (const Evaluation& evaluation : history.evaluations) evaluating += evaluation.seconds;
  summary["waiting_seconds"] = waiting;
  summary["evaluating_seconds"] = evaluating;
  summary["diversity"] = {{"designs", history.evaluations.size()}, {"macs_spread", macs_spread(history.evaluations)}};
  summary["floor"] = rule.floor;
  summary["trajectory"] = trajectory(history, rule);
  summary["best"] = nullptr;
  if (best.evaluation != nullptr) {
    summary["best"] = {{"name", best.evaluation->name},
                       {"hash", best.evaluation->hash},
                       {"meets_floor", best.meets_floor},
                       {"design", history.design_of(*best.evaluation)},
                       {"cost", record_to_json(best.evaluation->cost)},
                       {"scores", record_to_json(best.evaluation->scores)}};
  }
  summary["front"] = names_of(pareto(all, rule));
  summary["top"] = names_of(top(all, rule, 3));
  return summary;
}

std::string summary_text(const Json& summary) {
  const Json &best = summary["best"], &counts = summary["counts"];
  std::vector<TextRow> rows = {
      {"design", "parameters", "MACs", "latency, ms ", "accuracy", "balanced ", "Unfairness", "EODD"}};
  const double floor = summary["floor"].get<double>();
  std::string failed;
  for (const Json& row : summary["trajectory"]) {
    rows.push_back(row_of(row, best.is_null() ? "" : best["name"].get<std::string>(), floor));
    if (row["status"] == kFailed) {
      failed += fmt::format("{} failed: {}\n", row["name"].get<std::string>(), row["reason"].get<std::string>());
    }
  }
  std::string text = narrow_tables(rows) + failed;
  text += fmt::format(
      "(* best, ~ estimated, ? unreliable: the machine was busy, or the times scattered,\n"
      "< below the floor of {:.4f} on balanced accuracy)\n",
      floor);
  text += fmt::format(
      "{} designs evaluated ({} could not be trained)\n{} proposals: {} invalid, {} repeated, {} unreadable; {} "
      "retries, "
      "{} rounds given up\n",
      counts["evaluated"].get<int>(), counts["untrainable"].get<int>(), counts["proposals"].get<int>(),
      counts["invalid"].get<int>(), counts["repeated"].get<int>(), counts["unreadable"].get<int>(),
      counts["retries"].get<int>(), counts["given_up"].get<int>());
  const Json& spent = summary["tokens"];
  if (spent["prompt"] != 0 || spent["completion"] != 0) {
    text += fmt::format("{} prompt and {} completion tokens\n", spent["prompt"].get<std::int64_t>(),
                        spent["completion"].get<std::int64_t>());
  }
  for (const auto& source : summary["sources"]) {
    if (source == "scripted") text += "replies of a script, not of a language model: no result of an LLM\n";
  }
  if (best.is_null()) return text + "no design could be trained\n";
  const char* why = best["meets_floor"].get<bool>()
                        ? "of the designs above the floor whose balanced accuracy is within two\n"
                          "  standard errors of the highest, the least Unfairness; of those within one\n"
                          "  standard error of that, the fewest MACs"
                        : "the highest balanced accuracy, since none reaches the floor";
  return text + fmt::format("best: {}: {}\nPareto front of Unfairness, accuracy and MACs: {}\n",
                            best["name"].get<std::string>(), why,
                            fmt::join(summary["front"].get<std::vector<std::string>>(), ", "));
}

}  // namespace flnas::searches
