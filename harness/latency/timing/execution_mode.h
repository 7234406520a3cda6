#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/nn/registry.h"
#include "harness/train/device.h"

namespace at {
class Tensor;
}

namespace flnas {
namespace nn {
class Classifier;
}

/// How a model is executed.
enum class ExecutionMode {
  kEager,      ///< operator by operator, as libtorch's C++ API does
  kFrozen,     ///< TorchScript with its weights as constants (torch.jit.freeze)
  kOptimised,  ///< frozen, then torch.jit.optimize_for_inference: fused batch norm, oneDNN layouts on x86
  kCudaGraph,  ///< the eager kernels recorded in the first call and replayed in one launch; CUDA only
};
/// "eager", "frozen", "optimised", "cuda-graph"
const char* to_string(ExecutionMode mode);
/// Throws ConfigError naming the nearest mode.
ExecutionMode mode_from_name(std::string_view name);

/// Those that a device can run. `cuda`: a CUDA device, and a build for it.
std::vector<ExecutionMode> modes_of(bool cuda);

/// The model in that mode, bound to these images ([N, 3, H, W] on the setup's device): each call runs it once in
/// evaluation mode without gradients and returns logits [N, C]. The device may still be at work when it returns, see
/// `synchronise`. The model is moved to the device and stays in evaluation mode.
/// Throws ConfigError where this mode cannot be had here.
std::function<at::Tensor()> make_forward(ExecutionMode mode, std::shared_ptr<nn::Classifier> model,
                                         const nn::ModelOptions& options, const DeviceSetup& setup,
                                         const at::Tensor& images);

}  // namespace flnas
