#pragma once

#include "harness/nn/registry.h"

namespace flnas::apps {

/// Every model that the programs know by name: Table I's baselines, then its searched models.
nn::Registry all_models();

}  // namespace flnas::apps
