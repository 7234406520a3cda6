#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "searches/spaces/nas_bench_201/accuracy_predictor.h"

namespace flnas::searches {

/// The ranks of a predictor's values for all cells, which suffice for rank correlations: 31 KB in place of 122.
struct PredictedRanks {
  /// Of cells that the predictor was trained on.
  static constexpr std::uint16_t kTrained = 0x8000;

  std::string dataset;
  std::uint64_t seed = 0;
  /// By index: 0 where there is no prediction, else 1 for the least one and so on, equal ones having the same; with
  /// kTrained added.
  std::vector<std::uint16_t> cells;
};

PredictedRanks ranks_of(const PredictedAccuracy& predicted, const std::string& dataset, std::uint64_t seed);
/// Ranks in the place of accuracies: score_predictor gives the same correlations for them.
PredictedAccuracy predictions_of(const PredictedRanks& ranks, const NasSearchView& view);

/// A line of JSON, [{"dataset", "seed"}, ...], and then for each of these 15,625 words of two bytes, the lower one
/// first.
void write_ranks(const std::filesystem::path& file, const std::vector<PredictedRanks>& all);
/// Throws DataError for anything else than such a file.
std::vector<PredictedRanks> read_ranks(const std::filesystem::path& file);

}  // namespace flnas::searches
