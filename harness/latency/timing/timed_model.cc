#include "harness/latency/timing/timed_model.h"

#include <ATen/Functions.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/latency/timing/random_inputs.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/keep_generator.h"
#include "harness/train/memory.h"

namespace flnas {
namespace {

using Clock = std::chrono::steady_clock;

double us_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// The largest difference of a logit, relative to the largest logit where that is above 1.
double largest_difference(const at::Tensor& logits, const at::Tensor& expected) {
  const at::Tensor reference = expected.to(at::kFloat);
  const double scale = std::max(1.0, reference.abs().max().item<double>());
  return (logits.to(at::kFloat) - reference).abs().max().item<double>() / scale;
}

/// Other modes may round differently, bfloat16 to eight bits.
double most_difference(const DeviceSetup& setup) {
  // Convolutions on a GPU may compute in TF32, with ten bits.
  return setup.bfloat16 ? 5e-2 : setup.device.is_cuda() ? 1e-2 : 1e-4;
}

}  // namespace

std::string hash_state(const nn::Classifier& model) {
  std::string text;
  const auto add = [&](const auto& tensors) {
    for (const auto& item : tensors) {
      const at::Tensor tensor = item.value().detach().cpu().contiguous();
      const std::string_view bytes(static_cast<const char*>(tensor.data_ptr()), tensor.nbytes());
      text += fmt::format("{} {} {}\n", item.key(), fmt::join(tensor.sizes().vec(), "x"), sha256(bytes));
    }
  };
  add(model.named_parameters());
  add(model.named_buffers());
  return sha256(text);
}

std::string TimingCase::name() const {
  return fmt::format("{}/batch:{}/threads:{}/form:{}", model.name, batch, config.threads, mode.name);
}

LatencyResult TimingCase::blank_result() const {
  LatencyResult result;
  result.benchmark = name();
  result.model = model.name;
  result.classes = static_cast<int>(options.classes);
  result.input = {3, options.size, options.size};
  result.batch = batch;
  result.threads = config.threads;
  result.form = mode.name;
  result.precision = config.precision;
  return result;
}

std::unique_ptr<TimedCall> prepare_timed_model(const TimingCase& timing) {
  return std::make_unique<TimedModel>(timing);
}

TimedModel::TimedModel(const TimingCase& timing)
    : timing_(timing), setup_(use_device(timing.config)), facts_(timing.blank_result()) {
  const at::NoGradGuard no_grad;
  const nn::KeepGenerator keep_generator;
  torch::manual_seed(1);
  const std::int64_t before = allocated_bytes(setup_.device);
  auto start = Clock::now();
  std::shared_ptr<nn::Classifier> model = timing.model.make(timing.options);
  const double load_us = us_since(start);
  facts_.model_sha256 = hash_state(*model);
  facts_.parameters = nn::count_parameters(*model);

  const at::Tensor images = random_inputs(timing.options, timing.batch, setup_);
  start = Clock::now();
  forward_ = make_forward(timing.mode, model, timing.options, setup_, images);
  synchronise(setup_.device);
  facts_.load_us = load_us + us_since(start);
  facts_.first_call_us = time_us();
  reset_peak_bytes(setup_.device);
  const at::Tensor expected = make_forward(eager_mode(), model, timing.options, setup_, images)();
  synchronise(setup_.device);
  const std::int64_t eager_peak = peak_bytes(setup_.device) - before;
  model.reset();  // a mode that holds copies of the weights holds these alone from here on
  const auto end = Clock::now() + std::chrono::duration<double>(timing.warm_up_seconds);
  while (static_cast<int>(facts_.warm_up_us.size()) < kWarmUpCalls || Clock::now() < end) {
    facts_.warm_up_us.push_back(time_us());
  }
  reset_peak_bytes(setup_.device);
  const at::Tensor logits = forward_();
  synchronise(setup_.device);
  // A replay allocates nothing: a graph keeps the blocks that its recording took, which was eager.
  facts_.inference_peak_bytes = timing.mode.replays ? eager_peak : peak_bytes(setup_.device) - before;
  facts_.largest_difference = largest_difference(logits, expected);
  const at::Tensor values = logits.to(at::kCPU, at::kDouble).flatten().contiguous();
  facts_.logits.assign(values.data_ptr<double>(), values.data_ptr<double>() + values.numel());
  if (!(*facts_.largest_difference <= most_difference(setup_))) {
    facts_.status = kFailed;
    facts_.reason = fmt::format("its logits differ from eager's by {:.1e} (at most {:.0e} is rounding)",
                                *facts_.largest_difference, most_difference(setup_));
  }
}

double TimedModel::time_us() {
  synchronise(setup_.device);
  const auto start = Clock::now();
  const at::Tensor logits = forward_();
  synchronise(setup_.device);
  return us_since(start);
}

}  // namespace flnas
