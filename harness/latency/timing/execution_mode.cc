#include "harness/latency/timing/execution_mode.h"

#include <fmt/format.h>
#include <torch/csrc/jit/api/module.h>

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

using Forward = std::function<at::Tensor()>;

Forward eager(std::shared_ptr<nn::Classifier> model, const nn::ModelOptions& /*options*/, const DeviceSetup& setup,
              const at::Tensor& images) {
  return [model = std::move(model), setup, images] {
    const at::NoGradGuard no_grad;
    const Autocast autocast(setup);
    return model->forward(images);
  };
}

template <bool optimised>
Forward scripted(std::shared_ptr<nn::Classifier> model, const nn::ModelOptions& options, const DeviceSetup& setup,
                 const at::Tensor& images) {
  torch::jit::Module module = nn::to_torchscript(*model, options);
  // A frozen file is frozen already, and has lost the attribute that freezing asks for.
  if (module.hasattr("training")) module = torch::jit::freeze(module);
  if constexpr (optimised) module = torch::jit::optimize_for_inference(module);
  return [module, setup, images]() mutable {
    const at::NoGradGuard no_grad;
    const Autocast autocast(setup);
    return module.forward({images}).toTensor();
  };
}

#ifdef FLNAS_CUDA
struct Recording {
  Forward forward;  ///< holds the weights that the graph reads
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
Forward cuda_graph(std::shared_ptr<nn::Classifier> model, const nn::ModelOptions& options, const DeviceSetup& setup,
                   const at::Tensor& images) {
  auto recording = std::make_shared<Recording>();
  recording->forward = eager(std::move(model), options, setup, images);
  return [recording, device = setup.device] {
    if (!recording->logits.defined()) record(*recording, device);
    recording->graph.replay();
    return recording->logits;
  };
}
#else
constexpr ExecutionMode::Bind cuda_graph = nullptr;
#endif

}  // namespace

const std::vector<ExecutionMode>& execution_modes() {
  static const std::vector<ExecutionMode> modes{
      // Operator by operator, as libtorch's C++ API does.
      {.name = "eager", .bind = eager},
      // TorchScript with its weights as constants (torch.jit.freeze).
      {.name = "frozen", .bind = scripted<false>},
      // Frozen, then torch.jit.optimize_for_inference: fused batch norm, oneDNN layouts on x86.
      {.name = "optimised", .bind = scripted<true>},
      // The eager kernels, recorded in the first call and replayed in one launch.
      {.name = "cuda-graph", .bind = cuda_graph, .cuda_only = true, .replays = true},
  };
  return modes;
}

const ExecutionMode& eager_mode() { return execution_modes().front(); }

const std::string& mode_names() {
  static const std::string names = [] {
    std::string text;
    for (const ExecutionMode& mode : execution_modes()) text += (text.empty() ? "" : ", ") + std::string(mode.name);
    return text;
  }();
  return names;
}

const ExecutionMode& mode_from_name(std::string_view name) {
  std::vector<std::string> names;
  for (const ExecutionMode& mode : execution_modes()) names.emplace_back(mode.name);
  return execution_modes()[find_name("execution mode", name, names)];
}

std::vector<ExecutionMode> modes_of(bool cuda) {
  std::vector<ExecutionMode> modes = execution_modes();
  std::erase_if(modes, [&](const ExecutionMode& mode) { return !mode.bind || (mode.cuda_only && !cuda); });
  return modes;
}

Forward make_forward(const ExecutionMode& mode, std::shared_ptr<nn::Classifier> model, const nn::ModelOptions& options,
                     const DeviceSetup& setup, const at::Tensor& images) {
  if (mode.bind == nullptr || (mode.cuda_only && !setup.device.is_cuda())) {
    std::string others;
    for (const ExecutionMode& other : modes_of(false)) others += (others.empty() ? "" : ", ") + std::string(other.name);
    throw ConfigError(
        fmt::format("mode {}: needs a CUDA device and a build for it; choose one of {}", mode.name, others));
  }
  model->eval();
  place(*model, setup);
  return mode.bind(std::move(model), options, setup, images);
}

}  // namespace flnas
