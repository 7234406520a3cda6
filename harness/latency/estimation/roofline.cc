#include "harness/latency/estimation/roofline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "harness/base/error.h"
#include "harness/records/record_json.h"

namespace flnas {
namespace {

void require_positive(const std::string& where, const char* key, double value) {
  if (!(value > 0) || !std::isfinite(value)) {
    throw DataError(fmt::format("{}: {} is {}, but it has to be above zero", where, key, value));
  }
}

/// Of bytes that all images of a batch move, those beyond the cache.
double beyond_cache(double bytes, const nn::Operation& operation, const Efficiency& efficiency) {
  const double images = operation.shape.empty() ? 1 : static_cast<double>(operation.shape[0]);
  return std::max(0.0, bytes - images * efficiency.cache_kib * 1024);
}

double moved_bytes(const nn::Operation& operation, WorkClass work, const Efficiency& efficiency) {
  const double bytes = static_cast<double>(operation.bytes);
  const bool cached = work == WorkClass::kNormActivation || work == WorkClass::kOther;
  return cached ? beyond_cache(bytes, operation, efficiency) : bytes;
}

double unrolled_bytes(const nn::Operation& operation, WorkClass work, const Efficiency& efficiency) {
  if (efficiency.unrolled == 0 || work != WorkClass::kConvolution || operation.shape.size() < 2) return 0;
  // A row per pixel of the output: as many elements as multiply-accumulates go into one of its channels, in each group.
  const double channels = static_cast<double>(std::max<std::int64_t>(1, operation.shape[1]));
  const double elements = static_cast<double>(operation.macs * operation.groups) / channels;
  return beyond_cache(elements * sizeof(float), operation, efficiency);
}

/// Share of the peak arithmetic rate.
double compute_share(WorkClass work, const Efficiency& efficiency) {
  switch (work) {
    case WorkClass::kConvolution:
      return efficiency.convolution;
    case WorkClass::kPointwise:
      return efficiency.pointwise;
    case WorkClass::kDepthwise:
      return efficiency.depthwise;
    default:
      return efficiency.linear;
  }
}

}  // namespace

WorkClass work_class(const nn::Operation& operation) {
  using nn::OperationKind;
  switch (operation.kind) {
    case OperationKind::kConvolution:
      if (operation.groups > 1 && operation.shape.size() > 1 && operation.groups == operation.shape[1]) {
        return WorkClass::kDepthwise;
      }
      return operation.kernel == 1 && operation.groups == 1 ? WorkClass::kPointwise : WorkClass::kConvolution;
    case OperationKind::kLinear:
      return WorkClass::kLinear;
    case OperationKind::kPooling:
      return WorkClass::kPooling;
    case OperationKind::kNorm:
    case OperationKind::kActivation:
      return WorkClass::kNormActivation;
    default:
      return WorkClass::kOther;
  }
}

Rates rates_from_json(const Json& json, const std::string& where) {
  const auto rates = record_from_json<Rates>(json, where);
  require_positive(where, "float32_gflops", rates.float32_gflops);
  require_positive(where, "bandwidth_gb_s", rates.bandwidth_gb_s);
  require_positive(where, "cores", rates.cores);
  return rates;
}

Efficiency efficiency_from_json(const Json& json, const std::string& where) {
  const auto efficiency = record_from_json<Efficiency>(json, where);
  const std::array<std::pair<const char*, double>, 8> positive = {{{"convolution", efficiency.convolution},
                                                                   {"pointwise", efficiency.pointwise},
                                                                   {"depthwise", efficiency.depthwise},
                                                                   {"linear", efficiency.linear},
                                                                   {"memory", efficiency.memory},
                                                                   {"pooling", efficiency.pooling},
                                                                   {"ratio_low", efficiency.ratio_low},
                                                                   {"ratio_high", efficiency.ratio_high}}};
  for (const auto& [key, value] : positive) require_positive(where, key, value);
  for (const auto& [key, value] :
       {std::pair("unrolled", efficiency.unrolled), std::pair("cache_kib", efficiency.cache_kib),
        std::pair("overhead_us", efficiency.overhead_us),
        std::pair("median_error", efficiency.median_error.value_or(0))}) {
    if (!(value >= 0)) throw DataError(fmt::format("{}: {} is {}, but it cannot be negative", where, key, value));
  }
  if (efficiency.ratio_low > efficiency.ratio_high) {
    throw DataError(
        fmt::format("{}: ratio_low {} is above ratio_high {}", where, efficiency.ratio_low, efficiency.ratio_high));
  }
  return efficiency;
}

Json to_json(const Rates& rates) { return record_to_json(rates); }
Json to_json(const Efficiency& efficiency) { return record_to_json(efficiency); }

double estimate_operation_us(const nn::Operation& operation, const Rates& rates, const Efficiency& efficiency,
                             int threads) {
  const WorkClass work = work_class(operation);
  if (work == WorkClass::kNormActivation && efficiency.folded) return 0;
  const double cores = threads > 0 ? std::min(threads, rates.cores) : rates.cores;
  const double flops_per_us = rates.float32_gflops * 1e3 * (cores / rates.cores);
  const double bandwidth = rates.bandwidth_gb_s * 1e3;  // bytes a microsecond
  const double memory_share = work == WorkClass::kPooling ? efficiency.pooling : efficiency.memory;
  const double compute_us =
      2.0 * static_cast<double>(operation.macs) / (flops_per_us * compute_share(work, efficiency));
  const double memory_us = moved_bytes(operation, work, efficiency) / (bandwidth * memory_share);
  const double unrolled = unrolled_bytes(operation, work, efficiency);
  const double unroll_us = unrolled > 0 ? 2 * unrolled / (bandwidth * efficiency.unrolled) : 0;
  return efficiency.overhead_us + unroll_us + std::max(compute_us, memory_us);
}

LatencyEstimate estimate_latency(const nn::Cost& cost, const Rates& rates, const Efficiency& efficiency, int threads) {
  double us = 0;
  for (const auto& operation : cost.operations) us += estimate_operation_us(operation, rates, efficiency, threads);
  return {us, us * efficiency.ratio_low, us * efficiency.ratio_high};
}

}  // namespace flnas
