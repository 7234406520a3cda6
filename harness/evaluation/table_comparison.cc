#include "harness/evaluation/table_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/base/error.h"
#include "harness/base/text.h"
#include "harness/evaluation/difference_json.h"
#include "harness/evaluation/evaluate.h"
#include "harness/metrics/comparison/paired.h"

namespace flnas {
namespace {

using metrics::Outcomes;

constexpr const char* kOfCounts[] = {
    "accuracy", "balanced_accuracy", "worst_group", "unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"};

/// Two tables on the same rows in the same order, or on their own.
struct Pair {
  PredictionTable first, second;
  std::string by;  ///< "id", "row", or blank: not paired
  std::size_t only_first = 0, only_second = 0;
};

bool same_row(const PredictionRow& a, const PredictionRow& b) {
  return a.label == b.label && a.attributes == b.attributes && a.lesion == b.lesion;
}

/// The rows of a table in the order of those indices.
PredictionTable taken(const PredictionTable& table, const std::vector<std::size_t>& rows) {
  PredictionTable found = table;
  found.predictions.rows.clear();
  found.scores.clear();
  found.ids.clear();
  for (const std::size_t row : rows) {
    found.predictions.rows.push_back(table.predictions.rows[row]);
    if (!table.scores.empty()) found.scores.push_back(table.scores[row]);
    if (!table.ids.empty()) found.ids.push_back(table.ids[row]);
  }
  return found;
}

/// The same units in both: a row without a unit is one under a name that it has in both.
void name_rows(Pair& pair) {
  for (std::size_t row = 0; row < pair.first.predictions.rows.size(); ++row) {
    auto& first = pair.first.predictions.rows[row];
    auto& second = pair.second.predictions.rows[row];
    first.image = second.image = fmt::format("{:012}", row);
    second.lesion = first.lesion;
  }
}

Pair paired(const PredictionTable& first, const PredictionTable& second) {
  Pair pair{first, second, {}, 0, 0};
  const auto &a = first.predictions, &b = second.predictions;
  if (!first.ids.empty() && !second.ids.empty()) {
    std::map<std::string, std::size_t> places;
    for (std::size_t row = 0; row < second.ids.size(); ++row) places.emplace(second.ids[row], row);
    std::vector<std::size_t> of_first, of_second;
    for (std::size_t row = 0; row < first.ids.size(); ++row) {
      const auto found = places.find(first.ids[row]);
      if (found == places.end()) continue;
      const PredictionRow &one = a.rows[row], &other = b.rows[found->second];
      if (one.label != other.label) {
        throw DataError(
            fmt::format("{}:{}: '{}' has the label '{}', and in {}:{} '{}'; compare predictions of the same "
                        "labels",
                        a.where, one.line, one_line(first.ids[row], 40), one.label, b.where, other.line, other.label));
      }
      of_first.push_back(row);
      of_second.push_back(found->second);
    }
    if (!of_first.empty()) {
      pair = {taken(first, of_first), taken(second, of_second), "id", a.rows.size() - of_first.size(),
              b.rows.size() - of_second.size()};
    }
  } else if (a.rows.size() == b.rows.size() && std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), same_row)) {
    pair.by = "row";
  }
  if (!pair.by.empty()) name_rows(pair);
  return pair;
}

Json difference_or_null(const metrics::Difference& difference) {
  return std::isnan(difference.value) ? Json(nullptr) : difference_json(difference);
}

/// Figures that need more than counts.
void add_of_rows(Json& json, const Pair& pair, const Outcomes& first, const Outcomes& second, double level) {
  const auto a = metrics::scored_figures(first, scores_of(pair.first));
  const auto b = metrics::scored_figures(second, scores_of(pair.second));
  std::vector<const metrics::Influence*> of_second;
  metrics::Scored::for_each_member(b, [&](const char*, const auto& figure) { of_second.push_back(&figure); });
  std::size_t at = 0;
  metrics::Scored::for_each_member(a, [&](const char* name, const metrics::Influence& figure) {
    json[name] = difference_or_null(metrics::difference(figure, *of_second[at++], !pair.by.empty(), level));
  });
}

