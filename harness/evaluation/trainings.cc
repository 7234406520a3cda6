#include "harness/evaluation/trainings.h"

#include <algorithm>
#include <cmath>

#include "harness/metrics/significance.h"
#include "harness/metrics/two_level.h"

namespace flnas {
namespace {

struct Compared {
  const char* metric;
  bool is_gap;  ///< of absolute values
};
constexpr Compared kCompared[] = {{"accuracy", false},    {"balanced_accuracy", false},
                                  {"worst_group", false}, {"unfairness_sum", true},
                                  {"eodd", true},         {"eopp1", true},
                                  {"eopp2", true}};

using Runs = std::map<std::string, std::vector<Answers>>;

Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

/// The metric on the rows themselves.
double point_of(const metrics::Resampled& resampled, const std::string& metric) {
  const auto& names = metrics::definitions();  // in the order of MetricSet, the single values first
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == metric; });
  return resampled.point.at(static_cast<std::size_t>(found - names.begin()));
}

metrics::Trainings trainings_of(const std::vector<Answers>& runs, const char* metric) {
  metrics::Trainings trainings;
  for (const Answers& run : runs) {
    trainings.values.push_back(point_of(run.resampled, metric));
    trainings.draws.push_back(metrics::draws_of(run.resampled, metric));
  }
  return trainings;
}

Json model_json(const std::vector<Answers>& runs) {
  Json json{{"runs", Json::array()}};
  for (const Answers& run : runs) json["runs"].push_back(run.run);
  for (const auto& [metric, is_gap] : kCompared) {
    const auto found = metrics::two_level(trainings_of(runs, metric));
    json[metric] = {{"mean", number(found.mean)},
                    {"low", is_gap ? Json(nullptr) : number(found.low)},
                    {"high", is_gap ? Json(nullptr) : number(found.high)},
                    {"sampling_sd", number(found.sampling_sd)},
                    {"training_sd", number(found.training_sd)}};
  }
  return json;
}

Json comparisons_json(const Runs& runs) {
  Json json = Json::object();
  std::vector<std::pair<std::string, std::string>> pairs;
  for (auto first = runs.begin(); first != runs.end(); ++first) {
    for (auto second = std::next(first); second != runs.end(); ++second)
      pairs.emplace_back(first->first, second->first);
  }
  for (const auto& [metric, is_gap] : kCompared) {
    std::vector<metrics::TwoLevelDifference> found;
    std::vector<double> p;
    for (const auto& [first, second] : pairs) {
      found.push_back(
          metrics::two_level_difference(trainings_of(runs.at(first), metric), trainings_of(runs.at(second), metric)));
      p.push_back(found.back().p);
    }
    const auto adjusted = metrics::holm(p);  // one family of tests per metric
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      json[pairs[i].first][pairs[i].second][metric] = {{"value", number(found[i].value)},
                                                       {"low", number(found[i].low)},
                                                       {"high", number(found[i].high)},
                                                       {"p", number(found[i].p)},
                                                       {"p_holm", number(adjusted[i])}};
    }
  }
  return json;
}

}  // namespace

std::optional<Json> trainings_json(const Store& store, const PairedAnswers& paired, const std::string& adapter) {
  const Runs runs = read_trainings(store, paired, adapter);
  if (runs.empty()) return std::nullopt;
  Json json{{"models", Json::object()}};
  for (const auto& [model, trainings] : runs) json["models"][model] = model_json(trainings);
  json["comparisons"] = comparisons_json(runs);
  return json;
}

}  // namespace flnas
