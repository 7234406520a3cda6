// What NVML tells, by a libnvidia-ml.so.1 of our own.
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "harness/latency/machine/energy.h"
#include "harness/latency/machine/gpu.h"
#include "harness/latency/machine/machine_state.h"
#include "tests/base/fixture.h"
#include "tests/latency/machine/fake_nvml.h"

using namespace flnas;
using test::contains;
using test::fake_gpu;

namespace {

struct Gpus {
  Gpus() {
    fake_gpu(0) = {.bus_id = "00000000:3B:00.0", .uuid = "GPU-first", .temperature_c = 30};
    fake_gpu(1) = {.bus_id = "00000000:AF:00.0",
                   .uuid = "GPU-second",
                   .clock_mhz = 1695,
                   .memory_clock_mhz = 6251,
                   .temperature_c = 61,
                   .throttle_reasons = 0x1,
                   .millijoules = 5'000,
                   .pids = {static_cast<unsigned>(::getpid())}};
  }
  std::shared_ptr<const Gpu> second = Gpu::find("00000000:AF:00.0");
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(gpu_state, Gpus)

BOOST_AUTO_TEST_CASE(a_gpu_is_found_by_its_place_on_the_bus) {
  BOOST_REQUIRE(second);
  const Json told = record_to_json(recorded(second->state()));
  BOOST_TEST(told == Json::parse(R"({"clock_mhz": 1695, "memory_clock_mhz": 6251, "temperature_c": 61,
                                     "throttle_reasons": ["idle"], "other_processes": 0})"));
  BOOST_TEST(second->describe() ==
             Json::parse(R"({"bus_id": "00000000:AF:00.0", "uuid": "GPU-second", "driver": "580.1"})"));
  BOOST_TEST(*Gpu::find("00000000:3B:00.0")->state().temperature_c == 30);
  BOOST_TEST(!Gpu::find("00000000:00:00.0"));
}

BOOST_AUTO_TEST_CASE(processes_of_others_are_counted_and_this_one_is_not) {
  const auto own = static_cast<unsigned>(::getpid());
  const auto others = [&](std::vector<unsigned> pids) {
    fake_gpu(1).pids = std::move(pids);
    return second->state().other_processes.value();
  };
  BOOST_TEST(others({}) == 0);
  BOOST_TEST(others({own}) == 0);
  BOOST_TEST(others({own, own + 1, own + 2}) == 2);
  // In a container, whose numbers are not the host's.
  BOOST_TEST(others({own + 1}) == 0);
  BOOST_TEST(others({own + 1, own + 2}) == 1);
  BOOST_TEST(contains(why_unreliable(second->state()), "1 other process was on the GPU"));
  // More than there is room for: nothing is known.
  fake_gpu(1).pids.assign(1000, own);
  BOOST_TEST(!second->state().other_processes);
}

BOOST_AUTO_TEST_CASE(throttling_before_or_after_is_a_reason_and_idling_is_none) {
  const auto reading = [&](unsigned long long bits) {
    fake_gpu(1).throttle_reasons = bits;
    MachineState state;
    state.gpu = second->state();
    return state;
  };
  const MachineState calm = reading(0x1 | 0x2 | 0x10 | 0x100), hot = reading(0x1 | 0x40), capped = reading(0x4);
  BOOST_TEST(why_unreliable(calm, calm).empty());
  BOOST_TEST(why_unreliable(hot, calm) == "the GPU was throttled (hardware thermal slowdown) before the samples");
  BOOST_TEST(why_unreliable(calm, capped) == "the GPU was throttled (software power cap) after the samples");
  BOOST_TEST(why_unreliable(MachineState{}, MachineState{}).empty());
}

BOOST_AUTO_TEST_CASE(a_machines_state_holds_its_gpus) {
  const test::TemporaryFolder bare;
  BOOST_TEST(*recorded(read_machine_state(second.get(), bare.path)).gpu->clock_mhz == 1695);
  BOOST_TEST(!recorded(read_machine_state(nullptr, bare.path)).gpu);
}

BOOST_AUTO_TEST_CASE(its_energy_is_that_of_the_gpu_which_runs_the_models) {
  const test::TemporaryFolder bare;
  const auto meter = find_energy_meter(true, second, bare.path);
  BOOST_REQUIRE(meter);
  BOOST_TEST(meter->source() == "NVML");
  const double before = meter->joules();
  fake_gpu(0).millijoules = 900'000;
  fake_gpu(1).millijoules = 7'500;
  BOOST_TEST(meter->joules() - before == 2.5);
  BOOST_TEST(!find_energy_meter(true, nullptr, bare.path));
}

BOOST_AUTO_TEST_SUITE_END()
