#pragma once

#include "harness/nn/registry.h"

namespace flnas::cli {

/// The models of Table I, those with a count of the paper's: its baselines, then its searched models.
nn::Registry all_models();

/// Every model that the programs know by name: all baselines, the searched models, then AutoFormer's searched subnets.
nn::Registry named_models();

}  // namespace flnas::cli
