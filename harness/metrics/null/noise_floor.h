#pragma once

#include <cstdint>

#include "harness/metrics/rates/fairness.h"

namespace flnas::metrics {

/// The value of a fairness metric by sampling noise alone: these metrics are means of absolute gaps, and in groups of
/// finite size even a perfectly fair classifier has gaps that are not zero.
struct Noise {
  double observed;   ///< the classifier's own value
  double mean;       ///< of a perfectly fair one
  double low, high;  ///< its 5th and 95th percentile
  double p;          ///< (draws that are at least `observed` + 1) / (draws + 1)
};

struct NoiseFloor {
  Noise unfairness_mean, unfairness_sum, eodd, eopp1, eopp2;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("unfairness_mean", self.unfairness_mean), visit("unfairness_sum", self.unfairness_sum);
    visit("eodd", self.eodd), visit("eopp1", self.eopp1), visit("eopp2", self.eopp2);
  }
};

struct NoiseConfig {
  int draws = 2000;
  std::uint64_t seed = 20190102;
};

/// The noise floor for these rows and groups. What perfectly fair means depends on the metric:
///   unfairness_mean, unfairness_sum: each row is right with the classifier's accuracy, whatever its group;
///   eodd, eopp1, eopp2: predictions depend on the label alone; drawn by shuffling the rows' groups within each class.
/// Rows are drawn independently: where lesions repeat, the true floor is higher.
/// Expected: 1,500 rows in groups of 756 and 744, and 177, 828 and 495, at an accuracy near 0.72 give a mean
/// unfairness_sum near 0.064 with 0.023 to 0.114 around it.
NoiseFloor noise_floor(const Outcomes& outcomes, const NoiseConfig& config = {});

}  // namespace flnas::metrics