void add_of_counts(Json& json, bool paired, const Outcomes& first, const Outcomes& second, int min_support,
                   const metrics::BootstrapConfig& config, const metrics::BootstrapConfig& other) {
  const auto a = tally(first), b = tally(second);
  const auto c = metrics::support_of(first, a, min_support), d = metrics::support_of(second, b, min_support);
  const auto of_first = metrics::weigh(first, c, config), of_second = metrics::weigh(second, d, other);
  const auto set = paired ? metrics::paired_difference(first, second, c, of_first, of_second)
                          : metrics::independent_difference(of_first, of_second);
  std::vector<metrics::Difference> values;
  metrics::MetricSet<metrics::Difference>::for_each_value(set, [&](const auto& value) { values.push_back(value); });
  for (const char* name : kOfCounts) json[name] = difference_or_null(values.at(metrics::place_in_set(name)));
}

Json differences(const Pair& pair, const MetricsReportOptions& options, int pairs) {
  const auto outcomes = [](const PredictionTable& table) {
    return outcomes_of(table.predictions, table.adapter, table.task, table.predictions.rows[0].subset);
  };
  metrics::BootstrapConfig config = options.settings.bootstrap;
  config.resamples = metrics::resamples_for(pairs, config.resamples);
  metrics::BootstrapConfig other = config;
  if (pair.by.empty()) other.seed += 1;  // draws of their own
  const Outcomes first = outcomes(pair.first), second = outcomes(pair.second);
  Json json = Json::object();
  add_of_counts(json, !pair.by.empty(), first, second, options.settings.min_support, config, other);
  add_of_rows(json, pair, first, second, config.level);
  return json;
}

/// One family of tests per figure.
void correct_for_many(Json& comparisons) {
  if (comparisons.empty()) return;
  for (const auto& [name, unused] : comparisons[0].at("differences").items()) {
    std::vector<Json*> tests;
    for (Json& pair : comparisons) {
      Json& figure = pair.at("differences").at(name);
      if (!figure.is_null()) tests.push_back(&figure);
    }
    add_holm(tests);
  }
}

void require_same_classes(const PredictionTable& first, const PredictionTable& second) {
  if (std::is_permutation(first.task.classes.begin(), first.task.classes.end(), second.task.classes.begin(),
                          second.task.classes.end())) {
    return;
  }
  throw DataError(fmt::format("{} and {} have different classes; compare predictions of the same classes",
                              first.predictions.where, second.predictions.where));
}

}  // namespace

Json compare_tables(const std::vector<PredictionTable>& tables, const MetricsReportOptions& options) {
  std::vector<PredictionTable> chosen;
  for (const PredictionTable& table : tables) {
    chosen.push_back(subset_of(table, chosen_subset(table.predictions, options.subset)));
  }
  Json comparisons = Json::array();
  const auto pairs = static_cast<int>(chosen.size() * (chosen.size() - 1) / 2);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    for (std::size_t j = i + 1; j < chosen.size(); ++j) {
      require_same_classes(chosen[i], chosen[j]);
      const Pair pair = paired(chosen[i], chosen[j]);
      comparisons.push_back({{"first", chosen[i].predictions.where},
                             {"second", chosen[j].predictions.where},
                             {"paired", !pair.by.empty()},
                             {"by", pair.by.empty() ? Json(nullptr) : Json(pair.by)},
                             {"n", pair.first.predictions.rows.size()},
                             {"only_first", pair.only_first},
                             {"only_second", pair.only_second},
                             {"differences", differences(pair, options, pairs)}});
    }
  }
  correct_for_many(comparisons);
  return comparisons;
}

}  // namespace flnas
