#pragma once

#include <span>

#include "harness/metrics/intervals/estimate.h"

namespace flnas::metrics {

/// The rows of one lesion: how many, and the sum of their values. Those without rows do not count.
struct UnitSum {
  double sum, rows;
};

/// The mean over all rows of values in [0, `most`], with an interval that also holds where few rows were seen and rare
/// ones are large (squares of a good model: nearly all 0, now and then 1). Its ends are quantiles of the mean when each
/// lesion has an exponential weight (a Bayesian bootstrap) and a further one of average size has half of one: of 0 for
/// the lower end, of `most` for the upper. Of values 0 and 1 it is a little wider than Jeffreys' interval; of many
/// lesions it is that of the normal distribution. In [0, most]; contains the mean. NaN without rows. The quantiles are
/// those of the saddlepoint approximation: no random numbers; 5,000 lesions take about 1 ms.
/// Sources: Gaffke, Mathematical Methods of Statistics 14, 2005, with a whole row of the extreme, as Phan, Thomas and
/// Learned-Miller, ICML 2021, compare it; Rubin, The Annals of Statistics 9(1), 1981; Lugannani and Rice, Advances in
/// Applied Probability 12, 1980. Differs: half a row, which is enough in simulation (make coverage), and lesions.
Estimate bounded_mean_interval(std::span<const UnitSum> units, double most, double level = 0.95);

}  // namespace flnas::metrics
