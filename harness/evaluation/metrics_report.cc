#include "harness/evaluation/metrics_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/metrics/operating_point.h"
#include "harness/metrics/worst_of.h"

namespace flnas {
namespace {

using metrics::Estimate;
using metrics::FiguresByGroup;
using metrics::GroupFigures;
using metrics::Outcomes;

constexpr const char* kTotals[] = {"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"};

double gap_mean(const std::vector<double>& gaps) {
  double sum = 0, count = 0;
  for (const double gap : gaps) {
    if (std::isnan(gap)) continue;
    sum += std::abs(gap);
    ++count;
  }
  return sum / count;
}

Estimate complement(const Estimate& rate) { return {1 - rate.value, 1 - rate.high, 1 - rate.low}; }

/// Every figure of a group under its key.
void add_figures(Json& json, const GroupFigures& figures) {
  GroupFigures::for_each_figure(figures, [&](const std::string& name, const Estimate& estimate) {
    json[name == "tpr_at_fpr" ? "tpr_at_fpr_10" : name] = figure_json(estimate);
    if (name == "tpr") json["fnr"] = figure_json(complement(estimate));
    if (name == "fpr") json["tnr"] = figure_json(complement(estimate));
  });
}

/// Where the groups of each attribute begin in FiguresByGroup, after all rows.
std::vector<std::size_t> first_groups(const Outcomes& outcomes) {
  std::vector<std::size_t> first;
  std::size_t at = 1;
  for (const auto& attribute : outcomes.attributes) {
    first.push_back(at);
    at += attribute.groups.size();
  }
  return first;
}

Json groups_json(const Outcomes& outcomes, const FiguresByGroup& found, const Json& unknown) {
  Json groups = Json::object();
  const auto first = first_groups(outcomes);
  const std::size_t standardised = 2, accuracy = 0, per_group = found.draws.point.size() / found.groups.size();
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      const GroupFigures& figures = found.groups[first[a] + g];
      Json& json = groups[outcomes.attributes[a].groups[g]];
      json = {{"attribute", outcomes.attributes[a].name}, {"n", figures.rows}, {"units", figures.units}};
      for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
        json["class_n"][outcomes.classes[c]] = figures.class_rows[c];
      }
      add_figures(json, figures);
      json["standardised_gap"] =
          figure_json(found.draws.difference((first[a] + g) * per_group + standardised, accuracy));
    }
  }
  groups["unknown"] = unknown;
  return groups;
}

Json worst_json(const Outcomes& outcomes, const FiguresByGroup& found, const std::vector<std::size_t>& attributes,
                int min_support) {
  const auto first = first_groups(outcomes);
  std::vector<double> values;
  std::vector<std::vector<double>> draws;
  std::vector<std::string> names;
  for (const std::size_t a : attributes) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      const auto& rows = found.groups[first[a] + g].class_rows;
      if (*std::min_element(rows.begin(), rows.end()) < std::max(1, min_support)) continue;
      values.push_back(found.groups[first[a] + g].balanced_accuracy.value);
      draws.push_back(found.drawn(first[a] + g, "balanced_accuracy"));
      names.push_back(outcomes.attributes[a].groups[g]);
    }
  }
  const auto worst = metrics::worst_of(values, draws, found.draws.config);
  Json json = figure_json(worst.estimate);
  if (!json.is_null()) json["name"] = names[worst.group];
  return json;
}

/// The other attributes stand in no figure of this one.
Json attribute_json(const PredictionTable& rows, const std::string& subset, const std::string& name,
                    const MetricsReportOptions& options) {
  const Json alone = evaluate_predictions(rows.predictions, with_attributes(rows.adapter, {name}), rows.task, subset,
                                          options.settings);
  Json json = Json::object();
  for (const char* key : kTotals) json[key] = alone.at(key);
  json["worst_group"] = alone.at("worst_group");
  json["pairs"] = alone.at("pairs");
  json["unknown"] = alone.at("groups").at("unknown");
  return json;
}

