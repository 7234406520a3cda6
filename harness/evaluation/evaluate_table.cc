// What the metrics have beside the keys of counts: figures of scores, by group and by attribute.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "harness/base/defined.h"
#include "harness/evaluation/evaluate_table.h"
#include "harness/evaluation/metrics_json.h"
#include "harness/metrics/figures/group_figures.h"
#include "harness/metrics/metric_table.h"
#include "harness/metrics/scores/operating_point.h"

namespace flnas {
namespace {

using metrics::Estimate;
using metrics::GroupFigures;
using metrics::Members;
using metrics::Outcomes;

constexpr const char* kTotals[] = {"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"};

Estimate complement(const Estimate& rate) { return {1 - rate.value, 1 - rate.high, 1 - rate.low}; }

/// Every figure of a group under its key.
void add_figures(Json& json, const GroupFigures& figures) {
  GroupFigures::for_each_figure(figures, [&](const std::string& name, const Estimate& estimate) {
    Json& figure = json[name == "tpr_at_fpr" ? "tpr_at_fpr_10" : name];
    if (!figure.is_null()) return;  // as version 2 has it
    figure = figure_json(estimate);
    if (name == "ece" && !figure.is_null()) figure["debiased"] = figures.ece_debiased;
    if (name == "tpr") json["fnr"] = figure_json(complement(estimate));
    if (name == "fpr") json["tnr"] = figure_json(complement(estimate));
  });
}

/// Where the groups of each attribute begin in members_of(), after all rows.
std::vector<std::size_t> first_groups(const Outcomes& outcomes) {
  std::vector<std::size_t> first;
  std::size_t at = 1;
  for (const auto& attribute : outcomes.attributes) {
    first.push_back(at);
    at += attribute.groups.size();
  }
  return first;
}

Json gap_json(const metrics::GapEstimate& gap, int groups_used, int groups) {
  Json json = figure_json({gap.value, gap.low, gap.high});
  if (json.is_null()) return json;
  json["debiased"] = gap.debiased;
  json["terms"] = groups_used;
  json["of"] = groups;
  return json;
}

/// A group's figures beside what its entry already holds.
void add_group(Json& json, const Outcomes& outcomes, const GroupFigures& figures) {
  json["units"] = figures.units;
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    json["class_n"][outcomes.classes[c]] = figures.class_rows[c];
  }
  add_figures(json, figures);
}

Json worst_json(const Outcomes& outcomes, const Members& members, const std::vector<std::string>& names,
                const MetricsSettings& settings, metrics::Rules rules) {
  const auto worst =
      metrics::worst_balanced_accuracy(outcomes, members, settings.min_support, settings.bootstrap.level, rules);
  Json json = figure_json(worst.estimate);
  if (!json.is_null()) json["name"] = names[worst.group];
  return json;
}

/// What is made of the recalls of these groups.
void add_of_groups(Json& json, const Outcomes& outcomes, const Members& members, const std::vector<std::string>& names,
                   const MetricsSettings& settings, metrics::Rules rules) {
  json["worst_group_balanced_accuracy"] = worst_json(outcomes, members, names, settings, rules);
  const auto gaps =
      metrics::standardised_unfairness(outcomes, members, settings.min_support, settings.bootstrap, rules);
  json["standardised_unfairness_mean"] = gap_json(gaps.mean, gaps.groups_used, gaps.groups);
  json["standardised_unfairness_sum"] = gap_json(gaps.sum, gaps.groups_used, gaps.groups);
}

/// The other attributes stand in no figure of this one.
Json attribute_json(const Outcomes& outcomes, std::size_t attribute, const metrics::Measured& measured,
                    const MetricsSettings& settings) {
  const Json alone = measured_json(metrics::with_attribute(outcomes, attribute), measured, {}, settings);
  Json json = Json::object();
  for (const char* key : kTotals) json[key] = alone.at(key);
  json["worst_group"] = alone.at("worst_group");
  json["pairs"] = alone.at("pairs");
  json["unknown"] = alone.at("groups").at("unknown");
  return json;
}

std::vector<std::uint8_t> positives_of(const PredictionTable& rows) {
  std::vector<std::uint8_t> positive;
  for (const auto& row : rows.predictions.rows) {
    positive.push_back(row.label == rows.task.classes[static_cast<std::size_t>(rows.task.positive)] ? 1 : 0);
  }
  return positive;
}

/// Scores of the positive class, of --score or of its p_ column; empty where there are none.
std::vector<double> positive_scores(const PredictionTable& rows) {
  if (!rows.scores.empty() || rows.predictions.classes.empty()) return rows.scores;
  std::vector<double> scores;
  for (const auto& row : rows.predictions.rows) {
    scores.push_back(row.probabilities[static_cast<std::size_t>(rows.task.positive)]);
  }
  return scores;
}

/// By fold, blank where rows name none; without those whose rows lack a class or a score.
std::map<std::string, double> thresholds_of(const PredictionTable& validation) {
  struct Fold {
    std::vector<double> scores;
    std::vector<std::uint8_t> positive;
  };
  std::map<std::string, Fold> folds;
  const auto scores = positive_scores(validation);
  const auto positive = positives_of(validation);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    Fold& fold = folds[validation.predictions.rows[i].fold];
    fold.scores.push_back(scores[i]), fold.positive.push_back(positive[i]);
  }
  std::map<std::string, double> thresholds;
  for (const auto& [name, fold] : folds) {
    if (const auto point = metrics::choose_operating_point(fold.scores, fold.positive)) {
      thresholds[name] = point->threshold;
    }
  }
  return thresholds;
}

