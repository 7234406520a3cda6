#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/nn/registry.h"
#include "searches/llm/reply/python_syntax.h"

namespace flnas::searches {

/// An nn.Sequential(...) call -> architecture in the JSON form. Nested Sequentials and an OrderedDict of named layers
/// are read in their order. The layers have to be
///     stages:  Conv2d [BatchNorm2d | GroupNorm] [activation] [MaxPool2d | AvgPool2d] [Dropout2d]         plain
///              Conv2d(groups=channels) [norm] [activation] Conv2d(kernel 1) [norm] [activation] [...]    separable
///              BasicBlock(...) as harness/nn/architecture/pytorch_source.h writes it [pooling] [Dropout2d] residual
///     head:    [AdaptiveAvgPool2d(1)] Flatten {[Dropout] Linear [activation]} [Dropout] Linear
/// with torch's defaults. Channels and features have to fit from layer to layer for images of options.size and
/// options.classes; a name or an expression stands for what fits. GroupNorm(1, c) is "layer", GroupNorm(gcd(8, c), c)
/// is "group". Appends every layer, argument, order and shape that an architecture cannot express to `problems`, and
/// is empty then. Ranges (schema, choices, limits) are the validator's.
std::optional<Json> read_sequential(const PyValue& call, const nn::ModelOptions& options,
                                    std::vector<std::string>& problems);

}  // namespace flnas::searches
