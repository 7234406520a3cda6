#include "harness/evaluation/trainings.h"

#include <algorithm>
#include <cmath>

#include "harness/base/defined.h"
#include "harness/evaluation/difference_json.h"

namespace flnas {
namespace {

using metrics::Rules;

struct Compared {
  const char* metric;
  bool is_gap;  ///< of absolute values
};
constexpr Compared kCompared[] = {{"accuracy", false},    {"balanced_accuracy", false},
                                  {"worst_group", false}, {"unfairness_sum", true},
                                  {"eodd", true},         {"eopp1", true},
                                  {"eopp2", true}};

using Runs = std::map<std::string, std::vector<ModelPredictions>>;

/// The metric on the rows themselves.
double point_of(const metrics::Resampled& resampled, const std::string& metric) {
  return resampled.point.at(metrics::place_in_set(metric));
}

/// Figures of scores, with what each lesion adds to them.
struct ScoredMetric {
  const char* metric;
  metrics::Influence metrics::Scored::*figure;
};
constexpr ScoredMetric kScored[] = {{"auroc", &metrics::Scored::auroc},
                                    {"tpr_at_fpr_10", &metrics::Scored::tpr_at_fpr},
                                    {"brier", &metrics::Scored::brier}};

using ScoredRuns = std::map<std::string, std::vector<metrics::Scored>>;

ScoredRuns scored_runs(const Runs& runs) {
  ScoredRuns found;
  for (const auto& [model, trainings] : runs) {
    for (const ModelPredictions& run : trainings) {
      found[model].push_back(metrics::scored_figures(run.outcomes, run.scores));
    }
  }
  return found;
}

std::vector<metrics::Influence> figures_of(const std::vector<metrics::Scored>& runs, const ScoredMetric& metric) {
  std::vector<metrics::Influence> figures;
  for (const auto& run : runs) figures.push_back(run.*metric.figure);
  return figures;
}

/// Of shares: intervals end at 0 and 1, and there is none where neither lesions nor trainings make a difference.
Json two_level_json(metrics::TwoLevel found, bool is_gap, Rules rules) {
  const bool bounded = rules >= Rules::kVersion3;
  if (bounded && found.low == found.high) found.low = found.high = std::nan("");
  if (bounded && found.mean <= 1) found.low = std::max(found.low, 0.0), found.high = std::min(found.high, 1.0);
  return {{"mean", number_or_null(found.mean)},
          {"low", is_gap ? Json(nullptr) : number_or_null(found.low)},
          {"high", is_gap ? Json(nullptr) : number_or_null(found.high)},
          {"sampling_sd", number_or_null(found.sampling_sd)},
          {"training_sd", number_or_null(found.training_sd)}};
}

Json model_json(const std::vector<ModelPredictions>& runs, Rules rules) {
  Json json{{"runs", Json::array()}};
  for (const ModelPredictions& run : runs) json["runs"].push_back(run.run);
  for (const auto& [metric, is_gap] : kCompared) {
    json[metric] = two_level_json(metrics::two_level(trainings_of(runs, metric)), is_gap, rules);
  }
  return json;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_of(const Runs& runs) {
  Pairs pairs;
  for (auto first = runs.begin(); first != runs.end(); ++first) {
    for (auto second = std::next(first); second != runs.end(); ++second)
      pairs.emplace_back(first->first, second->first);
  }
  return pairs;
}

/// One metric of all pairs, which is one family of tests; `compare(first, second)`: of two models, by name.
template <class Compare>
void add_comparisons(Json& json, const Pairs& pairs, const char* metric, Compare compare) {
  for (const auto& [first, second] : pairs) {
    json[first][second][metric] = difference_json(compare(first, second));
  }
  std::vector<Json*> tests;
  for (const auto& [first, second] : pairs) tests.push_back(&json.at(first).at(second).at(metric));
  add_holm(tests);
}

}  // namespace

metrics::Trainings trainings_of(const std::vector<ModelPredictions>& runs, const std::string& metric) {
  metrics::Trainings trainings;
  for (const ModelPredictions& run : runs) {
    trainings.values.push_back(point_of(run.resampled, metric));
    trainings.draws.push_back(metrics::draws_of(run.resampled, metric));
  }
  return trainings;
}

metrics::Trainings mean_of(const metrics::Trainings& trainings) {
  const auto count = static_cast<double>(trainings.values.size());
  metrics::Trainings mean{{0}, {std::vector<double>(trainings.draws.at(0).size())}};
  for (std::size_t run = 0; run < trainings.values.size(); ++run) {
    mean.values[0] += trainings.values[run] / count;
    for (std::size_t b = 0; b < mean.draws[0].size(); ++b) mean.draws[0][b] += trainings.draws[run].at(b) / count;
  }
  return mean;
}

Json trainings_json(const Runs& runs, Rules rules) {
  Json json{{"models", Json::object()}, {"comparisons", Json::object()}};
  for (const auto& [model, trainings] : runs) json["models"][model] = model_json(trainings, rules);
  const Pairs pairs = pairs_of(runs);
  for (const auto& [metric, is_gap] : kCompared) {
    add_comparisons(json["comparisons"], pairs, metric, [&](const std::string& first, const std::string& second) {
      return metrics::two_level_difference(trainings_of(runs.at(first), metric), trainings_of(runs.at(second), metric),
                                           rules);
    });
  }
  if (rules < Rules::kVersion3) return json;
  const ScoredRuns scored = scored_runs(runs);
  for (const ScoredMetric& metric : kScored) {
    for (const auto& [model, trainings] : scored) {
      json["models"][model][metric.metric] =
          two_level_json(metrics::two_level(figures_of(trainings, metric)), false, rules);
    }
    add_comparisons(json["comparisons"], pairs, metric.metric,
                    [&](const std::string& first, const std::string& second) {
                      return metrics::two_level_difference(figures_of(scored.at(first), metric),
                                                           figures_of(scored.at(second), metric));
                    });
  }
  return json;
}

}  // namespace flnas
