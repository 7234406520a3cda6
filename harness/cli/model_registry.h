#pragma once

#include "harness/nn/registry.h"

namespace flnas::cli {

/// Every model that the programs know by name: all baselines, the searched models, then AutoFormer's searched subnets.
nn::Registry known_models();

/// Those of Table I, which are the ones with a parameter count of the paper's: its baselines, then its searched models.
nn::Registry table_one_models();

}  // namespace flnas::cli
