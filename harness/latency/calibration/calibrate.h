#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "harness/base/json.h"
#include "harness/latency/calibration/fit_efficiency.h"

namespace flnas {

// Efficiencies from HW-NAS-Bench's measurements of NAS-Bench-201 networks: fitted on a few cells, tested on the others.

struct CalibrationConfig {
  std::filesystem::path tables;      ///< folder with hw_cifar10.csv, hw_cifar100.csv, hw_ImageNet16-120.csv
  std::string data_set = "cifar10";  ///< to fit on; the others in the folder are tested on
  std::string device = "raspi4";     ///< column <device>_latency
  int threads = 1;                   ///< that the device ran with
  std::size_t sample = 10;           ///< networks to fit on
  Choice choice = Choice::kRandom;
  int seeds = 100;         ///< samples, one for each seed
  std::uint64_t seed = 1;  ///< the first one, whose efficiencies are given
  double overhead_us = 5;  ///< of each operation, not fitted
  double cache_kib = 256;  ///< not fitted
};

/// {seed, seeds, agreement: [{fitted_on, tested_on, cells, spearman, spearman_p10, within_10, within_10_p10, within_20,
/// within_20_p10}], disconnected: [{data_set, cells, median_us, highest_us}], efficiency}. Figures are medians over the
/// seeds, p10 the 10th percentile (null below ten seeds); cells that were fitted on are not tested on. Two rows show
/// what is achievable: a fit on all cells, and cifar100's measurements as estimates of cifar10's, whose networks differ
/// in the last layer only. The efficiency's error is that on all tables together. `on_sample` is called with the number
/// of finished samples. Throws as the parts do, and ConfigError for a number below 1.
Json calibrate(const CalibrationConfig& config, const Rates& rates, const std::function<void(int)>& on_sample);

}  // namespace flnas
