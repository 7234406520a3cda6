#include "harness/latency/estimation/roofline.h"

#include <boost/test/unit_test.hpp>
#include <string>

#include "harness/base/error.h"

namespace {

using namespace flnas;
namespace tt = boost::test_tools;
using nn::OperationKind;

/// 10 GFLOP/s on two cores and 1 GB/s: 10^4 operations and 10^3 bytes a microsecond.
const Rates kRates{.float32_gflops = 10, .bandwidth_gb_s = 1, .cores = 2, .source = "chosen"};

Efficiency efficiency() {
  Efficiency e;
  e.convolution = 0.5, e.pointwise = 0.25, e.depthwise = 0.125, e.linear = 0.1;
  e.memory = 0.5, e.pooling = 0.2;
  e.overhead_us = 3;
  e.median_error = 0.1, e.ratio_low = 0.8, e.ratio_high = 1.5;
  e.fitted_on = "nothing";
  return e;
}

/// A convolution 16 -> 32 of `kernel` over 8x8 pixels, two images.
nn::Operation convolution(std::int64_t kernel, std::int64_t groups = 1) {
  return {.name = "conv2d",
          .kind = OperationKind::kConvolution,
          .shape = {2, 32, 8, 8},
          .macs = 2 * 32 * 64 * (16 / groups) * kernel * kernel,
          .bytes = 1000,
          .kernel = kernel,
          .groups = groups};
}

nn::Operation plain(OperationKind kind, std::int64_t bytes) {
  return {.name = "plain", .kind = kind, .shape = {1, 8}, .bytes = bytes};
}

bool says(const Error& error, const std::string& part) {
  return std::string(error.what()).find(part) != std::string::npos;
}

BOOST_AUTO_TEST_SUITE(roofline, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(dense_pointwise_and_depthwise_convolutions_are_told_apart) {
  BOOST_TEST((work_class(convolution(3)) == WorkClass::kConvolution));
  BOOST_TEST((work_class(convolution(1)) == WorkClass::kPointwise));
  BOOST_TEST((work_class(convolution(3, 16)) == WorkClass::kConvolution));
  nn::Operation depthwise = convolution(3, 16);
  depthwise.shape[1] = 16;
  BOOST_TEST((work_class(depthwise) == WorkClass::kDepthwise));
  BOOST_TEST((work_class(plain(OperationKind::kLinear, 1)) == WorkClass::kLinear));
  BOOST_TEST((work_class(plain(OperationKind::kPooling, 1)) == WorkClass::kPooling));
  BOOST_TEST((work_class(plain(OperationKind::kActivation, 1)) == WorkClass::kNormActivation));
  BOOST_TEST((work_class(plain(OperationKind::kElementwise, 1)) == WorkClass::kOther));
}

BOOST_AUTO_TEST_CASE(an_operation_takes_its_overhead_and_the_slower_of_compute_and_memory) {
  const Efficiency e = efficiency();
  // 2 * 589,824 operations at half of 10^4 a microsecond.
  BOOST_TEST(estimate_operation_us(convolution(3), kRates, e) == 3 + 2 * 589824 / 5e3);
  // 2 * 65,536 operations at a quarter; then memory: 10^6 bytes at half of 10^3.
  nn::Operation pointwise = convolution(1);
  BOOST_TEST(estimate_operation_us(pointwise, kRates, e) == 3 + 2 * 65536 / 2.5e3);
  pointwise.bytes = 1'000'000;
  BOOST_TEST(estimate_operation_us(pointwise, kRates, e) == 3 + 2000.);
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kPooling, 4000), kRates, e) == 3 + 20.);
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kElementwise, 4000), kRates, e) == 3 + 8.);
}

BOOST_AUTO_TEST_CASE(threads_scale_the_arithmetic_up_to_all_cores_and_never_the_bandwidth) {
  const Efficiency e = efficiency();
  BOOST_TEST(estimate_operation_us(convolution(3), kRates, e, 1) == 3 + 2 * 589824 / 2.5e3);
  BOOST_TEST(estimate_operation_us(convolution(3), kRates, e, 2) == estimate_operation_us(convolution(3), kRates, e));
  BOOST_TEST(estimate_operation_us(convolution(3), kRates, e, 8) == estimate_operation_us(convolution(3), kRates, e));
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kOther, 4000), kRates, e, 1) == 3 + 8.);
}

