#include "searches/training/validation_scores.h"

#include <algorithm>
#include <cmath>

#include "harness/base/defined.h"
#include "harness/evaluation/evaluate.h"
#include "harness/metrics/figures/figures.h"
#include "harness/metrics/metric_table.h"
#include "harness/metrics/null/fair_null.h"
#include "harness/metrics/scores/auroc.h"
#include "harness/records/design_figures.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"
#include "harness/records/robustness_record.h"

namespace flnas::searches {
namespace {

constexpr int kDraws = 500;

std::optional<double> value_of(const Json& metrics, const char* name) {
  const Json& value = metrics.at(name).at("value");
  return value.is_null() ? std::optional<double>() : value.get<double>();
}

/// Of the draws in which the figure is defined; empty below two.
std::optional<double> deviation(const std::vector<double>& draws) {
  double mean = 0, squares = 0, n = 0;
  for (const double draw : draws) {
    if (std::isnan(draw)) continue;
    ++n;
    const double before = draw - mean;
    mean += before / n;
    squares += before * (draw - mean);
  }
  return n < 2 ? std::optional<double>() : std::sqrt(squares / (n - 1));
}

std::optional<double> auroc_of(const Predictions& predictions, const metrics::Outcomes& outcomes) {
  std::vector<float> probabilities;
  for (const PredictionRow& row : predictions.rows) {
    probabilities.insert(probabilities.end(), row.probabilities.begin(), row.probabilities.end());
  }
  if (probabilities.empty()) return std::nullopt;
  const std::vector<std::int64_t> labels(outcomes.labels.begin(), outcomes.labels.end());
  return metrics::macro_auroc(probabilities, labels, outcomes.classes.size());
}

std::vector<ClassScore> class_scores(const metrics::Outcomes& outcomes, const metrics::Counts& counts) {
  std::vector<ClassScore> scores;
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    scores.push_back({outcomes.classes[c], counts.positives(c), defined(counts.tpr(c))});
  }
  return scores;
}

void add_classes(std::vector<GroupScore>& groups, const metrics::Outcomes& outcomes, const metrics::Tally& tally) {
  const auto add = [&](const std::string& name, const metrics::Counts& counts) {
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const auto& group) { return group.name == name; });
    if (found != groups.end()) found->classes = class_scores(outcomes, counts);
  };
  for (std::size_t a = 0; a < tally.groups.size(); ++a) {
    for (std::size_t g = 0; g < tally.groups[a].size(); ++g) {
      add(outcomes.attributes[a].groups[g], tally.groups[a][g]);
    }
  }
  add("unknown", tally.unknown);
}

/// Of a metric as the run's record has it; without a value where it has none.
MetricScore metric_score(const Json& figures, const std::string& name) {
  MetricScore score{.name = name, .value = {}, .standard_error = {}};
  const Json figure = figures.value(name, Json(nullptr));
  if (!figure.is_object() || !figure.at("value").is_number()) return score;
  score.value = figure.at("value").get<double>();
  if (figure.at("low").is_number() && figure.at("high").is_number()) {
    score.standard_error = (figure.at("high").get<double>() - figure.at("low").get<double>()) / (2 * kNormal95);
  }
  return score;
}

/// Which figure of robustness.json a metric is; null: none.
const RobustFigures* robust_figures(const RobustnessRecord& record, const std::string& metric) {
  if (metric == "robust_accuracy") return &record.corrupted;
  return metric == "fgsm_accuracy" ? &record.attacked : nullptr;
}

/// Costs are no scores; empty where there are no others.
std::optional<std::vector<MetricScore>> further_scores(const Json& figures, const Objectives& objectives) {
  std::vector<MetricScore> scores;
  for (const std::string& name : objectives) {
    if (metrics::metric_info(name).kind != metrics::Kind::kCost) scores.push_back(metric_score(figures, name));
  }
  return scores.empty() ? std::nullopt : std::optional(std::move(scores));
}

}  // namespace

DesignScores scores_of(const RunRecord& record) {
  DesignScores scores;
  const Json& m = record.metrics;
  scores.accuracy = value_of(m, "accuracy");
  scores.balanced_accuracy = value_of(m, "balanced_accuracy");
  scores.worst_group = value_of(m, "worst_group");
  scores.unfairness_mean = value_of(m, "unfairness_mean");
  scores.unfairness_sum = value_of(m, "unfairness_sum");
  scores.eodd = value_of(m, "eodd");
  scores.eopp1 = value_of(m, "eopp1");
  scores.eopp2 = value_of(m, "eopp2");
  for (const auto& [name, group] : m.at("groups").items()) {
    scores.groups.push_back({name, group.at("n").get<std::int64_t>(), value_of(group, "accuracy")});
  }
  if (record.training) {
    scores.train_loss = record.training->train_loss;
    scores.train_accuracy = record.training->train_accuracy;
    scores.validation_loss = record.training->validation_loss;
  }
  return scores;
}

DesignScores scores_of(const RunRecord& record, const Predictions& predictions, const Adapter& adapter,
                       const Objectives& objectives) {
  DesignScores scores = scores_of(record);
  scores.further = further_scores(record.metrics, objectives);
  const Task task = task_of(predictions, adapter);
  const metrics::Outcomes outcomes = outcomes_of(predictions, adapter, task, chosen_subset(predictions, "validation"));
  const metrics::Tally tally = metrics::tally(outcomes);
  const metrics::Support support = metrics::support_of(outcomes, tally);
  const metrics::Resampled resampled = metrics::weigh(outcomes, support, {.resamples = kDraws});
  scores.auroc = auroc_of(predictions, outcomes);
  const Json& worst = record.metrics.at("worst_group").value("name", Json(nullptr));
  if (worst.is_string()) scores.worst_group_name = worst.get<std::string>();
  scores.balanced_accuracy_se = deviation(metrics::draws_of(resampled, "balanced_accuracy"));
  scores.unfairness_se = deviation(metrics::draws_of(resampled, "unfairness_sum"));
  const auto rules = metrics_rules(record.metrics.value("version", 1));
  const auto fair = metrics::fair_null(outcomes, support, {.draws = kDraws}, rules);
  scores.unfairness_by_chance = defined(fair.unfairness_sum.mean);
  add_classes(scores.groups, outcomes, tally);
  if (record.training) {
    scores.epochs_run = record.training->epochs_run;
    scores.best_epoch = record.training->best_epoch;
  }
  return scores;
}

bool needs_robustness(const Objectives& objectives) {
  const RobustnessRecord none;
  return std::ranges::any_of(objectives,
                             [&](const std::string& metric) { return robust_figures(none, metric) != nullptr; });
}

void add_robust_scores(DesignScores& scores, const std::filesystem::path& run) {
  if (!scores.further) return;
  Objectives names;
  for (const MetricScore& score : *scores.further) names.push_back(score.name);
  if (!needs_robustness(names)) return;
  const auto record = read_with_schema<RobustnessRecord>(run / kRobustnessFolder / kRobustnessFile);
  for (MetricScore& score : *scores.further) {
    const RobustFigures* figures = robust_figures(record, score.name);
    if (figures == nullptr) continue;
    const RobustShare& share = figures->accuracy;
    score.value = share.value;
    if (share.low && share.high) score.standard_error = (*share.high - *share.low) / (2 * kNormal95);
  }
}

}  // namespace flnas::searches
