#pragma once

#include <ATen/core/Tensor.h>

#include "harness/nn/registry.h"
#include "harness/train/device.h"

namespace flnas {

/// Inputs for timing, on the device: uniform in [0, 1], by libtorch's generator. For a table, all categories are
/// "other".
at::Tensor random_inputs(const nn::ModelOptions& options, int batch, const DeviceSetup& setup);

}  // namespace flnas
