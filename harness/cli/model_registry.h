#pragma once

#include "harness/nn/registry.h"

namespace flnas::cli {

/// The models of Table I: its baselines, then its searched models.
nn::Registry all_models();

/// Every model that the programs know by name: those of Table I, then AutoFormer's searched subnets.
nn::Registry named_models();

}  // namespace flnas::cli
