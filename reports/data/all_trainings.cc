#include "reports/data/all_trainings.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/base/random.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::reports {
namespace {

constexpr double kTails = 0.05;  ///< of a 95 % interval, both
constexpr std::uint64_t kSeed = 20190103;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// With the divisor n - 1, and without the digits that binary arithmetic adds.
double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::round(std::sqrt(squares / (static_cast<double>(values.size()) - 1)) * 1e10) / 1e10;
}

/// What the choice of seeds leaves open of their mean: half a 95 % interval.
double training_half_width(const std::vector<double>& values) {
  const auto seeds = static_cast<double>(values.size());
  if (seeds < 2) return 0;
  return metrics::student_t_of_tails(kTails, seeds - 1) * deviation_of(values) / std::sqrt(seeds);
}

/// Deviations of the mean of as many seeds as there are, drawn with replacement.
std::vector<double> training_draws(const std::string& model, const std::vector<double>& values, std::size_t draws) {
  std::vector<double> deviations(draws, 0.0);
  const std::size_t seeds = values.size();
  if (seeds < 2) return deviations;
  const double mean = mean_of(values), widened = std::sqrt(static_cast<double>(seeds) / static_cast<double>(seeds - 1));
  std::uint64_t seed = kSeed;
  for (const char letter : model) seed = 31 * seed + static_cast<unsigned char>(letter);  // each model its own luck
  Random random(seed);
  for (double& deviation : deviations) {
    double sum = 0;
    for (std::size_t i = 0; i < seeds; ++i) sum += values[random.below(seeds)];
    deviation = widened * (sum / static_cast<double>(seeds) - mean);
  }
  return deviations;
}

}  // namespace

std::vector<const Run*> runs_with(const ReportInputs& inputs, const std::string& model, const Metric& metric) {
  std::vector<const Run*> found;
  for (const Run* run : inputs.runs_of(model)) {
    const auto place = metric.at(metrics_of(run));
    if (run->usable() && place && place->value) found.push_back(run);
  }
  return found;
}

Cell over_trainings(const ReportInputs& inputs, const std::string& model, const Metric& metric) {
  return over_trainings(
      inputs, model, [&](const Run* run) { return measured(metric.at(metrics_of(run)), inputs.why_missing(model)); },
      metric.key() == "unfairness_sum" ? Range::kNonNegative : Range::kShare);
}

Cell over_trainings(const ReportInputs& inputs, const std::string& model,
                    const std::function<Cell(const Run* run)>& figure, Range range) {
  std::vector<Cell> cells;
  for (const Run* run : inputs.runs_of(model)) {
    if (!run->usable()) continue;
    if (Cell cell = figure(run); cell.value) cells.push_back(std::move(cell));
  }
  return cells.empty() ? figure(inputs.run_of(model)) : combined(cells, range);
}

Cell combined(const std::vector<Cell>& runs, Range range) {
  Cell cell = runs.front();
  if (runs.size() == 1) return cell;
  std::vector<double> values, below, above;
  cell.debiased.reset();
  for (const Cell& run : runs) {
    values.push_back(*run.value);
    if (run.low && run.high) {
      below.push_back(std::max(0.0, *run.value - *run.low));
      above.push_back(std::max(0.0, *run.high - *run.value));
    }
    if (run.mark == Mark::kUnreliable) cell.mark = run.mark, cell.reason = run.reason;
    cell.inputs.push_back(run.provenance);
  }
  cell.value = mean_of(values);
  cell.seeds = SeedSpread{static_cast<int>(values.size()), *cell.value, deviation_of(values)};
  cell.low = cell.high = std::nullopt;
  if (below.size() != values.size()) return cell;
  const double training = training_half_width(values);
  cell.low = *cell.value - std::hypot(mean_of(below), training);
  cell.high = *cell.value + std::hypot(mean_of(above), training);
  if (range != Range::kSigned) cell.low = std::max(0.0, *cell.low);
  if (range == Range::kShare) cell.high = std::min(1.0, *cell.high);
  return cell;
}

std::string not_above_constant(const ReportInputs& inputs, const std::string& model) {
  if (!inputs.constant || !inputs.constant->usable()) return "";
  const auto fails = [&](const char* key) {
    const Metric& metric = metric_named(key);
    const auto constant = metric.at(metrics_of(&*inputs.constant));
    const Cell ours = over_trainings(inputs, model, metric);
    return ours.low && constant && constant->value && *ours.low <= *constant->value;
  };
  const bool balanced = fails("balanced_accuracy"), auroc = fails("auroc");
  if (balanced && auroc) return "both";
  if (auroc) return "AUROC";
  return balanced ? "balanced accuracy" : "";
}

std::vector<double> draws_over_trainings(const ReportInputs& inputs, const std::string& model, const Metric& metric) {
  std::vector<double> sums, values;
  for (const Run* run : runs_with(inputs, model, metric)) {
    const ModelPredictions* predictions = inputs.predictions_of(run);
    if (predictions == nullptr) continue;
    const auto draws = metrics::draws_of(predictions->resampled, metric.key());
    if (sums.empty()) sums.assign(draws.size(), 0.0);
    if (draws.size() != sums.size()) continue;
    for (std::size_t i = 0; i < draws.size(); ++i) sums[i] += draws[i];
    values.push_back(*metric.at(metrics_of(run))->value);
  }
  if (values.empty()) return {};
  const auto training = training_draws(model, values, sums.size());
  double mean = 0, defined = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] = sums[i] / static_cast<double>(values.size()) + training[i];
    if (!std::isnan(sums[i])) mean += sums[i], ++defined;
  }
  const double shift = *over_trainings(inputs, model, metric).value - mean / defined;
  for (double& draw : sums) draw += shift;
  return sums;
}

}  // namespace flnas::reports
