#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "searches/spaces/cnn/validator.h"

namespace flnas::searches {

/// The choices' designs divided by their multiply-accumulates.
struct MacsNiches {
  std::vector<std::int64_t> least;  ///< of each niche, ascending; the first is 0

  std::size_t count() const { return least.size(); }
  std::size_t of(std::int64_t macs) const;
  /// "at least 1,200,000 and below 3,400,000 multiply-accumulates"
  std::string text(std::size_t niche) const;
};

/// Niches that are about equally full of random valid designs: quantiles of a fixed sample of them, so that the same
/// space, image size and limits give the same niches. Throws ConfigError unless `count` is 1 to 20, or where so few
/// sizes occur that niches would be empty.
MacsNiches macs_niches(const Validator& validator, int count);

/// What a partitioned search has found: objectives are 1 - accuracy, Unfairness (sum), latency (left out where designs
/// have none) and parameters, on the validation subset.
///
///     {"objectives": [...], "niches": [{"least_macs", "evaluated", "archive": [names]}], "merged": [names],
///      "hypervolume": of the merged front, scaled by the evaluated designs' bounds, reference 1 in each}
Json summarise_niches(const History& history, const MacsNiches& niches);

/// Objectives of evaluations, as above; `with_latency` says whether all of them have one.
std::vector<double> objectives_of(const Evaluation& evaluation, bool with_latency);
bool all_have_latency(const std::vector<const Evaluation*>& evaluations);

}  // namespace flnas::searches