/// The rows that have a threshold, each answered by it.
std::vector<PredictionRow> answered(const PredictionTable& rows, const std::map<std::string, double>& thresholds) {
  const auto scores = positive_scores(rows);
  const auto positive = static_cast<std::size_t>(rows.task.positive);
  std::vector<PredictionRow> found;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto threshold = thresholds.find(rows.predictions.rows[i].fold);
    if (threshold == thresholds.end()) continue;
    found.push_back(rows.predictions.rows[i]);
    found.back().prediction = rows.task.classes[scores[i] >= threshold->second ? positive : 1 - positive];
  }
  return found;
}

Json operating_point_json(const PredictionTable& table, PredictionTable rows, const std::string& subset,
                          const MetricsSettings& settings, metrics::Rules rules) {
  constexpr const char* kChosenOn = "validation";
  if (rows.task.positive < 0 || subset == kChosenOn) return nullptr;
  const PredictionTable validation = subset_of(table, kChosenOn);
  const auto thresholds = thresholds_of(validation);
  auto judged = answered(rows, thresholds);
  if (judged.empty()) return nullptr;
  const bool folds = !thresholds.contains("");
  Json json = Json::object();
  if (folds) {
    json["thresholds"] = thresholds;
  } else {
    json["threshold"] = thresholds.at("");
  }
  json["chosen_on"] = kChosenOn;
  json["n"] = validation.predictions.rows.size();
  if (folds) json["left_out"] = rows.predictions.rows.size() - judged.size();
  rows.predictions.rows = std::move(judged);
  const auto outcomes = outcomes_of(rows.predictions, rows.adapter, rows.task, subset);
  const auto found =
      group_figures(outcomes, {}, {metrics::members_of(outcomes)[0]}, settings.bootstrap, settings.min_support, rules);
  for (const char* key : {"accuracy", "balanced_accuracy", "tpr", "fpr"}) json[key] = nullptr;
  GroupFigures::for_each_figure(found[0], [&](const std::string& name, const Estimate& estimate) {
    if (json.contains(name)) json[name] = figure_json(estimate);
  });
  const Json totals = measured_json(
      outcomes, metrics::measure(outcomes, settings.min_support, settings.bootstrap, rules), subset, settings);
  for (const char* key : kTotals) json[key] = totals.at(key);
  return json;
}

/// Of the metrics that counts alone do not tell.
void add_definitions(Json& definitions) {
  for (const metrics::MetricInfo& metric : metrics::metric_table()) {
    if (metric.version > 0 && !definitions.contains(metric.name)) definitions[metric.name] = metric.definition();
  }
  definitions["operating_point"] =
      "operating_point v1: the threshold of the highest balanced accuracy on subset validation, applied to the rows";
}

/// In an order of their own, so that figures do not depend on that of the file to the last digit.
PredictionTable sorted(PredictionTable rows) {
  std::vector<std::size_t> order(rows.predictions.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t at) {
    const PredictionRow& row = rows.predictions.rows[at];
    const double score = rows.scores.empty() ? 0.0 : rows.scores[at];
    return std::tuple<const std::string&, const std::string&, const std::string&, const std::string&,
                      const std::vector<std::string>&, const std::vector<float>&, double>(
        row.lesion, row.image, row.label, row.prediction, row.attributes, row.probabilities, score);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  PredictionTable found = rows;
  for (std::size_t i = 0; i < order.size(); ++i) {
    found.predictions.rows[i] = rows.predictions.rows[order[i]];
    if (!rows.scores.empty()) found.scores[i] = rows.scores[order[i]];
    if (!rows.ids.empty()) found.ids[i] = rows.ids[order[i]];
  }
  return found;
}

}  // namespace

