#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/boosting/boosted_trees.h"
#include "searches/spaces/nas_bench_201/cell_space.h"

namespace flnas::searches {

/// Accuracies of a data set's cells, predicted from their proxies.
struct PredictedAccuracy {
  std::vector<double> accuracy;       ///< by index, percent; NaN for cells that are no candidate
  std::vector<Candidate> trained_on;  ///< ascending
  std::vector<std::string> features;  ///< "zc13/fisher", "zc_full/naswot"
  std::vector<bool> has_zc13;         ///< by index
  double seconds = 0;                 ///< to fit and to predict
};

/// By index: whether the table has any of the 13 proxies of a cell.
std::vector<bool> cells_with_zc13(const NasSearchView& view);

/// Fits boosted trees to the validation accuracies of `count` candidates, drawn uniformly, and predicts all others and
/// these. The features are the 13 proxies of NAS-Bench-Suite-Zero and those of the whole space; one that a cell lacks
/// is missing, not zero. Where fewer than half of the candidates have the 13 (cifar100: 725 cells), these are left out.
/// Throws ConfigError: fewer than 10 cells to train on, more than there are candidates, a table without proxies.
/// Source: LLM-NAS, arXiv 2510.01472 (Spearman about 0.90). Differs: proxies of the whole space beside the 13, which
/// are tabulated for the cells without unreachable operations only.
PredictedAccuracy predict_accuracy(const NasSearchView& view, const std::vector<Candidate>& candidates,
                                   std::size_t count, std::uint64_t seed, const BoostedTreesConfig& config = {});

}  // namespace flnas::searches
