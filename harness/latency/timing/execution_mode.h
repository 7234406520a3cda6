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

/// An execution mode: a row of the table in execution_mode.cc, where a new mode is added. Records call it `form`.
struct ExecutionMode {
  /// The model, placed and in evaluation mode, bound to images on the setup's device.
  using Bind = std::function<at::Tensor()> (*)(std::shared_ptr<nn::Classifier> model, const nn::ModelOptions& options,
                                               const DeviceSetup& setup, const at::Tensor& images);
  const char* name;  ///< "eager"
  Bind bind;         ///< null: not in this build
  bool cuda_only = false;
  bool replays = false;  ///< its calls allocate nothing: peak memory is that of eager calls
};

/// All modes, whether they run here or not; the first is eager, with which every other is compared.
const std::vector<ExecutionMode>& execution_modes();
const ExecutionMode& eager_mode();
/// "eager, frozen, ...", for help
const std::string& mode_names();
/// Throws ConfigError naming the nearest mode.
const ExecutionMode& mode_from_name(std::string_view name);

/// Those that a device can run. `cuda`: a CUDA device, and a build for it.
std::vector<ExecutionMode> modes_of(bool cuda);

/// The model in that mode, bound to these images ([N, 3, H, W] on the setup's device): each call runs it once in
/// evaluation mode without gradients and returns logits [N, C]. The device may still be at work when it returns, see
/// `synchronise`. The model is moved to the device and stays in evaluation mode.
/// Throws ConfigError if this mode is not available here.
std::function<at::Tensor()> make_forward(const ExecutionMode& mode, std::shared_ptr<nn::Classifier> model,
                                         const nn::ModelOptions& options, const DeviceSetup& setup,
                                         const at::Tensor& images);

}  // namespace flnas
