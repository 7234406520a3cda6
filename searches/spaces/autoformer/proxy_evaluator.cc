#include "searches/spaces/autoformer/proxy_evaluator.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/base/random.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/measure_model.h"
#include "harness/records/record.h"
#include "harness/train/device.h"

namespace flnas::searches {
namespace {

TrainConfig train_config(int threads) {
  TrainConfig config;
  config.device = "cpu";
  config.threads = threads;
  require_valid(config.problems());
  return effective_config(config);
}

}  // namespace

ProxyEvaluator::ProxyEvaluator(const AutoFormerSearchSpace& space, ProxyEvaluatorConfig config)
    : space_(space),
      config_(std::move(config)),
      train_(train_config(config_.threads)),
      images_(proxies::noise_batch(config_.proxy_batch, config_.options.classes, config_.options.size, config_.seed)),
      progress_("subnets", config_.budget) {
  use_device(train_);
}

Evaluation ProxyEvaluator::evaluate(Candidate candidate) {
  const std::string text = space_.text(candidate);
  progress_.update(done_++, text);
  Evaluation evaluation;
  evaluation.status = kPassed;
  torch::manual_seed(mix_seed(config_.seed, std::stoull(sha256(text).substr(0, 15), nullptr, 16)));
  const nn::AutoFormer subnet = space_.subnet(candidate);
  const auto model = nn::build_autoformer(subnet, config_.options);
  for (const auto& [name, value] : proxies::compute_proxies(*model, images_, config_.proxies, config_.seed)) {
    if (std::isfinite(value)) evaluation.proxies[name] = value;
  }
  const CostEstimate cost = space_.cost(candidate);
  evaluation.cost.parameters = cost.parameters;
  evaluation.cost.macs = cost.macs;
  evaluation.cost.target = config_.platform.name;
  evaluation.cost.latency_mark = config_.measured ? "measured" : "estimated";
  if (config_.measured) {
    measure(model, evaluation.cost);
  } else {
    const EstimateInputs inputs = estimate_inputs(config_.platform, nn::autoformer_entry(subnet), config_.options,
                                                  config_.latency_batch, config_.threads);
    evaluation.cost.latency_us = estimate_of(inputs).median_us;
  }
  return evaluation;
}

void ProxyEvaluator::measure(const std::shared_ptr<nn::Classifier>& model, DesignCost& cost) const {
  TimingCase timing;
  timing.model.name = "subnet";
  timing.model.make = [&](const nn::ModelOptions&) { return model; };
  timing.options = config_.options;
  timing.batch = config_.latency_batch;
  timing.config = train_;
  timing.warm_up_seconds = std::min(timing.warm_up_seconds, config_.latency_seconds);
  const LatencyResult result =
      measure_model(timing, {.least_samples = 5}, {.seconds = config_.latency_seconds}, *machine_of(timing.config));
  if (!result.latency) throw Error(result.reason);
  cost.latency_us = result.latency->p50_us;
  cost.latency_low_us = result.latency->p50_low_us;
  cost.latency_high_us = result.latency->p50_high_us;
  cost.latency_reason = result.reason;
}

metrics::Point subnet_objectives(const Evaluation& evaluation, const std::vector<std::string>& proxies) {
  std::vector<std::string> names = proxies;
  std::sort(names.begin(), names.end());
  metrics::Point point = {*evaluation.cost.latency_us * 1e-3};
  for (const auto& name : names) {
    const auto found = evaluation.proxies.find(name);
    point.push_back(found == evaluation.proxies.end() ? std::numeric_limits<double>::max() : -found->second);
  }
  return point;
}

metrics::Point ProxyEvaluator::objectives(const Evaluation& evaluation) const {
  return subnet_objectives(evaluation, config_.proxies);
}

std::vector<std::string> ProxyEvaluator::objective_names() const {
  std::vector<std::string> names = config_.proxies;
  std::sort(names.begin(), names.end());
  names.insert(names.begin(), "latency_ms");
  return names;
}

std::string ProxyEvaluator::goal() const {
  return "lower latency, and higher zero-cost proxies, which stand for accuracy";
}

std::string ProxyEvaluator::figures(const Evaluation& evaluation) const {
  std::string text = fmt::format("latency {:.2f} ms", *evaluation.cost.latency_us * 1e-3);
  for (const auto& [name, value] : evaluation.proxies) text += fmt::format(", {} {:.4g}", name, value);
  return text;
}

std::string ProxyEvaluator::noise(const std::vector<Evaluation>&) const {
  return "each proxy is of one draw of weights, and no measurement of an accuracy: it orders subnets more or less as "
         "training would. What another draw would give is not known.";
}

}  // namespace flnas::searches
