#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "searches/core/archive.h"
#include "searches/core/objectives.h"

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
/// space, image size and limits give the same niches. The members' `niche_of` is not asked. Throws ConfigError unless
/// `count` is 1 to 20, or where so few sizes occur that niches would be empty.
MacsNiches find_macs_niches(const SearchSpace& space, int count);

/// What a partitioned search has found by its objectives on the validation subset, or by usual_objectives() where it
/// was told none, the latency left out unless all designs have one. The hypervolume is the merged front's, scaled by
/// the evaluated designs' bounds, reference 1 in each.
SearchPartition summarise_niches(const History& history, const MacsNiches& niches, const Objectives& objectives = {});

/// "accuracy 0.8123, balanced 0.7012 (weakest group old: 0.6474), Unfairness 0.1, ...": of an evaluation, for prompts.
std::string cnn_figures(const Evaluation& evaluation);

}  // namespace flnas::searches
