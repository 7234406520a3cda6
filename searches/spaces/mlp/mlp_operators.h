#pragma once

#include <vector>

#include "harness/base/json.h"
#include "harness/base/random.h"
#include "searches/spaces/mlp/mlp_choices.h"

namespace flnas::searches {

// Random designs and small changes of designs: {"widths", "norm", ...} with every key of the choices. Whether limits
// hold is the validator's business, and what has no effect in a design (the norm without hidden layers) is MlpSpace's.

/// Every decision uniform and independent: the number of hidden layers, then the width of each, then every other key.
Json sample(const MlpChoices& choices, Random& random);

/// A design of the part of the space that a practitioner would write: one to three hidden layers of at least 16 values
/// whose widths never rise, no tanh, little dropout, categories as one-hot vectors or small embeddings. Where the
/// choices offer no such value, any of them. Source: the habits of the perceptrons that tables are usually given;
/// Gorishniy et al., NeurIPS 2021, arXiv 2106.11959, tune theirs in such ranges.
Json sample_sensible(const MlpChoices& choices, Random& random);

/// One random edit: with probability 1/2 another value of one key, else a layer more, less, or of another width. It may
/// change nothing.
Json edited(const Json& design, const MlpChoices& choices, Random& random);

/// The first widths of one parent, then the last ones of the other; every other key of either.
Json crossover(const Json& first, const Json& second, const MlpChoices& choices, Random& random);

/// Every design that one edit away: another value of a key or of a width, where there are more than eight the next ones
/// below and above; a layer less, or one of them twice.
std::vector<Json> neighbours(const Json& design, const MlpChoices& choices);

}  // namespace flnas::searches
