#pragma once

#include <vector>

#include "harness/nn/registry.h"
#include "harness/verification/verify_all.h"

namespace flnas::study {

/// The verifiers of a study that need libtorch: the counts of its models, and its estimates. Keeps a reference to the
/// registry.
std::vector<Verifier> verifiers(const nn::Registry& registry);

}  // namespace flnas::study
