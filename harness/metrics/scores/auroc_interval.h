#pragma once

#include <vector>

#include "harness/metrics/intervals/estimate.h"
#include "harness/metrics/scores/ranking.h"

namespace flnas::metrics {

/// AUROC, or the mean of several on the same lesions (one class against the rest), with its interval. AUROC is a mean
/// over positives and one over negatives (Ranking::placements()), whose intervals hold where few positives were seen
/// (bounded_mean.h); their distances from it are added as standard errors are, with the correlations that the lesions
/// have in common. In [0, 1]; contains the value. Rankings without positives or without negatives are left out; NaN
/// without any other.
/// Source: MOVER with correlations, Zou, Psychological Methods 12, 2007. For one ranking of many rows it is DeLong's
/// interval (Biometrics 44, 1988), by clusters Obuchowski's (Biometrics 53, 1997).
Estimate auroc_interval(const std::vector<Ranking>& rankings, double level = 0.95);

}  // namespace flnas::metrics
