#include "harness/latency/timing/random_inputs.h"

#include <ATen/Functions.h>

namespace flnas {

at::Tensor random_inputs(const nn::ModelOptions& options, int batch, const DeviceSetup& setup) {
  return as_input(at::rand(nn::input_shape(options, batch)), setup);
}

}  // namespace flnas
