#include "harness/latency/timing/measure.h"

#include <ATen/Functions.h>

#include <chrono>

#include "harness/nn/classifier.h"
#include "harness/train/adam.h"
#include "harness/train/device.h"
#include "harness/train/memory.h"
#include "harness/train/step.h"

namespace flnas {
namespace {

using Clock = std::chrono::steady_clock;

at::Tensor random_images(int batch, int size, const DeviceSetup& setup) {
  return at::rand({batch, 3, size, size}).to(setup.device).contiguous(setup.memory_format);
}

void forward(nn::Classifier& model, const at::Tensor& images, const DeviceSetup& setup) {
  const Autocast autocast(setup);
  model.forward(images);
}

}  // namespace

LatencySamples measure_latency(nn::Classifier& model, const LatencyConfig& config, const TrainConfig& effective) {
  const DeviceSetup setup = use_device(effective);
  place(model, setup);
  const nn::EvalMode evaluation(model);
  const at::NoGradGuard no_grad;
  const at::Tensor images = random_images(config.batch, config.size, setup);

  LatencySamples samples;
  samples.batch = config.batch;
  samples.threads = effective.threads;
  samples.form = "eager";
  samples.warm_up = config.warm_up;
  for (int i = 0; i < config.warm_up; ++i) forward(model, images, setup);
  synchronise(setup.device);
  const auto end = Clock::now() + std::chrono::duration<double>(config.seconds);
  const auto taken = [&] { return static_cast<int>(samples.samples_us.size()); };
  while (taken() < config.least_samples || (taken() < config.most_samples && Clock::now() < end)) {
    const auto start = Clock::now();
    forward(model, images, setup);
    synchronise(setup.device);
    samples.samples_us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  return samples;
}

PeakMemory measure_training_peak(const std::function<std::shared_ptr<nn::Classifier>()>& make, int classes, int size,
                                 int batch, const TrainConfig& effective) {
  const DeviceSetup setup = use_device(effective);
  const std::int64_t before = allocated_bytes(setup.device);
  const auto model = make();
  place(*model, setup);
  model->train();
  Adam adam(model->parameters());
  const at::Tensor weights = at::ones({classes}).to(setup.device);
  const auto step = [&](int images) {
    const at::Tensor labels = at::arange(images).remainder(classes).to(setup.device);
    train_step(*model, adam, random_images(images, size, setup), labels, weights, setup);
    synchronise(setup.device);
  };
  step(2);
  reset_peak_bytes(setup.device);
  step(batch);
  return {batch, peak_bytes(setup.device) - before};
}

PeakMemory measure_inference_peak(const std::function<std::shared_ptr<nn::Classifier>()>& make, int size, int batch,
                                  const TrainConfig& effective) {
  const DeviceSetup setup = use_device(effective);
  const std::int64_t before = allocated_bytes(setup.device);
  const auto model = make();
  place(*model, setup);
  const nn::EvalMode evaluation(*model);
  const at::NoGradGuard no_grad;
  const at::Tensor images = random_images(batch, size, setup);
  reset_peak_bytes(setup.device);
  forward(*model, images, setup);
  synchronise(setup.device);
  return {batch, peak_bytes(setup.device) - before};
}

}  // namespace flnas
