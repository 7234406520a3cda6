// The searched architectures of the paper.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "harness/nn/architecture/architecture.h"
#include "harness/nn/registry.h"

namespace flnas::searches {

/// Search-1, Search-2 and Search-3 of Table I, from searches/spaces/cnn/architectures/*.json, which are built into the
/// program.
/// Expected parameters at two classes and 224 px: 3,309,570, 293,954 and 148,098.
/// Source: FL-NAS, arXiv 2402.06696, Table I. Differs: none known; identified by their parameter counts.
std::vector<nn::ModelEntry> searched_models();

/// One of them as an architecture, by its name ("search1"); empty for any other name.
std::optional<nn::Architecture> searched_architecture(std::string_view name);

}  // namespace flnas::searches
