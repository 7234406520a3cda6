#pragma once

#include <vector>

#include "harness/metrics/intervals/gap_terms.h"
#include "harness/metrics/null/noise_floor.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// As noise_floor(), with the lesion as the unit and the groups of the sample: each draw permutes the groups among the
/// lesions whose first row has the same class. All attributes of a lesion move together, so that correlations between
/// attributes (age and sex) and between the rows of a lesion are kept; its rows take the groups of the other lesion's
/// rows in turn. A fair model here is one whose predictions depend on the class alone: its accuracy may differ between
/// groups with different class mixes, which is not counted as unfairness. Only terms that `support` counts are used.
/// Version 2 of the metrics permuted among all lesions for unfairness_mean and unfairness_sum, so that a model with
/// different recalls counted as unfair to groups with another class mix.
NoiseFloor fair_null(const Outcomes& outcomes, const Support& support, const NoiseConfig& config = {},
                     Rules rules = Rules::kNewest);

/// The same for the mean over several trainings of one model, tested on the same rows: each draw applies one
/// permutation to all of them. Throws std::invalid_argument if their rows differ.
NoiseFloor fair_null(const std::vector<Outcomes>& trainings, const Support& support, const NoiseConfig& config = {},
                     Rules rules = Rules::kNewest);

}  // namespace flnas::metrics
