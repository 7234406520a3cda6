#include "searches/core/summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <string_view>

#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/metrics/metric_table.h"
#include "harness/records/design_figures.h"
#include "harness/records/record.h"
#include "searches/core/search.h"

namespace flnas::searches {
namespace {

std::vector<std::string> names_of(const std::vector<const Evaluation*>& evaluations) {
  std::vector<std::string> names;
  for (const Evaluation* evaluation : evaluations) names.push_back(evaluation->name);
  return names;
}

/// What strategies noted of their questions, of lost ones too.
template <class Visit>
void for_each_state(const History& history, Visit&& visit) {
  for (const ProposalRecord& proposal : history.proposals) visit(proposal.strategy_state);
  for (const LostCall& call : history.lost_calls) visit(call.strategy_state);
}

SearchTokens tokens(const History& history) {
  SearchTokens found;
  for_each_state(history, [&](const Json& strategy_state) {
    if (!strategy_state.is_object()) return;
    const auto add = [&](const char* key, std::int64_t& sum) {
      if (strategy_state.contains(key) && strategy_state[key].is_number_integer())
        sum += strategy_state[key].get<std::int64_t>();
    };
    add("prompt_tokens", found.prompt), add("completion_tokens", found.completion);
  });
  return found;
}

/// The distinct texts of the strategy_states under a key, sorted.
std::vector<std::string> distinct(const History& history, const char* key) {
  std::set<std::string> texts;
  for_each_state(history, [&](const Json& strategy_state) {
    if (strategy_state.is_object() && strategy_state.contains(key) && strategy_state[key].is_string())
      texts.insert(strategy_state[key].get<std::string>());
  });
  return {texts.begin(), texts.end()};
}

std::optional<double> macs_spread(const std::vector<Evaluation>& evaluations) {
  std::vector<double> logs;
  for (const Evaluation& e : evaluations)
    logs.push_back(std::log10(static_cast<double>(std::max<std::int64_t>(1, e.cost.macs))));
  if (logs.size() < 2) return std::nullopt;
  double mean = 0, squares = 0;
  for (const double value : logs) mean += value / static_cast<double>(logs.size());
  for (const double value : logs) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(logs.size() - 1));
}

std::vector<EvaluatedDesign> trajectory(const History& history, const BestRule& rule) {
  std::vector<EvaluatedDesign> designs;
  std::vector<Evaluation> so_far;
  for (const Evaluation& evaluation : history.evaluations) {
    so_far.push_back(evaluation);
    const Best best = get_best(usable(so_far), rule);
    EvaluatedDesign& design = designs.emplace_back();
    design.name = evaluation.name, design.hash = evaluation.hash, design.round = evaluation.round;
    design.status = evaluation.status, design.reason = evaluation.reason;
    design.run = evaluation.run, design.seconds = evaluation.seconds;
    design.cost = evaluation.cost, design.scores = evaluation.scores;
    if (best.evaluation != nullptr) design.best = best.evaluation->name;
    design.best_meets_floor = best.meets_floor;
  }
  return designs;
}

std::string share(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; }

std::string latency_text(const DesignCost& cost) {
  const char* mark = cost.latency_mark == "estimated" ? "~" : cost.latency_reason.empty() ? " " : "?";
  return (cost.latency_us ? fmt::format("{:.{}f}", *cost.latency_us / 1e3, *cost.latency_us < 1e3 ? 3 : 1) : "-") +
         mark;
}

std::vector<std::string> titles_of(const Objectives& objectives) {
  std::vector<std::string> titles;
  for (const std::string& metric : objectives) titles.push_back(metrics::metric_info(metric).title);
  return titles;
}

/// A column of the table of designs.
struct Column {
  const char* metric;  ///< in the table of metrics
  const char* title;
  bool is_main;  ///< shown in 80 columns
  std::string (*cell)(const EvaluatedDesign&);
};

constexpr Column kColumns[] = {
    {"parameters", "parameters", false, [](const EvaluatedDesign& d) { return with_thousands(d.cost.parameters); }},
    {"macs", "MACs", true, [](const EvaluatedDesign& d) { return short_count(static_cast<double>(d.cost.macs)); }},
    {"latency", "latency, ms ", true, [](const EvaluatedDesign& d) { return latency_text(d.cost); }},
    {"accuracy", "accuracy", true, [](const EvaluatedDesign& d) { return share(d.scores.accuracy); }},
    {"balanced_accuracy", "balanced", true, [](const EvaluatedDesign& d) { return share(d.scores.balanced_accuracy); }},
    {"unfairness_sum", "Unfairness", true, [](const EvaluatedDesign& d) { return share(d.scores.unfairness_sum); }},
    {"eodd", "EODD", false, [](const EvaluatedDesign& d) { return share(d.scores.eodd); }}};

/// Those of the columns that are shown: the main ones and what the search went by; a latency where a design has one.
std::vector<const Column*> shown_columns(const SearchSummary& summary, const TableForm& form) {
  const Objectives chosen = summary.objectives.value_or(Objectives());
  const bool timed =
      std::ranges::any_of(summary.trajectory, [](const auto& d) { return d.cost.latency_us.has_value(); });
  std::vector<const Column*> shown;
  for (const Column& column : kColumns) {
    const std::string_view metric = column.metric;
    const bool is_asked = column.is_main || form.is_whole() || std::ranges::find(chosen, metric) != chosen.end();
    if (is_asked && (timed || metric != "latency")) shown.push_back(&column);
  }
  return shown;
}

/// What the search went by and has no column above.
Objectives other_objectives(const SearchSummary& summary) {
  Objectives others = summary.objectives.value_or(Objectives());
  std::erase_if(others, [](const std::string& metric) {
    return std::ranges::any_of(kColumns, [&](const Column& column) { return metric == column.metric; });
  });
  return others;
}

/// Why the best design is the best.
std::string why_best(const SearchSummary& summary) {
  if (!summary.best->meets_floor) return "the highest balanced accuracy, since none reaches the floor";
  const std::string among =
      "of the designs above the floor whose balanced accuracy is within two standard errors of the "
      "highest, ";
  if (!summary.objectives) {
    return among + "the least Unfairness; of those within one standard error of that, the fewest MACs";
  }
  return fmt::format("{}the best by {}, each but the last to within one standard error", among,
                     fmt::join(titles_of(*summary.objectives), ", then by "));
}

std::string designs_table(const SearchSummary& summary, const TableForm& form) {
  const std::vector<const Column*> shown = shown_columns(summary, form);
  const Objectives others = other_objectives(summary);
  std::vector<TextRow> rows = {{"design"}};
  std::string alignment = "l";
  for (const Column* column : shown) {
    rows[0].emplace_back(column->title);
    alignment += 'r';
  }
  for (const std::string& metric : others) {
    rows[0].push_back(metrics::metric_info(metric).title);
    alignment += 'r';
  }
  rows[0].emplace_back("best, or why not");
  const std::vector<std::string> verdicts = design_verdicts(summary);
  for (std::size_t i = 0; i < summary.trajectory.size(); ++i) {
    const EvaluatedDesign& design = summary.trajectory[i];
    const bool is_best = summary.best && summary.best->name == design.name;
    TextRow& cells = rows.emplace_back(TextRow{(is_best ? "* " : "  ") + design.name});
    for (const Column* column : shown) cells.push_back(column->cell(design));
    for (const std::string& metric : others) {
      const auto figure = design_figure(design.cost, design.scores, metric);
      cells.push_back(figure ? design_figure_text(figure, metrics::metric_info(metric)) : "-");
    }
    cells.push_back(verdicts[i]);
  }
  return show_table(rows, alignment + "l", form);
}

}  // namespace