BOOST_AUTO_TEST_CASE(norms_and_activations_cost_nothing_where_they_are_folded) {
  Efficiency e = efficiency();
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kNorm, 4000), kRates, e) == 3 + 8.);
  e.folded = true;
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kNorm, 4000), kRates, e) == 0.);
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kActivation, 4000), kRates, e) == 0.);
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kElementwise, 4000), kRates, e) == 3 + 8.);
}

BOOST_AUTO_TEST_CASE(an_unrolled_input_beyond_the_cache_is_written_and_read) {
  Efficiency e = efficiency();
  const double before = estimate_operation_us(convolution(3), kRates, e);
  e.unrolled = 0.25;
  e.cache_kib = 20;
  // 16 * 9 values for each of 64 pixels: 36 KiB an image, 16 KiB beyond the cache, twice, two images.
  BOOST_TEST(estimate_operation_us(convolution(3), kRates, e) == before + 2 * 2 * 16 * 1024 / 250.);
  e.cache_kib = 36;
  BOOST_TEST(estimate_operation_us(convolution(3), kRates, e) == before);
  e.cache_kib = 0;
  // In two groups: half the arithmetic, the same values to unroll.
  BOOST_TEST(estimate_operation_us(convolution(3, 2), kRates, e) == 3 + 589824 / 5e3 + 2 * 2 * 36 * 1024 / 250.);
  const Efficiency unchanged = efficiency();
  BOOST_TEST(estimate_operation_us(convolution(1), kRates, e) ==
             estimate_operation_us(convolution(1), kRates, unchanged));
}

BOOST_AUTO_TEST_CASE(what_stays_in_the_cache_moves_for_nothing_but_for_pooling) {
  Efficiency e = efficiency();
  e.cache_kib = 2;
  nn::Operation addition = plain(OperationKind::kElementwise, 6096);
  addition.shape = {2, 8};
  BOOST_TEST(estimate_operation_us(addition, kRates, e) == 3 + (6096 - 2 * 2048) / 500.);
  addition.bytes = 4000;
  BOOST_TEST(estimate_operation_us(addition, kRates, e) == 3.);
  BOOST_TEST(estimate_operation_us(plain(OperationKind::kPooling, 4000), kRates, e) == 3 + 20.);
}

BOOST_AUTO_TEST_CASE(an_estimate_is_the_sum_and_carries_its_band) {
  nn::Cost cost;
  cost.operations = {convolution(3), plain(OperationKind::kNorm, 4000)};
  const LatencyEstimate estimate = estimate_latency(cost, kRates, efficiency());
  BOOST_TEST(estimate.median_us == 3 + 2 * 589824 / 5e3 + 11);
  BOOST_TEST(estimate.low_us == 0.8 * estimate.median_us);
  BOOST_TEST(estimate.high_us == 1.5 * estimate.median_us);
  BOOST_TEST(estimate_latency({}, kRates, efficiency()).median_us == 0.);
}

BOOST_AUTO_TEST_CASE(json_carries_both_unchanged) {
  Efficiency e = efficiency();
  e.folded = true, e.unrolled = 0.3, e.cache_kib = 256;
  BOOST_TEST(to_json(efficiency_from_json(to_json(e), "e")).dump() == to_json(e).dump());
  e.median_error.reset();
  BOOST_TEST(to_json(e)["median_error"].is_null());
  BOOST_TEST(!efficiency_from_json(to_json(e), "e").median_error);
  BOOST_TEST(to_json(rates_from_json(to_json(kRates), "r")).dump() == to_json(kRates).dump());
}

BOOST_AUTO_TEST_CASE(bad_json_is_named) {
  Json json = to_json(kRates);
  json["bandwith_gb_s"] = 1;
  BOOST_CHECK_EXCEPTION(rates_from_json(json, "pi4.json: rates"), DataError, [](const DataError& error) {
    return says(error, "pi4.json: rates") && says(error, "did you mean 'bandwidth_gb_s'");
  });
  json = to_json(kRates);
  json["float32_gflops"] = 0;
  BOOST_CHECK_EXCEPTION(rates_from_json(json, "r"), DataError,
                        [](const DataError& error) { return says(error, "r: float32_gflops is 0"); });
  json = to_json(efficiency());
  json.erase("pooling");
  BOOST_CHECK_THROW(efficiency_from_json(json, "e"), DataError);
  json["pooling"] = -1;
  BOOST_CHECK_THROW(efficiency_from_json(json, "e"), DataError);
  json = to_json(efficiency());
  json["ratio_low"] = 2;
  BOOST_CHECK_THROW(efficiency_from_json(json, "e"), DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
