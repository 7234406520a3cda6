#include "harness/evaluation/robustness.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "harness/base/error.h"
#include "harness/metrics/figures/figures.h"
#include "harness/metrics/intervals/influence.h"

namespace flnas {
namespace {

using metrics::Influence;
using metrics::Outcomes;

struct Condition {
  std::string name;
  int level = 0;
  Outcomes outcomes;
};

/// The name and level of a condition's subset.
std::optional<std::pair<std::string, int>> parsed(const std::string& subset) {
  if (subset == kClean) return std::pair(subset, 0);
  const std::size_t colon = subset.find(':');
  if (colon == subset.npos || colon == 0) return std::nullopt;
  int level = 0;
  const char* end = subset.data() + subset.size();
  const auto [read, error] = std::from_chars(subset.data() + colon + 1, end, level);
  if (error != std::errc() || read != end || level < 1) return std::nullopt;
  return std::pair(subset.substr(0, colon), level);
}

std::vector<Condition> conditions_of(const Predictions& predictions, const Adapter& adapter, const Task& task) {
  std::vector<std::string> subsets;
  std::map<std::string, Predictions> rows;
  for (const PredictionRow& row : predictions.rows) {
    auto [found, is_new] = rows.try_emplace(row.subset);
    if (is_new) {
      subsets.push_back(row.subset);
      found->second.attributes = predictions.attributes, found->second.classes = predictions.classes;
      found->second.where = predictions.where;
    }
    found->second.rows.push_back(row);
  }
  const auto fail = [&](const std::string& message) {
    throw DataError(fmt::format("{}: {}", predictions.where, message));
  };
  if (!rows.contains(kClean)) fail("no rows of subset clean, the images as they are");
  std::vector<Condition> conditions;
  for (const std::string& subset : subsets) {
    const auto condition = parsed(subset);
    if (!condition) fail(fmt::format("subset '{}' is no condition such as clean or blur:3", subset));
    std::vector<std::string> images, clean;
    for (const PredictionRow& row : rows.at(subset).rows) images.push_back(row.image);
    for (const PredictionRow& row : rows.at(kClean).rows) clean.push_back(row.image);
    std::sort(images.begin(), images.end()), std::sort(clean.begin(), clean.end());
    if (images != clean) fail(fmt::format("subset '{}' has not the images of clean", subset));
    conditions.push_back({condition->first, condition->second, outcomes_of(rows.at(subset), adapter, task, subset)});
  }
  return conditions;
}

/// The share of right answers among the rows of a group (of all: attribute SIZE_MAX), with its influence values.
Influence accuracy_of(const Outcomes& outcomes, std::size_t attribute, int group) {
  const auto counts = [&](std::size_t row) {
    return attribute == SIZE_MAX || outcomes.groups[attribute][row] == group;
  };
  const auto right = [&](std::size_t row) { return outcomes.labels[row] == outcomes.predictions[row] ? 1.0 : 0.0; };
  double n = 0, hits = 0;
  std::vector<bool> has_row(static_cast<std::size_t>(metrics::lesion_count(outcomes)), false);
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    if (!counts(row)) continue;
    ++n, hits += right(row);
    has_row[static_cast<std::size_t>(outcomes.lesions[row])] = true;
  }
  Influence found{.value = n == 0 ? std::nan("") : hits / n, .of_unit = std::vector<double>(has_row.size(), 0.0)};
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    if (!counts(row)) continue;
    found.of_unit[static_cast<std::size_t>(outcomes.lesions[row])] += (right(row) - found.value) / n;
  }
  found.units = static_cast<double>(std::count(has_row.begin(), has_row.end(), true));
  found.freedom = found.units - 1;
  return found;
}

RobustShare share_of(const Influence& figure) {
  RobustShare share;
  if (std::isnan(figure.value)) return share;
  const metrics::Estimate estimate = metrics::share_interval(figure, figure.units);
  const auto defined = [](double value) { return std::isnan(value) ? std::nullopt : std::optional(value); };
  share.value = figure.value, share.low = defined(estimate.low), share.high = defined(estimate.high);
  return share;
}

/// Of one condition, or the means over several; the same images in all.
RobustFigures figures_of(const std::vector<const Condition*>& conditions) {
  const Outcomes& outcomes = conditions.front()->outcomes;
  const auto mean = [&](std::size_t attribute, int group) {
    std::vector<Influence> all;
    for (const Condition* condition : conditions) all.push_back(accuracy_of(condition->outcomes, attribute, group));
    return share_of(all.size() == 1 ? all.front() : metrics::mean_of(all));
  };
  RobustFigures figures;
  figures.accuracy = mean(SIZE_MAX, 0);
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      const int group = static_cast<int>(g);
      const auto n = std::count(outcomes.groups[a].begin(), outcomes.groups[a].end(), group);
      figures.groups.push_back({outcomes.attributes[a].groups[g], n, mean(a, group)});
    }
  }
  return figures;
}

RobustShare unfairness_of(const Outcomes& outcomes) {
  const metrics::Figure sum = metrics::measure(outcomes).set.unfairness_sum;
  const auto defined = [](double value) { return std::isnan(value) ? std::nullopt : std::optional(value); };
  return {defined(sum.value), defined(sum.low), defined(sum.high)};
}

}  // namespace

std::string condition_subset(const std::string& name, int level) {
  return level == 0 ? name : fmt::format("{}:{}", name, level);
}

void add_robustness(RobustnessRecord& record, const Predictions& predictions, const Adapter& adapter,
                    const Task& task) {
  const std::vector<Condition> conditions = conditions_of(predictions, adapter, task);
  std::vector<const Condition*> corrupted, attacked;
  record.conditions.clear();
  for (const Condition& condition : conditions) {
    RobustFigures figures = figures_of({&condition});
    figures.unfairness_sum = unfairness_of(condition.outcomes);
    record.conditions.push_back({condition.name, condition.level, std::move(figures)});
    if (condition.name == kAttack) attacked.push_back(&condition);
    if (condition.name != kAttack && condition.level > 0) corrupted.push_back(&condition);
  }
  record.n = static_cast<std::int64_t>(conditions.front().outcomes.labels.size());
  record.lesions = static_cast<std::int64_t>(metrics::lesion_count(conditions.front().outcomes));
  record.corrupted = corrupted.empty() ? RobustFigures() : figures_of(corrupted);
  record.attacked = attacked.empty() ? RobustFigures() : figures_of(attacked);
}

}  // namespace flnas
