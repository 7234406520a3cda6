#include "harness/latency/timing/measurement.h"

#include <boost/test/unit_test.hpp>

#include "tests/base/fixture.h"
#include "tests/support/fake_machine.h"

using namespace flnas;
using test::contains;

namespace {

using Next = Measurement::Next;

/// A measurement of a fake model on a fake machine.
struct Measured {
  test::FakeMachine machine;
  std::vector<double> samples = {100};  ///< in turn
  Measurement measurement;

  explicit Measured(MeasurementRules of) : measurement(std::move(of), machine) {
    LatencyResult facts;
    facts.benchmark = "fake";
    facts.batch = 2;
    measurement.prepared(facts);
  }

  /// Samples of the pass under way.
  const LatencyResult& sample(int count = 20) {
    measurement.begin_samples();
    for (int i = 0; i < count; ++i) {
      const double us = samples[static_cast<std::size_t>(i) % samples.size()];
      machine.pass(1e-6 * us);
      measurement.add_sample(us);
    }
    measurement.end_samples();
    return measurement.current();
  }
  /// One more pass.
  const LatencyResult& another(int count = 20) {
    measurement.go_on();
    return sample(count);
  }
};

MeasurementRules rules(int passes, int retries) {
  return {.least_samples = 5, .passes = passes, .retries = retries, .mark = "measured", .optimised_build = true};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(measurement)

BOOST_AUTO_TEST_CASE(a_quiet_machine_gives_a_valid_latency_after_its_passes) {
  Measured one(rules(2, 2));
  one.samples = {99, 100, 101};
  BOOST_TEST(one.sample(3).status == kPassed);
  BOOST_TEST((one.measurement.next() == Next::kPass));
  const LatencyResult& result = one.another(5);
  BOOST_TEST(result.status == kPassed, result.reason);
  BOOST_TEST(result.reason == "");
  BOOST_TEST((one.measurement.next() == Next::kNothing));
  BOOST_TEST(result.attempts == 1);
  BOOST_TEST(result.pass_samples == (std::vector<std::int64_t>{3, 5}), boost::test_tools::per_element());
  BOOST_TEST(result.latency->p50_us == 100);
  BOOST_TEST(result.images_per_second.value() == 2e4);
  BOOST_TEST(result.mark == "measured");
  BOOST_TEST(result.state.foreign_cores.value() < 1e-6);
  BOOST_TEST(!result.joules_per_call);
  BOOST_TEST(result.energy_source == "");
}

BOOST_AUTO_TEST_CASE(samples_that_are_begun_several_times_are_of_one_pass) {
  Measured one(rules(2, 0));
  one.sample(1);
  BOOST_TEST(!one.measurement.has_enough());
  one.sample(4);
  BOOST_TEST(one.measurement.has_enough());
  BOOST_TEST(one.measurement.current().pass_samples == std::vector<std::int64_t>{5}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(other_processes_the_hypervisor_and_throttling_make_it_unreliable) {
  const auto reason_when = [](const std::function<void(test::FakeMachine&)>& change) {
    Measured one(rules(1, 0));
    change(one.machine);
    const LatencyResult result = one.sample();
    BOOST_TEST((result.status == kPassed) == result.reason.empty());
    return result.reason;
  };
  BOOST_TEST(contains(reason_when([](auto& machine) { machine.foreign_cores = 0.11; }),
                      "other processes used 0.11 cores meanwhile (at most 0.1 is trusted)"));
  BOOST_TEST(reason_when([](auto& machine) { machine.foreign_cores = 0.09; }) == "");
  BOOST_TEST(contains(reason_when([](auto& machine) { machine.stolen_cores = 0.06; }),
                      "the hypervisor gave 0.06 cores to others"));
  BOOST_TEST(reason_when([](auto& machine) { machine.stolen_cores = 0.04; }) == "");
  BOOST_TEST(contains(reason_when([](auto& machine) { machine.told.throttled = 0x4; }), "the board was throttled"));
  // Since it was started, but not meanwhile.
  BOOST_TEST(reason_when([](auto& machine) { machine.told.throttled = 0x50000; }) == "");
  BOOST_TEST(contains(reason_when([](auto& machine) { machine.told.gpu = GpuState{.other_processes = 1}; }),
                      "before the samples"));
  BOOST_TEST(reason_when([](auto& machine) { machine.tells_cpu_time = false, machine.foreign_cores = 1; }) == "");
}

BOOST_AUTO_TEST_CASE(a_wide_interval_and_medians_that_drift_make_it_unreliable) {
  Measured wide(rules(1, 0));
  wide.samples = {100, 130};
  BOOST_TEST(wide.sample(10).status == kUnreliable);
  BOOST_TEST(contains(wide.measurement.current().reason, "unstable: the median's 95 % interval is"));

  Measured drifting(rules(2, 0));
  drifting.sample(200);
  drifting.samples = {104};
  BOOST_TEST(drifting.another(20).status == kUnreliable);
  BOOST_TEST(contains(drifting.measurement.current().reason, "the medians of 2 passes differ by 4.0 %"));
  BOOST_TEST((drifting.measurement.next() == Next::kNothing));
}

BOOST_AUTO_TEST_CASE(what_disturbed_an_earlier_pass_still_counts_after_a_quiet_one) {
  Measured one(rules(2, 0));
  one.machine.foreign_cores = 0.3;
  one.sample();
  one.machine.foreign_cores = 0;
  const LatencyResult& result = one.another();
  BOOST_TEST(result.status == kUnreliable);
  BOOST_TEST(contains(result.reason, "other processes used 0.30 cores"));
  BOOST_TEST(result.state.foreign_cores.value() == 0.3, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(an_unreliable_attempt_is_begun_again_with_all_its_passes_and_new_samples) {
  Measured one(rules(2, 1));
  one.machine.foreign_cores = 1;
  one.sample(30);
  BOOST_TEST((one.measurement.next() == Next::kPass));
  one.another(30);
  BOOST_TEST((one.measurement.next() == Next::kRetry));
  one.machine.foreign_cores = 0;
  BOOST_TEST(one.another(7).samples_us.size() == 7U);
  BOOST_TEST((one.measurement.next() == Next::kPass));
  one.another(8);
  const LatencyResult result = one.measurement.result();
  BOOST_TEST(result.status == kPassed, result.reason);
  BOOST_TEST(result.attempts == 2);
  BOOST_TEST(result.pass_samples == (std::vector<std::int64_t>{7, 8}), boost::test_tools::per_element());
  BOOST_TEST(result.state.foreign_cores.value() < 1e-6);
}

BOOST_AUTO_TEST_CASE(retries_end_and_the_steadiest_attempt_is_kept) {
  Measured one(rules(1, 2));
  one.machine.foreign_cores = 1;
  const std::vector<std::vector<double>> attempts = {{100, 140}, {100, 102}, {100, 120}};
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    one.samples = attempts[i];
    i == 0 ? one.sample() : one.another();
    BOOST_TEST(one.measurement.current().attempts == static_cast<int>(i) + 1);
    BOOST_TEST((one.measurement.next() == (i < 2 ? Next::kRetry : Next::kNothing)));
  }
  const LatencyResult result = one.measurement.result();
  BOOST_TEST(result.status == kUnreliable);
  BOOST_TEST(result.attempts == 3);
  BOOST_TEST(result.latency->p50_us == 101);
  BOOST_TEST(result.samples_us.size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_debug_build_is_unreliable_and_not_tried_again) {
  MeasurementRules debug = rules(1, 2);
  debug.optimised_build = false;
  Measured one(debug);
  BOOST_TEST(one.sample().status == kUnreliable);
  BOOST_TEST(one.measurement.current().reason == "a debug or sanitizer build: its latency means nothing");
  BOOST_TEST((one.measurement.next() == Next::kNothing));
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_and_has_no_latency) {
  Measured one(rules(2, 2));
  one.sample();
  LatencyResult blank;
  blank.benchmark = "fake";
  one.measurement.fail(blank, "no memory");
  BOOST_TEST(one.measurement.has_failed());
  BOOST_TEST((one.measurement.next() == Next::kNothing));
  BOOST_TEST(one.measurement.result().reason == "no memory");
  BOOST_TEST(!one.measurement.result().latency);
}

BOOST_AUTO_TEST_CASE(energy_is_what_the_samples_took_and_not_what_passed_in_between) {
  Measured one(rules(2, 0));
  one.machine.watts = 5;
  one.sample(10);
  one.machine.pass(60);
  const LatencyResult& result = one.another(30);
  // 100 us at 5 W.
  BOOST_TEST(result.joules_per_call.value() == 5e-4, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(result.energy_source == "fake meter");
}

BOOST_AUTO_TEST_CASE(the_states_are_those_before_the_first_pass_and_after_the_last) {
  Measured one(rules(2, 0));
  one.machine.told.temperature_c = 40;
  one.sample();
  one.machine.told.temperature_c = 60;
  const LatencyResult& result = one.another();
  BOOST_TEST(*result.state.before->temperature_c == 40);
  BOOST_TEST(*result.state.after->temperature_c == 60);
}

BOOST_AUTO_TEST_SUITE_END()
