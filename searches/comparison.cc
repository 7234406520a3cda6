#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "harness/metrics/mean_interval.h"
#include "harness/results/record.h"
#include "searches/search.h"
#include "searches/summary.h"

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

History first_designs(const History& history, std::size_t budget) {
  History cut = history;
  cut.evaluations.resize(std::min(budget, cut.evaluations.size()));
  const int last = cut.evaluations.empty() ? 0 : cut.evaluations.back().round;
  std::erase_if(cut.proposals, [&](const Proposal& proposal) { return proposal.round > last; });
  return cut;
}

Figures figures(const Arm& arm, const BestRule& rule, std::size_t budget) {
  const Json summary = summarise(first_designs(arm.history, budget), rule);
  Figures found;
  const auto add = [&](const char* name, const Json& value) {
    if (value.is_number()) found[name] = value.get<double>();
  };
  const Json& best = summary["best"];
  if (!best.is_null()) {
    add("unfairness", best["scores"]["unfairness_sum"]);
    add("accuracy", best["scores"]["accuracy"]);
    add("balanced_accuracy", best["scores"]["balanced_accuracy"]);
    add("macs", best["cost"]["macs"]);
    add("parameters", best["cost"]["parameters"]);
    add("meets_floor", best["meets_floor"] == true ? 1 : 0);
  }
  // The test subset was asked about the best design of the whole search only.
  if (arm.test.is_object() && arm.history.evaluations.size() == budget) {
    add("test_unfairness", arm.test["unfairness_sum"]["value"]);
    add("test_accuracy", arm.test["accuracy"]["value"]);
  }
  add("designs", summary["diversity"]["designs"]);
  add("macs_spread", summary["diversity"]["macs_spread"]);
  add("invalid_rate", summary["invalid_rate"]);
  add("retries", summary["counts"]["retries"]);
  add("tokens", summary["tokens"]["prompt"].get<std::int64_t>() + summary["tokens"]["completion"].get<std::int64_t>());
  return found;
}

const std::vector<std::string>& figure_names() {
  static const std::vector<std::string> names = {
      "unfairness",    "accuracy", "balanced_accuracy", "macs",         "parameters", "meets_floor", "test_unfairness",
      "test_accuracy", "designs",  "macs_spread",       "invalid_rate", "retries",    "tokens"};
  return names;
}

std::string cell(const Json& value, const char* format) {
  if (value.is_null()) return "-";
  std::string text = fmt::format(fmt::runtime(format), value["mean"].get<double>());
  if (!value["low"].is_null()) {
    text += fmt::format(" [{}, {}]", fmt::format(fmt::runtime(format), value["low"].get<double>()),
                        fmt::format(fmt::runtime(format), value["high"].get<double>()));
  }
  return text;
}

}  // namespace

Json compare(const std::vector<Arm>& arms, const BestRule& rule) {
  std::size_t budget = arms.empty() ? 0 : arms.front().history.evaluations.size();
  for (const Arm& arm : arms) budget = std::min(budget, arm.history.evaluations.size());
  std::vector<std::string> order;
  std::set<std::uint64_t> seeds;
  std::map<std::string, std::map<std::uint64_t, Figures>> found;
  for (const Arm& arm : arms) {
    if (found.find(arm.name) == found.end()) order.push_back(arm.name);
    found[arm.name][arm.seed] = figures(arm, rule, budget);
    seeds.insert(arm.seed);
  }
  Json result = {{"budget", budget}, {"seeds", seeds}, {"arms", Json::array()}};
  for (const auto& name : order) {
    Json row = {{"name", name}, {"searches", found[name].size()}};
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
  return result;
}

std::string comparison_text(const Json& comparison) {
  std::string text = fmt::format("best design after {} evaluated designs, mean over seeds [95 % t interval]\n",
                                 comparison["budget"].get<int>());
  text += fmt::format("{:<16}{:<28}{:<28}{:<28}{:<22}{:<10}\n", "", "Unfairness", "accuracy", "Unfairness (test)",
                      "log10 MACs, sd", "refused");
  for (const Json& arm : comparison["arms"]) {
    text += fmt::format(
        "{:<16}{:<28}{:<28}{:<28}{:<22}{:<10}\n", arm["name"].get<std::string>(), cell(arm["unfairness"], "{:.4f}"),
        cell(arm["accuracy"], "{:.4f}"), cell(arm["test_unfairness"], "{:.4f}"), cell(arm["macs_spread"], "{:.2f}"),
        arm["invalid_rate"].is_null() ? "-" : fmt::format("{:.0f} %", 100 * arm["invalid_rate"]["mean"].get<double>()));
  }
  return text;
}

}  // namespace flnas::searches
