#include "harness/cli/transformers/evaluator.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include <cmath>
#include <fstream>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/random.h"
#include "harness/base/system.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/machine/validity.h"
#include "harness/latency/timing/measure.h"
#include "harness/train/device.h"
#include "searches/spaces/autoformer/transformer_operators.h"

namespace flnas::cli {
namespace {

using searches::SubnetFigures;

TrainConfig config_of(const TransformerSearchRequest& request) {
  TrainConfig config;
  config.device = "cpu";
  config.threads = request.threads;
  require_valid(config.problems());
  return effective_config(config);
}

SubnetFigures figures_from_json(const Json& json) {
  SubnetFigures figures{.latency_ms = json.at("latency_ms").get<double>(),
                        .mistrust = json.at("mistrust").get<std::string>()};
  for (const auto& [name, value] : json.at("proxies").items()) {
    figures.proxies[name] = value.is_null() ? std::nan("") : value.get<double>();
  }
  return figures;
}

}  // namespace

KnownFigures read_evaluations(const std::filesystem::path& file) {
  KnownFigures known;
  std::ifstream in(file);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    // A last line without its end was being written when the program was killed.
    if (in.eof()) break;
    const std::string where = fmt::format("{}:{}", file.string(), ++number);
    const Json json = parse_json(line, where);
    try {
      known[json.at("subnet").get<std::string>()] = figures_from_json(json);
    } catch (const Json::exception&) {
      throw DataError(where + ": not an evaluation; remove the line");
    }
  }
  return known;
}

TransformerEvaluator::TransformerEvaluator(const TransformerSearchRequest& request, const Platform& platform,
                                           bool measured)
    : request_(request),
      platform_(platform),
      measured_(measured),
      file_(request.out / kEvaluationsFile),
      config_(config_of(request)),
      images_(proxies::noise_batch(request.proxy_batch, request.options.classes, request.options.size, request.seed)),
      known_(read_evaluations(file_)),
      progress_("subnets", request.budget) {
  use_device(config_);
}

SubnetFigures TransformerEvaluator::operator()(const nn::AutoFormer& subnet) {
  const std::string text = searches::subnet_text(subnet);
  progress_.update(done_++, text);
  if (const auto known = known_.find(text); known != known_.end()) return known->second;
  SubnetFigures figures;
  torch::manual_seed(mix_seed(request_.seed, std::stoull(sha256(text).substr(0, 15), nullptr, 16)));
  const auto model = nn::build_autoformer(subnet, request_.options);
  figures.proxies = proxies::compute_proxies(*model, images_, request_.proxies, request_.seed);
  if (measured_) {
    measure(*model, figures);
  } else {
    figures.latency_ms = estimated_ms(subnet);
  }
  const Json line = {{"subnet", text},
                     {"latency_ms", figures.latency_ms},
                     {"mistrust", figures.mistrust},
                     {"proxies", figures.proxies}};
  append_line(file_, line.dump());
  return figures;
}

void TransformerEvaluator::measure(nn::Classifier& model, SubnetFigures& figures) const {
  const LatencyConfig latency{.batch = request_.batch,
                              .size = static_cast<int>(request_.options.size),
                              .seconds = request_.seconds,
                              .least_samples = 5};
  const MachineState before = read_machine_state();
  const LatencySummary summary = summarise_latency(measure_latency(model, latency, config_));
  figures.latency_ms = summary.median_us * 1e-3;
  figures.mistrust = build_is_optimised() ? why_distrusted(summary.median_us, summary.low_us, summary.high_us, before,
                                                           read_machine_state())
                                          : "a debug or sanitizer build: its latency means nothing";
}

double TransformerEvaluator::estimated_ms(const nn::AutoFormer& subnet) const {
  const EstimateInputs inputs =
      estimate_inputs(platform_, nn::autoformer_entry(subnet), request_.options, request_.batch, request_.threads);
  return estimate_of(inputs).median_us * 1e-3;
}

}  // namespace flnas::cli
