#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/latency/calibration/hw_nas_bench_table.h"

namespace flnas {

/// The shares of convolution, pointwise, pooling and unrolled that fit the sample best, starting from `prior`.
/// All shares of the prior may be wrong by one common free factor, which also applies to depthwise and linear; each of
/// the four may differ from that by a factor of about two (a normal prior on its logarithm, deviation 0.7).
/// Residuals are logarithms of measured / estimated, weighed by Huber's function at a scale of 5 %; those below 0 keep
/// full weight to three times as far, since a disturbance of the machine only slows it down. The memory's share, the
/// overhead, the cache's size and `folded` stay as they are, and the error is not set.
/// Throws DataError for an empty sample.
Efficiency fit_efficiency(const std::vector<MeasuredCell>& sample, const CellDataSet& data_set, const Rates& rates,
                          const Efficiency& prior, int threads);

/// How the cells to fit on are chosen; latencies are not used.
enum class Choice {
  kRandom,
  kSpread,  ///< of 400 random ones those that identify the four shares best (greedy D-optimal design)
};
/// "random", "spread"
const char* to_string(Choice choice);
/// Throws ConfigError, with the nearest.
Choice choice_from_name(const std::string& name);
/// Indices into `cells`, the same for the same seed.
std::vector<std::size_t> choose_cells(const std::vector<MeasuredCell>& cells, std::size_t count, Choice choice,
                                      const CellTimes& times, std::uint64_t seed);

}  // namespace flnas
