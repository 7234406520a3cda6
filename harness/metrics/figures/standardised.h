#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/metrics/intervals/influence.h"
#include "harness/metrics/intervals/rules.h"
#include "harness/metrics/rates/counts.h"

namespace flnas::metrics {

/// [C]: the share of each class among the rows; NaN without rows.
std::vector<double> class_mix(const Counts& counts);

/// The accuracy that a group would have with another class mix: sum over classes of mix x the group's recall. With the
/// mix of all rows it is comparable between groups, whichever classes they have more of. For all rows with their own
/// mix it is the accuracy. In [0, 1]; NaN if the group has no row of a class that the mix contains.
/// Source: direct standardisation, as epidemiology does it for age (Breslow and Day, IARC 82, 1987, chapter 2).
double standardised_accuracy(const Counts& group, const std::vector<double>& mix);

/// The group's standardised accuracy, with the mix of all rows, minus the accuracy of all rows. `rows`: the group's.
/// The variance of each recall includes half a correct and half a wrong lesion (Jeffreys' prior: 10 correct rows of 10
/// do not exclude errors); their influence values follow those of the lesions in of_unit.
Influence standardised_gap(const Outcomes& outcomes, std::span<const std::uint32_t> rows, Rules rules = Rules::kNewest);

}  // namespace flnas::metrics
