#include "searches/training/short_training.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "harness/base/defined.h"
#include "harness/metrics/comparison/rank_correlation.h"
#include "harness/records/files.h"
#include "harness/records/summaries.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kFewest = 3;

/// Large is good.
double figure_of(const Epoch& epoch, const std::string& selection) {
  const std::optional<double>& figure = selection == "auroc"               ? epoch.validation_auroc
                                        : selection == "balanced_accuracy" ? epoch.validation_balanced_accuracy
                                                                           : epoch.validation_loss;
  if (!figure) return -std::numeric_limits<double>::infinity();
  return selection == "loss" ? -*figure : *figure;
}

}  // namespace

Json short_training(const std::filesystem::path& out, const History& history, const std::string& selection) {
  std::vector<std::vector<Epoch>> trainings;
  std::vector<double> kept;
  std::size_t longest = 0;
  for (const Evaluation& evaluation : history.evaluations) {
    const auto file = out / evaluation.run / kHistoryFile;
    if (evaluation.status == kFailed || !std::filesystem::is_regular_file(file)) continue;
    auto epochs = flnas::read_history(file);
    const int best = best_epoch(epochs, selection);
    if (best == 0) continue;
    kept.push_back(figure_of(epochs[static_cast<std::size_t>(best) - 1], selection));
    longest = std::max(longest, epochs.size());
    trainings.push_back(std::move(epochs));
  }
  if (trainings.size() < kFewest) return nullptr;
  Json correlations = Json::array();
  for (std::size_t epoch = 0; epoch < longest; ++epoch) {
    std::vector<double> after;
    for (const auto& epochs : trainings)
      after.push_back(figure_of(epochs[std::min(epoch, epochs.size() - 1)], selection));
    correlations.push_back(number_or_null(metrics::spearman(after, kept)));
  }
  return {{"figure", "validation_" + selection}, {"designs", trainings.size()}, {"spearman", correlations}};
}

}  // namespace flnas::searches
