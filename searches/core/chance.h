#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "searches/core/best.h"

namespace flnas::searches {

/// The mean of the highest of `count` independent standard normal numbers: 0, 0.5642, 0.8463 for 1, 2, 3. To 1e-6.
double expected_highest(std::size_t count);

/// The expected figures of the best of so many designs if all of them were equally good and differed only by the
/// sampling of the images: the mean of all minus, or plus, its standard error times expected_highest(). Since designs
/// are evaluated on the same images, their errors are correlated, and chance does a little less than this.
struct BestByChance {
  double unfairness = 0;         ///< the least one
  double balanced_accuracy = 0;  ///< the highest one
};

/// Of the designs that meet the rule's floor; empty where there is none, or one lacks its standard errors.
std::optional<BestByChance> best_by_chance(const std::vector<const Evaluation*>& evaluations, const BestRule& rule);

}  // namespace flnas::searches
