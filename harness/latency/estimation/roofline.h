// Estimated latency of a model on another device. It does not know networks or devices, only counts and rates.
#pragma once

#include <optional>
#include <string>

#include "harness/base/json.h"
#include "harness/nn/cost.h"

namespace flnas {

/// The peak rates of a device, from its data sheet or a micro-benchmark.
struct Rates {
  double float32_gflops = 0;  ///< 10^9 floating-point operations a second, all cores together; an FMA counts as two
  double bandwidth_gb_s = 0;  ///< 10^9 bytes a second to and from main memory
  int cores = 1;       ///< that share `float32_gflops`; 1 for a GPU, whose rate does not follow the host's threads
  std::string source;  ///< where the figures come from

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("float32_gflops", self.float32_gflops);
    visit("bandwidth_gb_s", self.bandwidth_gb_s);
    visit("cores", self.cores);
    visit("source", self.source);
  }
};

/// Classes of operations that reach different shares of a device's rates.
enum class WorkClass {
  kConvolution,  ///< dense, larger than 1x1; grouped ones unless depthwise
  kPointwise,    ///< 1x1
  kDepthwise,    ///< as many groups as output channels
  kLinear,       ///< products of matrices
  kPooling,
  kNormActivation,  ///< norms and activations
  kOther            ///< additions, concatenations, copies
};
WorkClass work_class(const nn::Operation& operation);

/// How efficiently a runtime uses a device: shares of its rates by class, overhead, and the error of the estimates.
struct Efficiency {
  double convolution = 0;  ///< share of the peak arithmetic rate, above 0; above 1 is possible (Winograd)
  double pointwise = 0;
  double depthwise = 0;
  double linear = 0;
  double memory = 0;   ///< share of the bandwidth, above 0; above 1 is possible (caches)
  double pooling = 0;  ///< the same, of pooling operations, which no runtime vectorises as well as a copy
  /// Convolutions larger than 1x1 that are products of matrices unroll their input first (im2col), a pass of its own:
  /// the unrolled input is written and read again at this share of the bandwidth. 0: inputs are not unrolled.
  double unrolled = 0;
  /// Bytes per image that stay in the cache and cost no bandwidth: of unrolled inputs, and of the tensors of norms,
  /// activations and other operations with little arithmetic.
  double cache_kib = 0;
  double overhead_us = 0;  ///< for each operation that runs: launch, dispatch
  /// Norms and activations are folded into the operation before them and cost nothing, as in TensorFlow Lite.
  bool folded = false;

  // The error, from a validation on networks that were not fitted on.
  std::optional<double> median_error;  ///< of |measured / estimated - 1|; null: not validated, and the band is a guess
  double ratio_low = 0;                ///< measured / estimated: 95 % of the networks lie between these two
  double ratio_high = 0;
  std::string fitted_on;  ///< data, networks and seed; or, for a default, its reasons

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("convolution", self.convolution);
    visit("pointwise", self.pointwise);
    visit("depthwise", self.depthwise);
    visit("linear", self.linear);
    visit("memory", self.memory);
    visit("pooling", self.pooling);
    visit("unrolled", self.unrolled);
    visit("cache_kib", self.cache_kib);
    visit("overhead_us", self.overhead_us);
    visit("folded", self.folded);
    visit("median_error", self.median_error);
    visit("ratio_low", self.ratio_low);
    visit("ratio_high", self.ratio_high);
    visit("fitted_on", self.fitted_on);
  }
};

/// Requires exactly these keys; throws DataError with `where`, also for a rate that is not above zero.
Rates rates_from_json(const Json& json, const std::string& where);
Efficiency efficiency_from_json(const Json& json, const std::string& where);
Json to_json(const Rates& rates);
Json to_json(const Efficiency& efficiency);

/// An estimated median, and the band in which 95 % of measured medians are expected.
struct LatencyEstimate {
  double median_us = 0;
  double low_us = 0;
  double high_us = 0;
};

/// Microseconds of one operation: overhead + unrolling + max(2 MACs / (peak share of its class), bytes / bandwidth
/// share). `threads` as for `estimate_latency`.
double estimate_operation_us(const nn::Operation& operation, const Rates& rates, const Efficiency& efficiency,
                             int threads = 0);

/// The forward pass that `cost` counted (its batch included), operation after operation. `threads` scales the peak
/// arithmetic rate linearly up to all cores, not the bandwidth; 0: all cores.
/// Source: Williams, Waterman, Patterson, Roofline: An Insightful Visual Performance Model, CACM 2009. Differs: it is
/// applied to each operation, and with shares of the two roofs by class.
LatencyEstimate estimate_latency(const nn::Cost& cost, const Rates& rates, const Efficiency& efficiency,
                                 int threads = 0);

}  // namespace flnas