Json figure_json(const Estimate& estimate) {
  if (std::isnan(estimate.value)) return nullptr;
  return {{"value", estimate.value}, {"low", number_or_null(estimate.low)}, {"high", number_or_null(estimate.high)}};
}

PredictionTable subset_of(const PredictionTable& table, const std::string& subset) {
  PredictionTable found = table;
  found.predictions.rows.clear();
  found.scores.clear();
  found.ids.clear();
  for (std::size_t row = 0; row < table.predictions.rows.size(); ++row) {
    if (table.predictions.rows[row].subset != subset) continue;
    found.predictions.rows.push_back(table.predictions.rows[row]);
    if (!table.scores.empty()) found.scores.push_back(table.scores[row]);
    if (!table.ids.empty()) found.ids.push_back(table.ids[row]);
  }
  return found;
}

metrics::Scores scores_of(const PredictionTable& table) {
  metrics::Scores scores;
  scores.ranking = table.scores;
  const bool shares = !table.scores.empty() && std::all_of(table.scores.begin(), table.scores.end(),
                                                           [](double score) { return score >= 0 && score <= 1; });
  for (std::size_t row = 0; row < table.predictions.rows.size(); ++row) {
    const auto& probabilities = table.predictions.rows[row].probabilities;
    if (shares) {
      const double score = table.scores[row];
      const bool second = table.task.positive == 1;
      scores.probabilities.push_back(second ? 1 - score : score);
      scores.probabilities.push_back(second ? score : 1 - score);
    } else {
      scores.probabilities.insert(scores.probabilities.end(), probabilities.begin(), probabilities.end());
    }
  }
  return scores;
}

Json evaluate_table(const PredictionTable& table, const std::string& subset, const MetricsSettings& settings,
                    metrics::Rules rules) {
  const PredictionTable rows = sorted(subset_of(table, subset));
  const Outcomes outcomes = outcomes_of(rows.predictions, rows.adapter, rows.task, subset);
  const auto measured = metrics::measure_by_attribute(outcomes, settings.min_support, settings.bootstrap, rules);
  Json json = measured_json(outcomes, measured.all, subset, settings);
  json["version"] = version_of(rules);
  const Members members = metrics::members_of(outcomes);
  const auto figures =
      group_figures(outcomes, scores_of(rows), members, settings.bootstrap, settings.min_support, rules);
  json["positive"] =
      rows.task.positive < 0 ? Json(nullptr) : Json(rows.task.classes[static_cast<std::size_t>(rows.task.positive)]);
  Json overall;
  add_group(overall, outcomes, figures[0]);
  for (const char* key : {"units", "standardised_accuracy", "standardised_gap"}) overall.erase(key);
  for (const auto& [name, figure] : overall.items()) {
    if (!json.contains(name)) json[name] = figure;
  }
  const auto first = first_groups(outcomes);
  std::vector<std::string> names;
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      names.push_back(outcomes.attributes[a].groups[g]);
      add_group(json["groups"][names.back()], outcomes, figures[first[a] + g]);
    }
  }
  add_of_groups(json, outcomes, {members.begin() + 1, members.end()}, names, settings, rules);
  json["by_attribute"] = Json::object();
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    const auto& attribute = outcomes.attributes[a];
    Json& of_attribute = json["by_attribute"][attribute.name];
    of_attribute = attribute_json(outcomes, a, measured.alone[a], settings);
    const auto begin = members.begin() + static_cast<std::ptrdiff_t>(first[a]);
    add_of_groups(of_attribute, outcomes, {begin, begin + static_cast<std::ptrdiff_t>(attribute.groups.size())},
                  attribute.groups, settings, rules);
  }
  json["operating_point"] = operating_point_json(table, rows, subset, settings, rules);
  add_definitions(json["definitions"]);
  if (json["operating_point"].contains("thresholds")) {
    json["definitions"]["operating_point"] =
        "operating_point v1: in each fold the threshold of the highest balanced accuracy on its rows of subset "
        "validation, applied to its rows";
  }
  return json;
}

Json evaluate_predictions(const Predictions& predictions, const Adapter& adapter, const Task& task,
                          const std::string& wanted, const MetricsSettings& settings) {
  return evaluate_table({predictions, adapter, task, {}, {}, {}}, chosen_subset(predictions, wanted), settings);
}

}  // namespace flnas
