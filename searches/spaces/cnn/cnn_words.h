#pragma once

#include <string>

#include "harness/nn/registry.h"
#include "searches/spaces/cnn/designs/choices.h"
#include "searches/training/space_words.h"

namespace flnas::searches {

/// What FL-NAS's prompt says of the space, at these classes and this image size.
SpaceWords cnn_words(const CnnDefinition& definition, const nn::ModelOptions& options);

/// A design in a line: "16k3s1 batch relu max; 32k3s1 relu; flatten 64 dropout 0.2" is two stages (channels, kernel,
/// stride, and what else they are made of) and the head.
std::string design_brief(const Json& design);

/// Parameters and multiply-accumulates of each stage and the head. `classes` and `size` of the options: the search's.
std::string stages_text(const Json& design, const nn::ModelOptions& options);

}  // namespace flnas::searches