/// The table with one more attribute: the intersections of some.
PredictionTable crossed(const PredictionTable& rows, const std::vector<std::string>& cross) {
  PredictionTable made = rows;
  std::vector<std::string> known;
  for (const auto& attribute : rows.adapter.attributes) known.push_back(attribute.name);
  std::vector<std::size_t> parts;
  for (const auto& name : cross) parts.push_back(find_name("attribute of --cross,", name, known));
  if (parts.size() < 2 || std::set(parts.begin(), parts.end()).size() < parts.size()) {
    throw ConfigError("--cross takes two or more different attributes, such as --cross ATTRIBUTE,ANOTHER");
  }
  const Outcomes outcomes = outcomes_of(rows.predictions, rows.adapter, rows.task, rows.predictions.rows[0].subset);
  Attribute attribute{
      .name = fmt::format("{}", fmt::join(cross, ",")), .column = {}, .groups = {}, .range = {}, .unknown = {}};
  std::map<std::vector<int>, std::string> cells;
  const auto name_of = [&](const std::vector<int>& groups) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& one = outcomes.attributes[parts[i]];
      const std::string& group = one.groups[static_cast<std::size_t>(groups[i])];
      const bool prefixed = group.starts_with(one.name + "=");
      words.push_back(prefixed ? group : one.name + "=" + group);
    }
    return fmt::format("{}", fmt::join(words, ","));
  };
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    std::vector<int> groups;
    for (const std::size_t a : parts) groups.push_back(outcomes.groups[a][row]);
    const bool is_known = std::none_of(groups.begin(), groups.end(), [](int group) { return group < 0; });
    const std::string cell = is_known ? cells.emplace(groups, "").first->second = name_of(groups) : std::string();
    made.predictions.rows[row].attributes.push_back(cell);
  }
  for (const auto& [groups, name] : cells) {
    for (const Group& before : attribute.groups) made.adapter.pairs.emplace_back(before.name, name);
    attribute.groups.push_back({.name = name});
  }
  made.predictions.attributes.push_back(attribute.name);
  made.adapter.attributes.push_back(std::move(attribute));
  return made;
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

Json operating_point_json(const PredictionTable& table, PredictionTable rows, const std::string& subset,
                          const MetricsReportOptions& options) {
  constexpr const char* kChosenOn = "validation";
  if (rows.task.positive < 0 || subset == kChosenOn) return nullptr;
  const PredictionTable validation = subset_of(table, kChosenOn);
  const auto scores = positive_scores(rows), chosen_on = positive_scores(validation);
  if (scores.empty() || chosen_on.empty()) return nullptr;
  const auto point = metrics::choose_operating_point(chosen_on, positives_of(validation));
  if (!point) return nullptr;
  const auto positive = static_cast<std::size_t>(rows.task.positive);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    rows.predictions.rows[i].prediction = rows.task.classes[scores[i] >= point->threshold ? positive : 1 - positive];
  }
  Json json{{"threshold", point->threshold}, {"chosen_on", kChosenOn}, {"n", validation.predictions.rows.size()}};
  const auto outcomes = outcomes_of(rows.predictions, rows.adapter, rows.task, subset);
  const auto members = metrics::members_of(outcomes);
  const auto found = group_figures(outcomes, {}, {members[0]}, options.settings.bootstrap);
  for (const char* key : {"accuracy", "balanced_accuracy", "tpr", "fpr"}) json[key] = nullptr;
  GroupFigures::for_each_figure(found.groups[0], [&](const std::string& name, const Estimate& estimate) {
    if (json.contains(name)) json[name] = figure_json(estimate);
  });
  const Json totals = evaluate_predictions(rows.predictions, rows.adapter, rows.task, subset, options.settings);
  for (const char* key : kTotals) json[key] = totals.at(key);
  return json;
}

