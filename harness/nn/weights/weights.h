#pragma once

#include <filesystem>
#include <string>

#include "harness/nn/state.h"

namespace flnas::nn {

class Classifier;

// Weights from files, from which the training of a model can start.

/// The tensors of a file, on the CPU: a TorchScript module (a run's model.pt), a state dict of `torch.save` (.pt,
/// .pth), or .safetensors; which one it is, its content tells. Throws ConfigError where there is no such file or a
/// TorchScript file is refused (torchscript.h), DataError where it is none of these, is damaged, or holds values that
/// are not finite.
NamedTensors read_weights(const std::filesystem::path& file);

/// Copies `weights` into the model, each tensor to the one of its name; numbers of 16 and 64 bits become those of the
/// model. The names are the model's own or, where more of the file's are among those, PyTorch's
/// (Classifier::pytorch_names): all of one kind. Where all names have the same first part more ("module.", as wrappers
/// write it; "layers.", the attribute that holds an nn.Sequential), it is taken off. May be missing:
/// num_batches_tracked, which older files lack; may be left over: the statistics of standardised inputs
/// (standardised.h), which a run takes from its own images.
/// Throws ConfigError where a name is missing or unknown, or a shape or kind of number differs: one line that names the
/// first few. `where`: the weights, `model_name`: the model, for the message. The model is unchanged then.
void load_weights(Classifier& model, NamedTensors weights, const std::string& where, const std::string& model_name);

/// Whether the weights are of a run with standardised inputs.
bool has_input_statistics(const NamedTensors& weights);

}  // namespace flnas::nn
