#pragma once

#include <ATen/core/Tensor.h>

#include "harness/nn/registry.h"
#include "harness/train/device.h"

namespace flnas {

/// What a model is timed on: uniform in [0, 1], by libtorch's generator, as a model on the device takes it. Of a table,
/// categories are "other" then.
at::Tensor random_inputs(const nn::ModelOptions& options, int batch, const DeviceSetup& setup);

}  // namespace flnas
