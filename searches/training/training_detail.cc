#include "searches/training/training_detail.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace flnas::searches {
namespace {

constexpr std::size_t kMostEpochs = 10;

std::string figure(const std::optional<double>& value) { return value ? fmt::format("{:.3f}", *value) : "-"; }
std::string percent(const std::optional<double>& share) { return share ? fmt::format("{:.1f}", 100 * *share) : "-"; }

/// Places of at most kMostEpochs of `count` epochs, ascending; `kept` (from 1) is one of them.
std::vector<std::size_t> told_epochs(std::size_t count, std::size_t kept) {
  std::vector<std::size_t> places;
  const std::size_t most = std::min(count, kMostEpochs);
  for (std::size_t i = 0; i < most; ++i) places.push_back(most == 1 ? 0 : i * (count - 1) / (most - 1));
  if (kept == 0 || kept > count || std::find(places.begin(), places.end(), kept - 1) != places.end()) return places;
  // In the place of its neighbour, which is neither the first nor the last: those are told anyway.
  const auto next = std::upper_bound(places.begin(), places.end(), kept - 1);
  *(next + 1 == places.end() ? next - 1 : next) = kept - 1;
  return places;
}

/// One figure of all trainings, in words with its standard deviation; blank where fewer than two have it.
std::string spread_text(const char* name, const std::vector<DesignScores>& trainings,
                        std::optional<double> DesignScores::*score, double scale, int digits, const char* unit) {
  std::vector<double> values;
  for (const DesignScores& scores : trainings) {
    if (scores.*score) values.push_back(scale * *(scores.*score));
  }
  if (values.size() < 2) return "";
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(fmt::format("{:.{}f}", value, digits));
  return fmt::format("{} {}{} (standard deviation {:.{}f})", name, fmt::join(texts, ", "), unit,
                     std::sqrt(squares / static_cast<double>(values.size() - 1)), digits);
}

}  // namespace

std::string curve_text(const TrainingDetail& detail, const std::optional<std::int64_t>& kept) {
  const auto& epochs = detail.epochs;
  if (epochs.empty()) return "";
  std::vector<std::string> parts;
  for (const std::size_t place : told_epochs(epochs.size(), static_cast<std::size_t>(kept.value_or(0)))) {
    const Epoch& epoch = epochs[place];
    parts.push_back(fmt::format("{}{}: {} {} {} {}", epoch.epoch, kept == epoch.epoch ? " (kept)" : "",
                                figure(epoch.train_loss), figure(epoch.validation_loss),
                                percent(epoch.validation_balanced_accuracy), figure(epoch.validation_auroc)));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string decision_text(const TrainingDetail& detail) {
  std::vector<std::string> parts;
  if (const auto& best = detail.best_threshold) {
    parts.push_back(fmt::format(
        "an image is called {0} from a probability of 0.5 on; on these images a threshold of {1:.2f} would be best, "
        "with a balanced accuracy of {2:.1f} %",
        detail.positive, best->threshold, 100 * best->balanced_accuracy));
  }
  if (detail.mean_probability && detail.share) {
    parts.push_back(fmt::format("mean probability of {} {:.2f}, where {:.2f} are", detail.positive,
                                *detail.mean_probability, *detail.share));
  }
  if (detail.calibration_error) {
    parts.push_back(fmt::format("expected calibration error {:.3f}", *detail.calibration_error));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string repeats_text(const std::vector<DesignScores>& trainings, const PromptParts& parts) {
  std::vector<std::string> figures;
  const auto add = [&](std::string text) {
    if (!text.empty()) figures.push_back(std::move(text));
  };
  add(spread_text("balanced accuracy", trainings, &DesignScores::balanced_accuracy, 100, 1, " %"));
  add(spread_text("AUROC", trainings, &DesignScores::auroc, 1, 3, ""));
  if (parts.fairness != "none") {
    add(spread_text("Unfairness", trainings, &DesignScores::unfairness_sum, 1, 3, ""));
  }
  return fmt::format("{}", fmt::join(figures, "; "));
}

}  // namespace flnas::searches
