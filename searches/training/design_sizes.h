#pragma once

#include <string>

#include "searches/core/search_space.h"

namespace flnas::searches {

/// How large the designs of a space are, before the first of them is trained: a sentence with the least, the middle and
/// the most multiply-accumulates (of one example) and parameters among the valid ones of 200 random members, and what
/// keeps them smaller. The same sentence for the same space. Blank where none of them is valid.
std::string design_sizes_text(const SearchSpace& space, const std::string& example);

}  // namespace flnas::searches
