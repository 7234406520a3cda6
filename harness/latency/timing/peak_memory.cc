#include "harness/latency/timing/peak_memory.h"

#include <ATen/Functions.h>
#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/text.h"
#include "harness/latency/timing/random_inputs.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/train/adam.h"
#include "harness/train/device.h"
#include "harness/train/memory.h"
#include "harness/train/memory_need.h"
#include "harness/train/step.h"

namespace flnas {
namespace {

bool has_memory_to_train(const TimingCase& timing, Machine& machine) {
  const auto available = machine.available_memory();
  if (timing.config.device != "cpu" || !available) return true;
  const auto model = timing.model.make(timing.options);
  const nn::Cost cost = nn::measure_cost(*model, timing.options, kTrainingBatch);
  const double needed =
      training_step_bytes(static_cast<double>(cost.parameters), static_cast<double>(cost.activations));
  if (*available > needed) return true;
  fmt::print(stderr, "{}: the peak of a training step is not measured: it needs about {}, {} are available\n",
             timing.model.name, format_bytes(needed), format_bytes(*available));
  return false;
}

}  // namespace

PeakMemory measure_training_peak(const std::function<std::shared_ptr<nn::Classifier>()>& make,
                                 const nn::ModelOptions& options, int batch, const TrainConfig& effective) {
  const DeviceSetup setup = use_device(effective);
  const std::int64_t before = allocated_bytes(setup.device);
  const auto model = make();
  place(*model, setup);
  model->train();
  Adam adam(model->parameters());
  const at::Tensor weights = at::ones({options.classes}).to(setup.device);
  const auto step = [&](int count) {
    const at::Tensor labels = at::arange(count).remainder(options.classes).to(setup.device);
    train_step(*model, adam, random_inputs(options, count, setup), labels, weights, setup);
    synchronise(setup.device);
  };
  step(2);
  reset_peak_bytes(setup.device);
  step(batch);
  return {batch, peak_bytes(setup.device) - before};
}

std::optional<PeakMemory> training_peak_of(const TimingCase& timing, Machine& machine) {
  if (!has_memory_to_train(timing, machine)) return std::nullopt;
  try {
    return measure_training_peak([&] { return timing.model.make(timing.options); }, timing.options, kTrainingBatch,
                                 timing.config);
  } catch (const ConfigError&) {
    return std::nullopt;
  }
}

}  // namespace flnas
