#pragma once

#include <vector>

#include "harness/metrics/noise_floor.h"
#include "harness/metrics/support.h"

namespace flnas::metrics {

/// As noise_floor(), with the lesion as the unit and the sample's own groups: in each draw the lesions exchange their
/// groups, all attributes together, so that what goes together in people (age and sex, rows of one lesion) stays
/// together.
///   unfairness_mean, unfairness_sum: among all lesions, so that a group's accuracy is that of all;
///   eodd, eopp1, eopp2: among the lesions whose first row has the same class, so that a group's rates are those of
///   all.
/// A lesion's rows take the groups of the other lesion's rows in turn. Terms are those that `support` counts.
NoiseFloor fair_null(const Outcomes& outcomes, const Support& support, const NoiseConfig& config = {});

/// The same of the mean over several trainings of one model, which answered the same rows: each draw exchanges the
/// groups of all of them alike. Throws std::invalid_argument where their rows differ.
NoiseFloor fair_null(const std::vector<Outcomes>& trainings, const Support& support, const NoiseConfig& config = {});

}  // namespace flnas::metrics
