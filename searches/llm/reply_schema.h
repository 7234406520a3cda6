#pragma once

#include <cstddef>

#include "harness/base/json.h"
#include "searches/core/search_space.h"

namespace flnas::searches {

// JSON schemas of the replies that strategies ask for. A short reasoning comes first, so that a model may think.

/// {"reasoning": text, "architecture": as the space writes it}
Json architecture_reply_schema(const SearchSpace& space);

/// What read_children (niche_reply.h) reads, at most `most` of them.
Json children_reply_schema(const SearchSpace& space, std::size_t most);

/// What read_rules (niche_reply.h) reads.
Json rules_reply_schema();

}  // namespace flnas::searches