SearchSummary summarise(const History& history, const BestRule& rule) {
  const auto all = usable(history.evaluations);
  SearchSummary summary;
  const SearchCounts& counts = summary.counts.emplace(count(history));
  if (counts.proposals > 0) summary.invalid_rate = static_cast<double>(counts.refused()) / counts.proposals;
  summary.tokens = tokens(history);
  summary.models = distinct(history, "model");
  summary.sources = distinct(history, "source");
  double waiting = 0, evaluating = 0;
  for (const ProposalRecord& proposal : history.proposals) waiting += proposal.seconds;
  for (const LostCall& call : history.lost_calls) waiting += call.seconds;
  for (const Evaluation& evaluation : history.evaluations) evaluating += evaluation.seconds;
  summary.waiting_seconds = waiting;
  summary.evaluating_seconds = evaluating;
  summary.diversity = {.designs = static_cast<std::int64_t>(history.evaluations.size()),
                       .macs_spread = macs_spread(history.evaluations)};
  summary.floor = rule.floor;
  if (!rule.objectives.empty()) summary.objectives = rule.objectives;
  summary.trajectory = trajectory(history, rule);
  if (const Best best = get_best(all, rule); best.evaluation != nullptr) {
    const Evaluation& found = *best.evaluation;
    summary.best = {.name = found.name,
                    .hash = found.hash,
                    .meets_floor = best.meets_floor,
                    .design = history.design_of(found),
                    .cost = found.cost,
                    .scores = found.scores};
  }
  summary.front = names_of(pareto(all, rule));
  summary.top = names_of(top(all, rule, 3));
  return summary;
}

