#pragma once

#include <vector>

#include "harness/metrics/intervals/gap_terms.h"
#include "harness/metrics/null/noise_floor.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// As noise_floor(), with the lesion as the unit and the sample's own groups: in each draw the lesions exchange their
/// groups, all attributes together, so that what goes together in people (age and sex, rows of one lesion) stays
/// together, among the lesions whose first row has the same class. So a fair model's answers depend on the class alone:
/// groups whose classes are mixed otherwise have other accuracies of it, which is no unfairness. A lesion's rows take
/// the groups of the other lesion's rows in turn. Terms are those that `support` counts.
/// Version 2 of the metrics exchanged among all lesions for unfairness_mean and unfairness_sum, so that any model which
/// is right more often in one class than in another was unfair to groups with more of that class.
NoiseFloor fair_null(const Outcomes& outcomes, const Support& support, const NoiseConfig& config = {},
                     Rules rules = Rules::kNewest);

/// The same of the mean over several trainings of one model, which answered the same rows: each draw exchanges the
/// groups of all of them alike. Throws std::invalid_argument where their rows differ.
NoiseFloor fair_null(const std::vector<Outcomes>& trainings, const Support& support, const NoiseConfig& config = {},
                     Rules rules = Rules::kNewest);

}  // namespace flnas::metrics
