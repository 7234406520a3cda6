#pragma once

#include "harness/base/json.h"
#include "harness/base/random.h"
#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {

/// A random design of the part of the space that a practitioner would write, in its canonical form: normalised
/// convolutions without bias; kernels of 3 or 5, in the first stage also 7, padded to keep the side; channels that
/// never fall from stage to stage; by stride or by pooling, not by both, at most one halving a stage; little dropout; a
/// global average before the head and at most one hidden layer. Where the choices offer no such value, any of them.
/// Drawn uniformly and independently otherwise, as `sample` does. Source: the habits that ResNet, MobileNet and
/// EfficientNet share. A strategy that knows them is to be compared with chance that knows them too.
Json sample_sensible(const Choices& choices, Random& random);

}  // namespace flnas::searches
