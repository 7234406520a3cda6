#pragma once

#include <filesystem>
#include <memory>

#include "harness/nn/registry.h"
#include "harness/nn/state.h"

namespace torch::jit {
struct Module;
}

namespace flnas::nn {

class Classifier;

// TorchScript in and out: a trained model as a file that Python's torch.jit.load runs, and models of other programs
// (baselines/torchvision/export.py) as classifiers.

/// Whether a file is one by its name: .pt, .pth, .ts, or .pt2, which load_torchscript refuses in its own words.
bool is_torchscript(const std::filesystem::path& file);

/// The model in evaluation mode as a TorchScript module that shares its parameters under the same names; takes any
/// batch size. `options` is what the model was built for. The model's mode is restored.
torch::jit::Module trace_classifier(Classifier& model, const ModelOptions& options);

/// The model as a TorchScript module of its own in evaluation mode, on the device where it is; one that came from a
/// TorchScript file keeps its code as it was.
torch::jit::Module to_torchscript(Classifier& model, const ModelOptions& options);

/// Writes `to_torchscript`'s module on the CPU, whole or not at all; a model that came from a TorchScript file is
/// written with its code as it was. Throws IoError.
void save_torchscript(Classifier& model, const ModelOptions& options, const std::filesystem::path& file);

/// A TorchScript file as a classifier: trained, evaluated and measured like any other. Its parameters and buffers
/// are those of the file, under the file's names, on the CPU, in training mode where it can be trained.
/// A file that was frozen, or traced in evaluation mode with batch norm or dropout in it (such as a run's model.pt),
/// can be evaluated, but `train()` throws ConfigError: use a scripted file.
/// Throws ConfigError: no such file; wrong number of classes; does not take input_shape(options) and return
/// [N, C], then or in any later forward(); weights that are not float32; does more than compute on tensors and is not
/// trusted (torchscript_operators.h); DataError: not a TorchScript file but a state dict, a program of torch.export or
/// anything else (archive.h), or one of operators that this libtorch lacks.
std::shared_ptr<Classifier> load_torchscript(const std::filesystem::path& file, const ModelOptions& options);

/// The parameters and buffers of a TorchScript file. Throws as load_torchscript does, but for classes and images.
NamedTensors torchscript_state(const std::filesystem::path& file);

/// How many classes a TorchScript file tells apart, shown images [N, 3, size, size]. Throws as load_torchscript does.
std::int64_t torchscript_classes(const std::filesystem::path& file, std::int64_t size);

}  // namespace flnas::nn
