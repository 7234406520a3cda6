#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/estimate.h"
#include "harness/metrics/intervals/rules.h"

namespace flnas::metrics {

/// The quantile of the standard normal distribution at `share` in (0, 1).
double normal_quantile(double share);

/// A share of rows with its interval, in [0, 1]: Agresti and Coull's, short of 0 and 1 if there are hits and misses.
/// Before version 4 Wilson's, which is a little narrower and contains only 84 % of the rates at which 0.18 hits or
/// misses are expected. Since the rows of a lesion are not independent, the interval is for the effective number of
/// rows that gives the share's variance over lesions; if all rows or none are hits, for the number of lesions.
/// `lesions`, `hits`: [rows]. NaN without rows. Sources: Agresti and Coull, The American Statistician 52, 1998; Wilson,
/// JASA 22, 1927; both compared: Brown, Cai and DasGupta, Statistical Science 16, 2001; variance of a ratio over
/// clusters: Kish, Survey Sampling, 1965.
Estimate rate_interval(std::span<const int> lesions, std::span<const std::uint8_t> hits, double level = 0.95,
                       Rules rules = Rules::kNewest);

/// The mean of independent rates from their intervals; rates that are NaN are left out.
/// Source: MOVER, Zou and Donner, Statistics in Medicine 27, 2008.
Estimate mean_of(const std::vector<Estimate>& rates);

/// The same with weights; a rate of weight 0 is left out. NaN if a rate with another weight is.
Estimate weighted_mean_of(const std::vector<Estimate>& rates, const std::vector<double>& weights);

/// first - second of independent rates, from their intervals. Source: Newcombe, Statistics in Medicine 17, 1998.
Estimate difference_of(const Estimate& first, const Estimate& second);

}  // namespace flnas::metrics
