#pragma once

#include <functional>
#include <string>

#include "harness/nn/registry.h"
#include "harness/verification/verify_all.h"

namespace flnas::study {

/// Recounts the parameters and MACs of a record whose model has a name of the registry, at the classes and the size
/// that the record names; each combination is counted once for all records. Rule: "model".
std::function<void(Check&, const std::string& file, const VerifyRequest&)> verify_models(const nn::Registry& registry);

}  // namespace flnas::study
