// Baselines: one paper, one .cc, one row of zoo.cc.
// This layer does not know the searches, data sets, metrics or records.
#pragma once

#include <vector>

#include "harness/nn/registry.h"

namespace flnas::baselines {

/// The baselines of Table I, in its order; then those without a count of the paper's, which only commands that name
/// them run.
std::vector<nn::ModelEntry> zoo();

}  // namespace flnas::baselines
