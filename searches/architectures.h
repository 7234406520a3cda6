// Searches: the searched architectures (and, later, the strategies that find them).
// This layer does not know the baselines.
#pragma once

#include <vector>

#include "harness/nn/registry.h"

namespace flnas::searches {

/// Search-1, Search-2 and Search-3 of Table I, from searches/architectures/*.json, which are built into the program.
/// Expected parameters at two classes and 224 px: 3,309,570, 293,954 and 148,098.
/// Source: FL-NAS, arXiv 2402.06696, Table I. Differs: none known; identified by their parameter counts.
std::vector<nn::ModelEntry> searched_models();

}  // namespace flnas::searches
