#include "harness/latency/estimation/estimates.h"

#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"

namespace flnas {

namespace {

void require_rates(const Platform& platform) {
  if (platform.can_be_estimated()) return;
  throw ConfigError(fmt::format("platform {}: its file has no rates and efficiencies to estimate by", platform.name));
}

}  // namespace

EstimateInputs estimate_inputs(const Platform& platform, const nn::ModelEntry& model, const nn::ModelOptions& options,
                               int batch, int threads) {
  require_rates(platform);
  const auto network = model.make(options);
  return {platform.name,
          batch,
          threads,
          *platform.rates,
          *platform.efficiency,
          nn::measure_cost(*network, options, batch).operations};
}

std::vector<LatencyEstimateResult> estimate_on(const Platform& platform, const nn::ModelEntry& model,
                                               const nn::ModelOptions& options, const std::vector<int>& batch,
                                               const std::vector<int>& threads) {
  require_rates(platform);
  const auto network = model.make(options);
  std::vector<LatencyEstimateResult> results;
  for (const int images : batch) {
    const nn::Cost cost = nn::measure_cost(*network, options, images);
    for (const int count : threads) {
      const LatencyEstimate estimate = estimate_latency(cost, *platform.rates, *platform.efficiency, count);
      LatencyEstimateResult& result = results.emplace_back();
      result.model = model.name;
      result.platform = platform.name;
      result.batch = images;
      result.threads = count == 0 ? platform.rates->cores : count;
      result.macs = cost.macs;
      result.median_us = estimate.median_us;
      result.low_us = estimate.low_us;
      result.high_us = estimate.high_us;
    }
  }
  return results;
}

}  // namespace flnas