BestRule rule_of(const SearchSummary& summary) {
  return {.floor = summary.floor.value_or(0), .objectives = summary.objectives.value_or(Objectives())};
}

std::vector<std::string> design_verdicts(const SearchSummary& summary) {
  std::vector<Evaluation> evaluations;
  for (const EvaluatedDesign& design : summary.trajectory) {
    Evaluation& evaluation = evaluations.emplace_back();
    evaluation.status = design.status, evaluation.cost = design.cost, evaluation.scores = design.scores;
  }
  const auto all = usable(evaluations);
  const auto found = verdicts(all, rule_of(summary));
  std::vector<std::string> texts;
  std::size_t next = 0;
  for (const Evaluation& evaluation : evaluations) texts.push_back(is_usable(evaluation) ? found[next++] : "failed");
  return texts;
}

std::string summary_text(const SearchSummary& summary, const TableForm& form) {
  const SearchCounts counts = summary.counts.value_or(SearchCounts());
  std::string text = designs_table(summary, form);
  for (const EvaluatedDesign& design : summary.trajectory) {
    if (design.status == kFailed) text += fmt::format("{} failed: {}\n", design.name, design.reason);
  }
  text += wrap(fmt::format("(~ estimated, ? unreliable: the machine was busy, or the times scattered; the floor on "
                           "balanced accuracy is {:.4f})",
                           summary.floor.value_or(0)),
               0, 1) +
          "\n";
  text += fmt::format("{} designs evaluated ({} could not be trained)\n", counts.evaluated, counts.untrainable);
  text += wrap(fmt::format("{} proposals: {} invalid, {} repeated, {} unreadable; {} retries, {} rounds given up",
                           counts.proposals, counts.invalid, counts.repeated, counts.unreadable, counts.retries,
                           counts.given_up),
               0, 2) +
          "\n";
  const SearchTokens spent = summary.tokens.value_or(SearchTokens());
  if (spent.prompt != 0 || spent.completion != 0) {
    text += fmt::format("{} prompt and {} completion tokens\n", spent.prompt, spent.completion);
  }
  if (!summary.models.empty() && counts.valid_first) {
    text += fmt::format("valid at once: {} of {} first replies\n", *counts.valid_first, counts.rounds);
  }
  for (const std::string& source : summary.sources) {
    if (source == "scripted") text += "replies of a script, not of a language model: no result of an LLM\n";
  }
  if (!summary.best) return text + "no design could be trained\n";
  const std::string front = summary.objectives ? fmt::format("{}", fmt::join(titles_of(*summary.objectives), ", "))
                                               : "Unfairness, accuracy and MACs";
  return text + wrap(fmt::format("best: {}: {}", summary.best->name, why_best(summary)), 0, 2) + "\n" +
         wrap(fmt::format("Pareto front of {}: {}", front, fmt::join(summary.front, ", ")), 0, 2) + "\n";
}

}  // namespace flnas::searches
