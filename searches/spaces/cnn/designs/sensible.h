#pragma once

#include "harness/base/json.h"
#include "harness/base/random.h"
#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {

/// A random design, in canonical form, that follows common practice: normalised convolutions without bias; kernels of 3
/// or 5, in the first stage also 7, padded to keep the side; channels that never decrease from stage to stage; at most
/// one halving per stage, by stride or by pooling but not both; little dropout; a global average before the head and at
/// most one hidden layer. If the choices offer no such value, any of them. Otherwise drawn uniformly and independently,
/// as by `sample`. Source: what ResNet, MobileNet and EfficientNet have in common. A strategy with such knowledge, such
/// as a language model, has to be compared with a random baseline that has it too.
Json sample_sensible(const Choices& choices, Random& random);

}  // namespace flnas::searches
