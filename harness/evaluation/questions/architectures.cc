// What size does, and what the choice of an architecture does beside that of a seed or a fold.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "harness/base/defined.h"
#include "harness/evaluation/questions/inputs.h"
#include "harness/metrics/comparison/trend.h"
#include "harness/metrics/comparison/variance_components.h"

namespace flnas::questions {
namespace {

constexpr const char* kGaps[] = {"unfairness_sum", "eodd"};
constexpr std::size_t kLeastNetworks = 4, kLeastArchitectures = 3;

/// Of trained networks without a mitigation.
std::map<std::string, double> parameters(const StudyFigures& study) {
  std::map<std::string, double> found;
  for (const auto* run : study.trained()) {
    const ModelInfo& model = run->record.model;
    if (is_mitigated(model.name) || !study.trainings.contains(model.name)) continue;
    if (model.parameters.value_or(0) > 0) found[model.name] = static_cast<double>(*model.parameters);
  }
  return found;
}

/// architecture -> seed -> fold -> value
using Trained = std::map<std::string, std::map<std::uint64_t, std::map<std::int64_t, double>>>;

Trained by_fold(const StudyFigures& study, const std::string& metric) {
  Trained found;
  for (const auto* run : study.trained()) {
    const RunRecord& record = run->record;
    if (is_mitigated(record.model.name) || !record.metrics.contains(metric)) continue;
    const Json& value = record.metrics.at(metric).at("value");
    if (value.is_number()) found[record.model.name][record.seed][record.fold.value_or(0)] = value.get<double>();
  }
  return found;
}

/// Of the seeds that an architecture has in all folds.
std::map<std::string, std::vector<std::map<std::int64_t, double>>> whole_seeds(const Trained& trained,
                                                                               std::size_t folds) {
  std::map<std::string, std::vector<std::map<std::int64_t, double>>> found;
  for (const auto& [model, seeds] : trained) {
    for (const auto& [unused, values] : seeds) {
      if (values.size() == folds) found[model].push_back(values);
    }
  }
  return found;
}

/// [architecture][fold][seed] of as many seeds as at least three architectures have; empty: too little was trained.
std::vector<std::vector<std::vector<double>>> layout(const Trained& trained, std::size_t folds) {
  const auto whole = whole_seeds(trained, folds);
  std::size_t most = 0;
  for (const auto& [unused, seeds] : whole) most = std::max(most, seeds.size());
  for (std::size_t seeds = most; seeds >= (folds > 1 ? 1U : 2U); --seeds) {
    std::vector<std::vector<std::vector<double>>> values;
    for (const auto& [unused, found] : whole) {
      if (found.size() < seeds) continue;
      auto& rows = values.emplace_back(folds);
      for (std::size_t s = 0; s < seeds; ++s) {
        std::size_t fold = 0;
        for (const auto& [number, value] : found[s]) rows[fold++].push_back(value);
      }
    }
    if (values.size() >= kLeastArchitectures) return values;
  }
  return {};
}

}  // namespace

std::optional<SizeTrend> size_trend(const StudyFigures& study, const std::string& metric) {
  SizeTrend found;
  std::vector<double> x, values;
  std::vector<std::vector<double>> draws;
  for (const auto& [model, size] : parameters(study)) {
    auto trainings = trainings_of(study.trainings.at(model), metric);
    const auto mean = mean_of(trainings);
    if (std::isnan(mean.values[0])) continue;
    x.push_back(std::log10(size));
    values.push_back(mean.values[0]);
    draws.push_back(mean.draws[0]);
    found.networks.push_back({model, size, std::move(trainings), mean.values[0]});
  }
  if (x.size() < kLeastNetworks) return std::nullopt;
  found.trend = metrics::trend_over(x, values, draws);
  return found;
}

QuestionAnswer smaller_fairer(const Inputs& inputs) {
  const auto sizes = parameters(inputs.study);
  if (sizes.size() < kLeastNetworks) {
    return not_measured(kSmallerFairer, "at least four trained networks; there are " + std::to_string(sizes.size()));
  }
  QuestionAnswer answer{kSmallerFairer, "", {}};
  for (const char* metric : kGaps) {
    const auto found = size_trend(inputs.study, metric);
    if (!found) continue;
    const metrics::Trend& trend = found->trend;
    answer.evidence.push_back({"tenfold parameters", "", metric, defined(trend.slope), defined(trend.low),
                               defined(trend.high), defined(trend.p), static_cast<std::int64_t>(found->networks.size()),
                               "network"});
  }
  correct_for_many(answer);
  if (answer.evidence.empty()) answer.needs = "four networks whose figures are defined";
  return answer;
}

QuestionAnswer choice(const Inputs& inputs) {
  const auto folds = static_cast<std::size_t>(inputs.study.store.reproduction.folds.value_or(1));
  QuestionAnswer answer{kChoice, "", {}};
  for (const char* metric : kGaps) {
    const auto values = layout(by_fold(inputs.study, metric), folds);
    if (values.empty()) continue;
    const auto found = metrics::variance_components(values);
    const auto add = [&](const char* subject, const char* against, const metrics::Estimate& estimate) {
      if (std::isnan(estimate.value)) return;
      answer.evidence.push_back({subject,
                                 against,
                                 metric,
                                 estimate.value,
                                 defined(estimate.low),
                                 defined(estimate.high),
                                 {},
                                 static_cast<std::int64_t>(values.size()),
                                 "network"});
    };
    const char* training = values[0][0].size() > 1 ? "seed" : "seed or interaction";
    add("architecture", "", found.architecture);
    add("fold", "", found.fold);
    add("interaction", "", found.interaction);
    add(training, "", found.training);
    add("architecture", training, found.architecture_less_training);
    add("architecture", "fold", found.architecture_less_fold);
  }
  if (answer.evidence.empty()) {
    answer.needs = "three architectures trained in all of several folds, or with several seeds";
  }
  return answer;
}

}  // namespace flnas::questions
