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

/// The accuracy that a group would have with another mix of classes: sum over classes of mix x the group's recall. With
/// the mix of all rows it is comparable between groups: a group that is mostly of an easy class is not ahead by that
/// alone. For all rows with their own mix it is the accuracy. In [0, 1]; NaN where the group has no row of a class that
/// the mix has.
/// Source: direct standardisation, as epidemiology does it for age (Breslow and Day, IARC 82, 1987, chapter 2).
double standardised_accuracy(const Counts& group, const std::vector<double>& mix);

/// The group's standardised accuracy, with the mix of all rows, less the accuracy of all rows. `rows`: the group's.
/// Each recall's variance has half a right and half a wrong lesion more (Jeffreys' prior: 10 right of 10 do not say
/// that none is ever wrong); these stand in of_unit after the lesions. Version 3 of the metrics took rows for lesions
/// there.
Influence standardised_gap(const Outcomes& outcomes, std::span<const std::uint32_t> rows, Rules rules = Rules::kNewest);

}  // namespace flnas::metrics
