#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "harness/metrics/mean_interval.h"
#include "harness/records/record.h"
#include "searches/core/chance.h"
#include "searches/core/search.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

using Figures = std::map<std::string, double>;  ///< of one search; one that is not defined is not there

/// {"mean", "low", "high", "n"}; null without values, no interval for a single one.
Json interval(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  const auto [mean, low, high, n] = metrics::mean_interval(values);
  const auto or_null = [](double value) { return std::isnan(value) ? Json(nullptr) : Json(value); };
  return {{"mean", mean}, {"low", or_null(low)}, {"high", or_null(high)}, {"n", n}};
}

/// The number of designs after which arms are compared.
std::size_t common_budget(const std::vector<Arm>& arms) {
  for (const bool finished : {true, false}) {
    std::size_t least = 0;
    for (const Arm& arm : arms) {
      const std::size_t designs = arm.history.evaluations.size();
      if (designs == 0 || (finished && !arm.finished)) continue;
      least = least == 0 ? designs : std::min(least, designs);
    }
    if (least > 0) return least;
  }
  return 0;
}

/// A search that did not get farther keeps the proposals that led nowhere.
History first_designs(const History& history, std::size_t budget) {
  History cut = history;
  if (cut.evaluations.size() <= budget) return cut;
  cut.evaluations.resize(budget);
  const int last = cut.evaluations.empty() ? 0 : cut.evaluations.back().round;
  std::erase_if(cut.proposals, [&](const ProposalRecord& proposal) { return proposal.round > last; });
  return cut;
}

bool is_short(const Arm& arm, std::size_t budget) { return budget == 0 || arm.history.evaluations.size() < budget; }

/// How often a designer says something new; null without a proposal in which a design could be read.
Json distinct_share(const History& history) {
  std::set<std::string> designs;
  int readable = 0;
  for (const ProposalRecord& proposal : history.proposals) {
    if (proposal.hash.empty()) continue;
    designs.insert(proposal.hash);
    ++readable;
  }
  return readable == 0 ? Json(nullptr) : Json(static_cast<double>(designs.size()) / readable);
}

/// What the test subset says of the best design, and by how much validation had flattered it.
void add_test_figures(const Json& test, Figures& found) {
  const auto add = [&](const char* name, const char* metric) {
    if (test.contains(metric) && test[metric]["value"].is_number()) found[name] = test[metric]["value"].get<double>();
  };
  add("test_unfairness", "unfairness_sum"), add("test_accuracy", "accuracy");
  add("test_balanced_accuracy", "balanced_accuracy"), add("test_worst_group", "worst_group");
  add("test_eodd", "eodd");
  const auto both = [&](const char* a, const char* b) { return found.count(a) > 0 && found.count(b) > 0; };
  if (both("test_unfairness", "unfairness")) {
    found["selection_unfairness"] = found["test_unfairness"] - found["unfairness"];
  }
  if (both("test_balanced_accuracy", "balanced_accuracy")) {
    found["selection_balanced_accuracy"] = found["balanced_accuracy"] - found["test_balanced_accuracy"];
  }
}

Figures figures(const Arm& arm, const BestRule& rule, std::size_t budget) {
  const History history = first_designs(arm.history, budget);
  const Json summary = summarise(history, rule);
  const bool whole = !is_short(arm, budget);
  Figures found;
  const auto add = [&](const char* name, const Json& value) {
    if (value.is_number()) found[name] = value.get<double>();
  };
  const Json& best = summary["best"];
  if (whole && !best.is_null()) {
    add("unfairness", best["scores"]["unfairness_sum"]);
    add("accuracy", best["scores"]["accuracy"]);
    add("balanced_accuracy", best["scores"]["balanced_accuracy"]);
    add("macs", best["cost"]["macs"]);
    add("parameters", best["cost"]["parameters"]);
    add("meets_floor", best["meets_floor"] == true ? 1 : 0);
  }
  if (const auto chance = best_by_chance(usable(history.evaluations), rule); whole && chance) {
    found["chance_unfairness"] = chance->unfairness;
    found["chance_balanced_accuracy"] = chance->balanced_accuracy;
  }
  // The test subset was asked about the best design of the whole search only.
  if (whole && arm.test.is_object() && arm.history.evaluations.size() == budget) add_test_figures(arm.test, found);
  if (whole) add("macs_spread", summary["diversity"]["macs_spread"]);
  add("designs", summary["diversity"]["designs"]);
  add("distinct_share", distinct_share(history));
  add("invalid_rate", summary["invalid_rate"]);
  for (const char* name : {"proposals", "invalid", "repeated", "unreadable", "retries"}) {
    add(name, summary["counts"][name]);
  }
  add("waiting_seconds", summary["waiting_seconds"]);
  add("evaluating_seconds", summary["evaluating_seconds"]);
  add("tokens", summary["tokens"]["prompt"].get<std::int64_t>() + summary["tokens"]["completion"].get<std::int64_t>());
  return found;
}

