#pragma once

#include <string_view>

#include "searches/core/search_space.h"

namespace flnas::searches {

/// The architecture in a reply, of a space whose members are written as a text: the text itself, or the value of
/// "architecture" in the last JSON object that has one, perhaps an object.
Reading read_written_architecture(std::string_view reply, const SearchSpace& space);

}  // namespace flnas::searches
