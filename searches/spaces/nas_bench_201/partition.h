#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "datasets/nas/nas_table.h"

namespace flnas::searches {

/// NAS-Bench-201's cells divided into niches.
struct Partition {
  std::string name;                    ///< "convolutions", "convolutions:4", "flops_M:6", "random:6", "none"
  std::vector<std::string> niches;     ///< what a cell has to keep, in words: "exactly one nor_conv_3x3"
  std::vector<std::int16_t> niche_of;  ///< by index
};

/// LLM-NAS's six: no 3x3 and no 1x1 convolution (729 cells), no 3x3 and at least one 1x1 (3,367), then one (6,144), two
/// (3,840), three (1,280), four or more 3x3 (265). Unreachable operations count.
/// Source: LLM-NAS, arXiv 2510.01472; the boundaries by a third party.
Partition convolution_partition();

/// By the number of 3x3 convolutions: none, one, and so on, the last niche holding `count` - 1 and more. 1 to 7 niches.
/// Unreachable operations count.
Partition convolution_partition(std::size_t count);

/// The same six, counting only what lies on a path without `none` from the input to the output: cells of different
/// niches then never compute the same function.
Partition live_convolution_partition();

/// One niche.
Partition no_partition();

/// Niches of nearly the same size with nothing in common: by a random order of all cells.
Partition random_partition(std::size_t count, std::uint64_t seed);

/// By the quantiles of a measure of complexity over the cells for which it is a number; the others go to the first
/// niche. Cells with equal values stay together, so that niches may differ in size and be fewer than `count`.
Partition quantile_partition(const std::string& measure, NasColumn values, std::size_t count);

/// "convolutions", "live-convolutions", "convolutions:N", "none", "random:N", or "MEASURE:N" with a proxy of the whole
/// space ("flops_M:6"), one of the 13 ("zen:6"), which many cells lack, or "latency" on the device. N is 1 to 100.
/// Throws ConfigError naming the nearest valid one. `device`: blank where there is none, and then no latency.
Partition make_partition(const std::string& name, const NasSearchView& view, std::uint64_t seed,
                         const std::string& device = "");

}  // namespace flnas::searches
