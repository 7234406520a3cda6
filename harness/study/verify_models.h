#pragma once

#include "harness/nn/registry.h"
#include "harness/study/verify_all.h"

namespace flnas::study {

/// Recounts the parameters and MACs of every record whose model has a name of the registry, at the classes and the size
/// that the record names.
Verifier verify_models(const nn::Registry& registry);

}  // namespace flnas::study
