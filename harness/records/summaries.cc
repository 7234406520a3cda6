#include "harness/records/summaries.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/random.h"
#include "harness/base/text.h"
#include "harness/metrics/intervals/bootstrap.h"
#include "harness/records/convergence.h"
#include "harness/records/record_json.h"

namespace flnas {
namespace {

constexpr int kResamples = 2000;
constexpr std::uint64_t kSeed = 20190102;

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Standard deviation over the mean; 0 for a single value.
double variation(const std::vector<double>& values) {
  const double centre = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  return values.size() < 2 ? 0 : std::sqrt(squares / static_cast<double>(values.size() - 1)) / centre;
}

/// The median, as quantile() of sorted values gives it; rearranges them.
double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 0) std::iter_swap(std::max_element(values.begin(), middle), middle - 1);
  return metrics::quantile(values, 0.5);
}

/// Sorted medians of resamples of sorted values.
std::vector<double> resampled_medians(const std::vector<double>& sorted) {
  Random random(kSeed);
  std::vector<double> medians;
  std::vector<double> drawn(sorted.size());
  for (int b = 0; b < kResamples; ++b) {
    for (double& value : drawn) value = sorted[random.below(sorted.size())];
    medians.push_back(median(drawn));
  }
  std::sort(medians.begin(), medians.end());
  return medians;
}

}  // namespace

std::vector<Epoch> read_history(const std::filesystem::path& file) {
  std::vector<Epoch> history;
  int line = 0;
  for (const auto& text : split(read_file(file), '\n')) {
    ++line;
    if (text.empty()) continue;
    const std::string where = fmt::format("{}:{}", file.string(), line);
    history.push_back(record_from_json<Epoch>(parse_json(text, where), where));
    if (history.back().epoch != static_cast<int>(history.size())) {
      throw DataError(fmt::format("{}: epoch {} where {} was expected", where, history.back().epoch, history.size()));
    }
  }
  return history;
}

TrainingRules training_rules(const Json& effective) {
  TrainingRules rules;
  rules.epochs = effective.at("epochs").get<int>();
  rules.selection = effective.value("selection", rules.selection);
  rules.schedule = effective.value("schedule", rules.schedule);
  rules.patience = effective.value("patience", rules.patience);
  rules.judges_convergence = effective.contains("selection");
  return rules;
}

int best_epoch(const std::vector<Epoch>& history, const std::string& selection) {
  int best = 0;
  double highest = -std::numeric_limits<double>::infinity();
  for (const Epoch& epoch : history) {
    const auto& figure = selection == "auroc"               ? epoch.validation_auroc
                         : selection == "balanced_accuracy" ? epoch.validation_balanced_accuracy
                                                            : epoch.validation_loss;
    if (!figure) continue;
    const double value = selection == "loss" ? -*figure : *figure;
    if (!(value > highest)) continue;
    highest = value;
    best = epoch.epoch;
  }
  return best;
}

TrainingSummary summarise_training(const std::vector<Epoch>& history, const TrainingRules& rules) {
  TrainingSummary summary;
  summary.epochs_run = static_cast<int>(history.size());
  summary.stopped_early = summary.epochs_run < rules.epochs;
  summary.best_epoch = best_epoch(history, rules.selection);
  if (rules.judges_convergence) {
    summary.converged = training_converged(summary.best_epoch, summary.epochs_run, rules.schedule == "cosine",
                                           summary.stopped_early, rules.patience);
  }
  double seconds = 0, waited = 0;
  for (const Epoch& epoch : history) {
    seconds += epoch.seconds;
    waited += epoch.data_wait_seconds;
  }
  summary.seconds = seconds;
  if (seconds > 0) summary.data_wait_share = waited / seconds;
  if (summary.best_epoch == 0) return summary;
  const Epoch& best = history[static_cast<std::size_t>(summary.best_epoch - 1)];
  summary.train_loss = best.train_loss;
  summary.train_accuracy = best.train_accuracy;
  summary.validation_loss = best.validation_loss;
  summary.validation_accuracy = best.validation_accuracy;
  return summary;
}

LatencySummary summarise_latency(const LatencySamples& samples) {
  if (samples.samples_us.empty()) throw DataError("latency: no samples to summarise");
  std::vector<double> sorted = samples.samples_us;
  std::sort(sorted.begin(), sorted.end());
  const auto medians = resampled_medians(sorted);
  LatencySummary summary;
  summary.batch = samples.batch;
  summary.threads = samples.threads;
  summary.form = samples.form;
  summary.median_us = metrics::quantile(sorted, 0.5);
  summary.low_us = metrics::quantile(medians, 0.025);
  summary.high_us = metrics::quantile(medians, 0.975);
  summary.p90_us = metrics::quantile(sorted, 0.9);
  summary.samples = static_cast<std::int64_t>(sorted.size());
  summary.cv = variation(sorted);
  return summary;
}

}  // namespace flnas
