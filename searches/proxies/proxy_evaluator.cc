#include "searches/proxies/proxy_evaluator.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
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

proxies::ProxyBatch batch_of(const NetworkSpace& networks, std::int64_t count, std::uint64_t seed) {
  if (networks.images) return networks.images(count, seed);
  return proxies::noise_batch(count, networks.options.classes, networks.options.size, seed);
}

/// A network's own, whenever it is looked at.
std::uint64_t weights_seed(const Json& design, std::uint64_t seed) {
  const std::string text = design.is_string() ? design.get<std::string>() : design.dump();
  return mix_seed(seed, std::stoull(sha256(text).substr(0, 15), nullptr, 16));
}

}  // namespace

void ProxySettings::require_valid() const {
  for (const auto& name : proxies) find_name("proxy", name, proxies::proxy_names());
  std::vector<std::string> problems;
  const auto require = [&](bool good, const char* problem) {
    if (!good) problems.emplace_back(problem);
  };
  require(!proxies.empty(), "--proxies must name at least one");
  require(latency_batch >= 1 && latency_batch <= 4096, "--latency-batch must be 1 to 4096");
  require(proxy_batch >= 2 && proxy_batch <= 4096, "--proxy-batch must be 2 to 4096");
  require(latency_seconds >= 0 && latency_seconds <= 3600, "--latency-seconds must be 0 to 3600");
  flnas::require_valid(problems);
}

ProxyEvaluator::ProxyEvaluator(NetworkSpace networks, ProxyEvaluatorConfig config)
    : networks_(std::move(networks)),
      config_(std::move(config)),
      train_(train_config(config_.threads)),
      images_(batch_of(networks_, config_.settings.proxy_batch, config_.seed)),
      progress_("networks", config_.budget) {
  use_device(train_);
}

Evaluation ProxyEvaluator::evaluate(Candidate candidate) {
  const SearchSpace& space = *networks_.space;
  progress_.update(done_++, space.hash(candidate));
  Evaluation evaluation;
  evaluation.status = kPassed;
  torch::manual_seed(weights_seed(space.canonical(candidate), config_.seed));
  const auto model = networks_.network(candidate).make(networks_.options);
  const ProxySettings& settings = config_.settings;
  for (const auto& [name, value] : proxies::compute_proxies(*model, images_, settings.proxies, config_.seed)) {
    if (std::isfinite(value)) evaluation.proxies[name] = value;
  }
  const CostEstimate cost = space.cost(candidate);
  evaluation.cost.parameters = cost.parameters;
  evaluation.cost.macs = cost.macs;
  evaluation.cost.target = config_.platform ? config_.platform->name : kNoTarget;
  if (config_.platform) add_latency(candidate, model, evaluation.cost);
  return evaluation;
}

void ProxyEvaluator::add_latency(Candidate candidate, const std::shared_ptr<nn::Classifier>& model,
                                 DesignCost& cost) const {
  cost.latency_mark = config_.measured ? "measured" : "estimated";
  if (config_.measured) return measure(model, cost);
  const EstimateInputs inputs = estimate_inputs(*config_.platform, networks_.network(candidate), networks_.options,
                                                config_.settings.latency_batch, config_.threads);
  cost.latency_us = estimate_of(inputs).median_us;
}

void ProxyEvaluator::measure(const std::shared_ptr<nn::Classifier>& model, DesignCost& cost) const {
  const double seconds = config_.settings.latency_seconds;
  TimingCase timing;
  timing.model.name = "network";
  timing.model.make = [&](const nn::ModelOptions&) { return model; };
  timing.options = networks_.options;
  timing.batch = config_.settings.latency_batch;
  timing.config = train_;
  timing.warm_up_seconds = std::min(timing.warm_up_seconds, seconds);
  const LatencyResult result =
      measure_model(timing, {.least_samples = 5}, {.seconds = seconds}, *machine_of(timing.config));
  if (!result.latency) throw Error(result.reason);
  cost.latency_us = result.latency->p50_us;
  cost.latency_low_us = result.latency->p50_low_us;
  cost.latency_high_us = result.latency->p50_high_us;
  cost.latency_reason = result.reason;
}

metrics::Point proxy_objectives(const Evaluation& evaluation, const std::vector<std::string>& proxies) {
  std::vector<std::string> names = proxies;
  std::sort(names.begin(), names.end());
  const DesignCost& cost = evaluation.cost;
  metrics::Point point = {cost.latency_us ? *cost.latency_us * 1e-3 : static_cast<double>(cost.macs) * 1e-6};
  for (const auto& name : names) {
    const auto found = evaluation.proxies.find(name);
    point.push_back(found == evaluation.proxies.end() ? std::numeric_limits<double>::max() : -found->second);
  }
  return point;
}

metrics::Point ProxyEvaluator::objectives(const Evaluation& evaluation) const {
  return proxy_objectives(evaluation, config_.settings.proxies);
}

std::vector<std::string> ProxyEvaluator::objective_names() const {
  std::vector<std::string> names = config_.settings.proxies;
  std::sort(names.begin(), names.end());
  names.insert(names.begin(), config_.platform ? "latency_ms" : "macs_m");
  return names;
}

std::string ProxyEvaluator::goal() const {
  return fmt::format("{}, and higher zero-cost proxies, which stand for accuracy",
                     config_.platform ? "lower latency" : "fewer multiply-accumulates (MACs)");
}

std::string ProxyEvaluator::figures(const Evaluation& evaluation) const {
  const DesignCost& cost = evaluation.cost;
  std::string text = cost.latency_us ? fmt::format("latency {:.2f} ms", *cost.latency_us * 1e-3)
                                     : fmt::format("{:.3f} M MACs", static_cast<double>(cost.macs) * 1e-6);
  for (const auto& [name, value] : evaluation.proxies) text += fmt::format(", {} {:.4g}", name, value);
  return text;
}

std::string ProxyEvaluator::noise(const std::vector<Evaluation>&) const {
  return "each proxy is of one draw of weights, and no measurement of an accuracy: it orders networks more or less as "
         "training would. What another draw would give is not known.";
}

}  // namespace flnas::searches
