#include "harness/latency/timing/execution_mode.h"

#include <torch/csrc/jit/api/module.h>

#include <array>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"

#ifdef FLNAS_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace flnas {
namespace {

constexpr std::array kModes = {ExecutionMode::kEager, ExecutionMode::kFrozen, ExecutionMode::kOptimised,
                               ExecutionMode::kCudaGraph};

std::function<at::Tensor()> eager(std::shared_ptr<nn::Classifier> model, const DeviceSetup& setup,
                                  const at::Tensor& images) {
  return [model = std::move(model), setup, images] {
    const at::NoGradGuard no_grad;
    const Autocast autocast(setup);
    return model->forward(images);
  };
}

std::function<at::Tensor()> scripted(ExecutionMode mode, nn::Classifier& model, const nn::ModelOptions& options,
                                     const DeviceSetup& setup, const at::Tensor& images) {
  torch::jit::Module module = nn::to_torchscript(model, options);
  // A frozen file is frozen already, and has lost the attribute that freezing asks for.
  if (module.hasattr("training")) module = torch::jit::freeze(module);
  if (mode == ExecutionMode::kOptimised) module = torch::jit::optimize_for_inference(module);
  return [module, setup, images]() mutable {
    const at::NoGradGuard no_grad;
    const Autocast autocast(setup);
    return module.forward({images}).toTensor();
  };
}

#ifdef FLNAS_CUDA
struct Recording {
  std::function<at::Tensor()> forward;  ///< holds the weights that the graph reads
  at::cuda::CUDAGraph graph;
  at::Tensor logits;
};

void record(Recording& recording, const c10::Device& device) {
  // Recording wants a stream of its own and kernels that have run before (cuDNN chooses its algorithms then).
  const auto stream = c10::cuda::getStreamFromPool();
  const c10::cuda::CUDAStreamGuard guard(stream);
  for (int i = 0; i < 3; ++i) recording.forward();
  synchronise(device);
  recording.graph.capture_begin();
  recording.logits = recording.forward();
  recording.graph.capture_end();
  synchronise(device);
}

/// What a user waits for at first is the recording: it is part of the first call.
std::function<at::Tensor()> cuda_graph(std::shared_ptr<nn::Classifier> model, const DeviceSetup& setup,
                                       const at::Tensor& images) {
  auto recording = std::make_shared<Recording>();
  recording->forward = eager(std::move(model), setup, images);
  return [recording, device = setup.device] {
    if (!recording->logits.defined()) record(*recording, device);
    recording->graph.replay();
    return recording->logits;
  };
}
#endif

}  // namespace

const char* to_string(ExecutionMode mode) {
  switch (mode) {
    case ExecutionMode::kEager:
      return "eager";
    case ExecutionMode::kFrozen:
      return "frozen";
    case ExecutionMode::kOptimised:
      return "optimised";
    case ExecutionMode::kCudaGraph:
      return "cuda-graph";
  }
  return "";
}

ExecutionMode mode_from_name(std::string_view name) {
  std::vector<std::string> names;
  for (const ExecutionMode mode : kModes) names.emplace_back(to_string(mode));
  return kModes[find_name("execution mode", name, names)];
}

std::vector<ExecutionMode> modes_of(bool cuda) {
  std::vector<ExecutionMode> modes(kModes.begin(), kModes.end() - 1);
#ifdef FLNAS_CUDA
  if (cuda) modes.push_back(ExecutionMode::kCudaGraph);
#else
  static_cast<void>(cuda);
#endif
  return modes;
}

std::function<at::Tensor()> make_forward(ExecutionMode mode, std::shared_ptr<nn::Classifier> model,
                                         const nn::ModelOptions& options, const DeviceSetup& setup,
                                         const at::Tensor& images) {
  model->eval();
  place(*model, setup);
  if (mode == ExecutionMode::kEager) return eager(std::move(model), setup, images);
  if (mode != ExecutionMode::kCudaGraph) return scripted(mode, *model, options, setup, images);
#ifdef FLNAS_CUDA
  if (setup.device.is_cuda()) return cuda_graph(std::move(model), setup, images);
#endif
  throw ConfigError("mode cuda-graph: needs a CUDA device and a build for it; choose eager, frozen or optimised");
}

}  // namespace flnas
