#pragma once

#include <string>
#include <vector>

#include "searches/core/archive.h"
#include "searches/core/evaluator.h"
#include "searches/core/front.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

// What a search has found so far in words, for prompts on any space. Pure functions, bounded in length.

/// "- candidate: figures"
std::string evaluated_line(const SearchSpace& space, const Evaluator& evaluator, const Evaluation& evaluation);

/// Members of a front from end to end, evenly, at most ten, a line each with its figures.
std::string front_text(const SearchSpace& space, const Evaluator& evaluator, const Archive& archive,
                       const Front& front);

/// The front of all evaluations.
Front front_of(const Archive& archive);

/// The three widest gaps of a front of two objectives, each between two members that follow each other, a line each
/// with both members' figures: "- between ... and ...". How wide a gap is: the distance in both objectives, each scaled
/// by the front's range. Blank for other fronts, and for those of fewer than three members.
std::string gaps_text(const Evaluator& evaluator, const Archive& archive, const Front& front);

}  // namespace flnas::searches
