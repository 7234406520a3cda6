#include "harness/latency/timing/measure_model.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/nn/cost.h"
#include "harness/train/memory.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "tests/base/fixture.h"
#include "tests/support/fake_machine.h"

using namespace flnas;
using test::contains;

namespace {

TimingCase search3() {
  TrainConfig config;
  config.threads = 1;
  config.device = "cpu";
  return {.model = searches::searched_models().back(),
          .options = {.classes = 2, .size = 32},
          .batch = 2,
          .config = effective_config(config),
          .warm_up_seconds = 0};
}

/// A model that is not built: calls take `microseconds()` of a fake machine's time.
struct Fake {
  test::FakeMachine machine;
  std::function<double()> microseconds = [] { return 1000.0; };
  LatencyResult facts = search3().blank_result();
  MeasurementRules rules = {.least_samples = 5, .optimised_build = true};

  LatencyResult measure(const SamplingTime& time) {
    return measure_model(search3(), rules, time, machine, [&](const TimingCase&) {
      return std::make_unique<test::FakeCall>(machine, facts, microseconds);
    });
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(measure_one)

BOOST_AUTO_TEST_CASE(samples_are_taken_for_the_time_that_is_given_half_of_it_in_each_pass) {
  Fake fake;
  const LatencyResult result = fake.measure({.seconds = 0.1});
  BOOST_TEST(result.status == kPassed, result.reason);
  BOOST_TEST(result.benchmark == "search3/batch:2/threads:1/form:eager");
  BOOST_REQUIRE(result.pass_samples.size() == 2U);
  // 50 ms of 1 ms each, give or take a rounding.
  for (const std::int64_t taken : result.pass_samples) BOOST_TEST(std::abs(taken - 50) <= 1);
  BOOST_TEST(result.latency->p50_us == 1000);
}

BOOST_AUTO_TEST_CASE(a_pass_has_its_least_number_however_short_the_time_and_its_most_however_long) {
  Fake fake;
  BOOST_TEST(fake.measure({.seconds = 0}).pass_samples == (std::vector<std::int64_t>{5, 5}),
             boost::test_tools::per_element());
  BOOST_TEST(fake.measure({.seconds = 60, .most_samples = 7}).pass_samples == (std::vector<std::int64_t>{7, 7}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_is_measured_again_as_often_as_the_rules_say_while_it_is_unreliable) {
  Fake fake;
  fake.machine.foreign_cores = 1;
  const LatencyResult disturbed = fake.measure({.seconds = 0});
  BOOST_TEST(disturbed.status == kUnreliable);
  BOOST_TEST(disturbed.attempts == 3);
  int calls = 0;
  fake.microseconds = [&] {
    fake.machine.foreign_cores = ++calls <= 10 ? 1 : 0;
    return 1000.0;
  };
  const LatencyResult calm = fake.measure({.seconds = 0});
  BOOST_TEST(calm.status == kPassed, calm.reason);
  BOOST_TEST(calm.attempts == 2);
}

BOOST_AUTO_TEST_CASE(a_call_whose_answers_are_wrong_is_not_timed) {
  Fake fake;
  fake.facts.status = kFailed;
  fake.facts.reason = "its logits differ";
  fake.microseconds = []() -> double { throw std::logic_error("timed"); };
  const LatencyResult result = fake.measure({});
  BOOST_TEST(result.status == kFailed);
  BOOST_TEST(result.reason == "its logits differ");
  BOOST_TEST(!result.latency);
}

BOOST_AUTO_TEST_CASE(a_real_model_is_timed_and_its_inference_holds_the_weights_and_the_largest_pair_of_maps) {
  install_counting_allocator();
  test::FakeMachine machine;
  const LatencyResult result =
      measure_model(search3(), {.least_samples = 3, .passes = 1, .retries = 0}, {.seconds = 0}, machine);
  BOOST_TEST(result.samples_us.size() == 3U);
  for (const double us : result.samples_us) BOOST_TEST(us > 0);
  BOOST_TEST(result.first_call_us > 0);
  // Search-3's first convolution reads 2x3x32x32 and writes 2x16x32x32 floats; parameters are floats too.
  const std::int64_t least = 4 * (result.parameters + 2 * 3 * 32 * 32 + 2 * 16 * 32 * 32);
  BOOST_TEST(result.inference_peak_bytes.value() >= least);
  BOOST_TEST(*result.inference_peak_bytes < 4 * least);
}

BOOST_AUTO_TEST_SUITE_END()
