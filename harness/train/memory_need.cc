#include "harness/train/memory_need.h"

#include <cstdint>

#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/keep_generator.h"
#include "harness/nn/shapes_only.h"

namespace flnas {
namespace {

/// Those that a BatchReader has gathered, and the one that is trained on.
constexpr double kBatches = 3;

}  // namespace

double training_step_bytes(double parameters, double activations, double bytes_per_activation) {
  constexpr double kLibraries = 256.0 * (1 << 20);
  return 4 * 4 * parameters + 3 * bytes_per_activation * activations + kLibraries;
}

MemoryNeed predict_memory(const std::function<std::shared_ptr<nn::Classifier>()>& make, const nn::ModelOptions& options,
                          const TrainConfig& effective) {
  const nn::KeepGenerator keep;
  const nn::ShapesOnly shapes_only;
  const nn::Cost cost = nn::measure_cost(*make(), options);
  const bool half = effective.precision == "bfloat16";
  const auto parameters = static_cast<double>(cost.parameters);
  const auto state = static_cast<double>(cost.parameters_and_buffers);
  double inputs = effective.batch;
  for (const std::int64_t side : nn::input_shape(options, 1)) inputs *= static_cast<double>(side);
  return {
      .step = training_step_bytes(parameters, effective.batch * static_cast<double>(cost.activations), half ? 2 : 4),
      .copies = 4 * state * (effective.ema > 0 ? 2 : 1) + (half ? 2 * parameters : 0),
      .batches = kBatches * inputs * 4};
}

}  // namespace flnas
