#pragma once

#include <string>
#include <vector>

#include "searches/llm/reply/python_syntax.h"

namespace flnas::searches {

/// A value that stands for a layer in an nn.Sequential, and what PyTorch calls it there: its place in each Sequential
/// around it ("0", "2.1"), or the name that an OrderedDict gives it ("conv1", "features.conv1").
struct SequentialLayer {
  const PyValue* value;  ///< within the call
  std::string name;
};

/// The layers of an nn.Sequential(...) call one after another, without the Sequentials, OrderedDicts and lists around
/// them. Whether they are layers at all is not asked.
std::vector<SequentialLayer> sequential_layers(const PyValue& call);

/// The names of those that have weights (Conv2d, BatchNorm2d, GroupNorm, BasicBlock, Linear), in their order, as
/// nn::build_classifier takes them: their tensors in a state dict are these names, a dot, and "weight", "bias" or
/// "running_mean".
std::vector<std::string> names_of_weighted_layers(const PyValue& call);

}  // namespace flnas::searches