/// Who answered an arm's designers, over its seeds.
struct Answerers {
  std::set<std::string> sources, models;
  void add(const Json& summary) {
    for (const auto& source : summary["sources"]) sources.insert(source.get<std::string>());
    for (const auto& model : summary["models"]) models.insert(model.get<std::string>());
  }
};

const std::vector<std::string>& figure_names() {
  static const std::vector<std::string> names = {"unfairness",
                                                 "accuracy",
                                                 "balanced_accuracy",
                                                 "macs",
                                                 "parameters",
                                                 "meets_floor",
                                                 "test_unfairness",
                                                 "test_accuracy",
                                                 "test_balanced_accuracy",
                                                 "test_worst_group",
                                                 "test_eodd",
                                                 "selection_unfairness",
                                                 "selection_balanced_accuracy",
                                                 "chance_unfairness",
                                                 "chance_balanced_accuracy",
                                                 "designs",
                                                 "macs_spread",
                                                 "invalid_rate",
                                                 "retries",
                                                 "tokens",
                                                 "distinct_share",
                                                 "proposals",
                                                 "invalid",
                                                 "repeated",
                                                 "unreadable",
                                                 "waiting_seconds",
                                                 "evaluating_seconds"};
  return names;
}

/// Why an arm that asks, or was answered, is no result of a language model; blank where it is one, or asks nobody.
std::string why_not_measured(bool asks, const std::set<std::string>& sources) {
  if (sources.count("scripted") > 0) return "a script answered in place of a language model";
  return asks && sources.empty() ? "nobody answered" : "";
}

}  // namespace

Json compare(const std::vector<Arm>& arms, const BestRule& rule) {
  const std::size_t budget = common_budget(arms);
  std::vector<std::string> order;
  std::set<std::uint64_t> seeds;
  std::map<std::string, std::map<std::uint64_t, Figures>> found;
  std::map<std::string, Answerers> answerers;
  std::map<std::string, int> ended_early;
  std::map<std::string, bool> asks;
  std::map<std::string, Json> ended;
  for (const Arm& arm : arms) {
    if (found.find(arm.name) == found.end()) order.push_back(arm.name);
    found[arm.name][arm.seed] = figures(arm, rule, budget);
    answerers[arm.name].add(summarise(arm.history, rule));
    ended_early[arm.name] += is_short(arm, budget);
    asks[arm.name] |= arm.asks;
    if (!arm.finished) ended[arm.name].push_back({{"seed", arm.seed}, {"reason", arm.reason}});
    seeds.insert(arm.seed);
  }
  Json result = {{"budget", budget}, {"seeds", seeds}, {"arms", Json::array()}, {"not_measured", Json::array()}};
  for (const auto& name : order) {
    Json row = {{"name", name}, {"searches", found[name].size()}, {"short", ended_early[name]}};
    row["ended"] = ended[name].is_null() ? Json::array() : ended[name];
    row["not_measured"] = why_not_measured(asks[name], answerers[name].sources);
    row["sources"] = answerers[name].sources;
    row["models"] = answerers[name].models;
    Json difference = Json::object();
    for (const auto& figure : figure_names()) {
      std::vector<double> values, differences;
      for (const auto& [seed, own] : found[name]) {
        if (own.count(figure) == 0) continue;
        values.push_back(own.at(figure));
        const auto& base = found[order.front()];
        const auto other = base.find(seed);
        if (other != base.end() && other->second.count(figure) > 0) {
          differences.push_back(own.at(figure) - other->second.at(figure));
        }
      }
      row[figure] = interval(values);
      if (name != order.front()) difference[figure] = interval(differences);
    }
    row["difference"] = difference;
    result["arms"].push_back(row);
  }
  if (std::none_of(asks.begin(), asks.end(), [](const auto& arm) { return arm.second; })) {
    result["not_measured"].push_back({{"name", "llm"}, {"reason", "no language model was asked"}});
  }
  return result;
}

}  // namespace flnas::searches
