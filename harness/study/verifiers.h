#pragma once

#include <vector>

#include "harness/nn/registry.h"
#include "harness/verification/verify_all.h"

namespace flnas::study {

/// The rows of a study that need libtorch: its models counted again, and its estimates. The registry has to live on.
std::vector<Verifier> verifiers(const nn::Registry& registry);

}  // namespace flnas::study
