#pragma once

#include <cstdint>
#include <vector>

#include "harness/metrics/intervals/gap_interval.h"
#include "harness/metrics/intervals/gap_terms.h"

namespace flnas::metrics {

/// Signed gaps with normally distributed noise, for gap_interval(). `covariance`: [P][P], of the gaps over samples.
/// `rows`: [P], the number of rows behind each gap; with few rows the noise is widened as Student's t is (see
/// noisy_gaps()).
NoisyGaps gaussian_noise(std::vector<double> gaps, std::vector<std::vector<double>> covariance,
                         const std::vector<double>& rows, int draws, std::uint64_t seed);

}  // namespace flnas::metrics
