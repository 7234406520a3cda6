#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/metrics/pareto.h"
#include "searches/core/archive.h"
#include "searches/core/evaluator.h"
#include "searches/core/front.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

// What a search has found so far in words, for prompts on any space. Pure functions, bounded in length.

/// "- candidate: figures"
std::string evaluated_line(const SearchSpace& space, const Evaluator& evaluator, const Evaluation& evaluation);

inline constexpr std::size_t kMostOfWhole = 20;  ///< members that are told of the front of all evaluations

/// Members of a front from end to end, evenly, at most `most`, a line each with its figures.
std::string front_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive, const Front& front,
                       std::size_t most);

/// The front of all evaluations.
Front front_of(const Archive& archive);

/// The box that hypervolumes are shares of: the evaluator's, or where it has none the one that all evaluations so far
/// span, its reference point a tenth beyond the worst of them, so that a front's ends count.
class HypervolumeBox {
 public:
  HypervolumeBox(const Evaluator& evaluator, const Archive& archive);
  /// How much of it the points dominate, 0 to 1; 0 for no points.
  double share(const std::vector<metrics::Point>& points) const;
  /// "0.8312 of the box from (latency 0, error 0) to the reference point (latency 26, error 55), ..."
  std::string text(double share) const;

 private:
  metrics::Bounds box_;
  std::vector<std::string> names_;  ///< of the objectives
  bool fixed_ = false;              ///< the evaluator's
};

/// Two lines: the front's hypervolume with its box, and what the last ones added: which of them are on it, and what it
/// would be without them. `front`: of all evaluations; blank for an empty one. `last_is`: "The last answer"; candidates
/// of `last` that are of no use count as not on the front.
std::string hypervolume_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                             const Front& front, const std::string& last_is, const std::vector<Candidate>& last);

/// The three widest gaps of a front of two objectives, each between two members that follow each other, a line each
/// with both members' figures: "- between ... and ...". How wide a gap is: the distance in both objectives, each scaled
/// by the front's range. Blank for other fronts, and for those of fewer than three members.
std::string gaps_text(const Evaluator& evaluator, const Archive& archive, const Front& front);

}  // namespace flnas::searches
