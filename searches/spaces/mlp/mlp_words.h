#pragma once

#include <string>

#include "harness/nn/registry.h"
#include "searches/spaces/mlp/mlp_choices.h"
#include "searches/training/space_words.h"

namespace flnas::searches {

/// What prompts say of the space, for a table with these columns and classes. `inputs` is told in numbers; whoever
/// knows the columns' names may put better words in its place.
SpaceWords mlp_words(const MlpChoices& choices, const nn::ModelOptions& options);

/// A canonical form as replies write it: without "format".
std::string written(const Json& design);

/// A design in a line: "64-32 batch relu dropout 0.1 embedding 4"; "logistic regression" without hidden layers.
std::string mlp_brief(const Json& design);

/// Parameters and multiply-accumulates of the encoder, each hidden layer and the output layer.
std::string mlp_parts_text(const Json& design, const nn::ModelOptions& options);

}  // namespace flnas::searches