void add_definitions(Json& definitions) {
  definitions["auroc"] = "auroc v1: area under the ROC curve; more than two classes: mean of one against the rest";
  definitions["tpr_at_fpr_10"] = "tpr_at_fpr_10 v1: true positive rate where the group's ROC curve has an FPR of 10 %";
  definitions["brier"] = "brier v1: two classes, mean of (p - y)^2; more, mean of the sum over classes";
  definitions["ece"] =
      "ece v1: expected calibration error in 10 bins of equal width; without an interval: it is a sum of absolute "
      "gaps, "
      "which resampling makes larger";
  definitions["standardised_accuracy"] =
      "standardised_accuracy v1: recalls of the group, weighted by the share of each class among all rows";
  definitions["standardised_gap"] = "standardised_gap v1: standardised_accuracy less the accuracy of all rows";
  definitions["worst_group_balanced_accuracy"] =
      "worst_group_balanced_accuracy v1: lowest balanced accuracy of the groups that have min_support rows of every "
      "class; the "
      "interval holds for the lowest of all groups together";
}

}  // namespace

Json figure_json(const Estimate& estimate) {
  if (std::isnan(estimate.value)) return nullptr;
  const auto number = [](double value) { return std::isnan(value) ? Json(nullptr) : Json(value); };
  return {{"value", estimate.value}, {"low", number(estimate.low)}, {"high", number(estimate.high)}};
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

Adapter with_attributes(const Adapter& adapter, const std::vector<std::string>& names) {
  Adapter found = adapter;
  std::erase_if(found.attributes, [&](const Attribute& attribute) {
    return std::find(names.begin(), names.end(), attribute.name) == names.end();
  });
  return found;  // pairs of other attributes' groups name no group of these, and are left aside
}

Json metrics_report(const PredictionTable& table, const MetricsReportOptions& options) {
  const std::string subset = chosen_subset(table.predictions, options.subset);
  const PredictionTable plain = subset_of(table, subset);
  const PredictionTable rows = options.cross.empty() ? plain : crossed(plain, options.cross);
  const Outcomes outcomes = outcomes_of(rows.predictions, rows.adapter, rows.task, subset);
  const auto found =
      group_figures(outcomes, scores_of(rows), metrics::members_of(outcomes), options.settings.bootstrap);

  Json report{{"file", table.predictions.where}};
  report.update(evaluate_predictions(plain.predictions, plain.adapter, plain.task, subset, options.settings));
  report["unit"] = found.groups[0].units == found.groups[0].rows ? "row" : "unit";
  report["units"] = found.groups[0].units;
  report["positive"] =
      rows.task.positive < 0 ? Json(nullptr) : Json(rows.task.classes[static_cast<std::size_t>(rows.task.positive)]);
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    report["class_n"][outcomes.classes[c]] = found.groups[0].class_rows[c];
  }
  Json overall;
  add_figures(overall, found.groups[0]);
  for (const auto& [name, figure] : overall.items()) {
    if (!report.contains(name) && name != "standardised_accuracy") report[name] = figure;
  }
  std::vector<std::size_t> all_attributes;
  for (std::size_t a = 0; a < plain.adapter.attributes.size(); ++a) all_attributes.push_back(a);
  report["worst_group_balanced_accuracy"] = worst_json(outcomes, found, all_attributes, options.settings.min_support);
  report["groups"] = groups_json(outcomes, found, report.at("groups").at("unknown"));
  const auto first = first_groups(outcomes);
  report["by_attribute"] = Json::object();
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    Json& json = report["by_attribute"][outcomes.attributes[a].name];
    json = attribute_json(rows, subset, outcomes.attributes[a].name, options);
    json["worst_group_balanced_accuracy"] = worst_json(outcomes, found, {a}, options.settings.min_support);
    std::vector<double> gaps;
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      gaps.push_back(found.groups[first[a] + g].standardised_accuracy.value - found.groups[0].accuracy.value);
    }
    const double mean = gap_mean(gaps);
    json["standardised_unfairness_mean"] = figure_json({mean, std::nan(""), std::nan("")});
  }
  report["operating_point"] = operating_point_json(table, plain, subset, options);
  report["notes"] = table.notes;
  add_definitions(report["definitions"]);
  return report;
}

}  // namespace flnas
