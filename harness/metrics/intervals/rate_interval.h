#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/estimate.h"
#include "harness/metrics/intervals/rules.h"

namespace flnas::metrics {

/// The point of the standard normal that `share` of it, in (0, 1), lies below.
double normal_quantile(double share);

/// The interval of a share.
enum class ShareMethod {
  kAgrestiCoull,  ///< Wilson's centre with the normal interval around it, short of 0 and 1 where both, hits and misses,
                  ///< were seen: the one to use
  kWilson,        ///< a little narrower; holds 84 % of rates of which 0.18 misses (or hits) are expected
};
ShareMethod share_method(Rules rules);

/// A share of rows with its interval, in [0, 1]. Rows of one lesion are not independent: the interval is that of as
/// many rows as give the share's variance over lesions; where all rows or none are hits, of as many as there are
/// lesions. `lesions`, `hits`: [rows]. NaN without rows. Sources: Agresti and Coull, The American Statistician 52,
/// 1998; Wilson, JASA 22, 1927; both compared: Brown, Cai and DasGupta, Statistical Science 16, 2001; variance of a
/// ratio over clusters: Kish, Survey Sampling, 1965.
Estimate rate_interval(std::span<const int> lesions, std::span<const std::uint8_t> hits, double level = 0.95,
                       ShareMethod method = ShareMethod::kAgrestiCoull);

/// The mean of independent rates from their intervals; rates that are NaN are left out.
/// Source: MOVER, Zou and Donner, Statistics in Medicine 27, 2008.
Estimate mean_of(const std::vector<Estimate>& rates);

/// The same with weights, those of rates that are to be left out 0; NaN where a rate with a weight is.
Estimate weighted_mean_of(const std::vector<Estimate>& rates, const std::vector<double>& weights);

/// first - second of independent rates, from their intervals. Source: Newcombe, Statistics in Medicine 17, 1998.
Estimate difference_of(const Estimate& first, const Estimate& second);

}  // namespace flnas::metrics
