#pragma once

#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"

namespace flnas::searches {

/// {"stages", "head"} with every key written out; the head's activation is "relu" where no hidden layer uses it. Two
/// architectures are the same design exactly when these are equal.
Json canonical(const nn::Architecture& architecture);

}  // namespace flnas::searches
