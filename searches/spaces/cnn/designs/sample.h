#pragma once

#include "harness/base/json.h"
#include "harness/base/random.h"
#include "searches/spaces/cnn/designs/choices.h"

namespace flnas::searches {

// Random designs and small changes of designs. All give the canonical form of a design whose values are among the
// choices; whether shapes and limits hold is the validator's business.

/// Every decision uniform and independent: the number of stages, then each key of each stage, the number of hidden
/// layers, then each key of the head. Paddings are drawn among those that go with the kernel and the form. (Uniform
/// over decisions, not over designs: nearly all designs have the largest number of stages.)
Json sample(const Choices& choices, Random& random);

/// One edit: with probability 1/2 another value of one key of a stage; with 1/6 each a stage more, a stage less, or a
/// change of the head (another value of a key, a hidden layer more, less, or of another width). The result differs from
/// `design` unless the choices leave no edit at all.
Json mutate(const Json& design, const Choices& choices, Random& random);

/// The first stages of one parent, the last ones of the other, and the head of either; at most as many stages as the
/// choices allow.
Json crossover(const Json& first, const Json& second, const Choices& choices, Random& random);

/// Every design that one edit away: another value of one key of a stage or of the head, where a key has more than eight
/// values the next ones below and above; a stage less, or one of them twice; a hidden layer less, or one of them twice.
std::vector<Json> neighbours(const Json& design, const Choices& choices);

}  // namespace flnas::searches
