#include "harness/latency/machine/machine_state.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "tests/base/fixture.h"

using namespace flnas;

namespace {

struct Machine : test::TemporaryFolder {
  void has(const std::string& file, const std::string& content) const {
    create_folder((path / file).parent_path());
    write_file(path / file, content);
  }
};

MachineState reading(double seconds, double busy, double own) {
  MachineState state;
  state.seconds = seconds;
  state.busy_seconds = busy;
  state.stolen_seconds = 0;
  state.own_seconds = own;
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(machine_state)

BOOST_AUTO_TEST_CASE(a_raspberry_pi_tells_all) {
  const Machine pi;
  pi.has("proc/stat", "cpu  1000 200 300 9000 50 10 40 500 0 0\ncpu0 1 2 3\n");
  pi.has("proc/loadavg", "0.25 0.30 0.20 1/99 1234\n");
  pi.has("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "ondemand\n");
  pi.has("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "1800000\n");
  pi.has("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "600000\n");
  pi.has("sys/class/thermal/thermal_zone0/temp", "61835\n");
  pi.has("sys/class/thermal/thermal_zone1/temp", "48000\n");
  pi.has("sys/devices/platform/soc/soc:firmware/get_throttled", "50005\n");
  const MachineState state = read_machine_state(nullptr, pi.path);
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  BOOST_TEST(*state.busy_seconds == (1000 + 200 + 300 + 10 + 40) / ticks);
  BOOST_TEST(*state.stolen_seconds == 500 / ticks);
  BOOST_TEST(*state.load == 0.25);
  BOOST_TEST(*state.governor == "ondemand");
  BOOST_TEST(*state.frequency_mhz == 1200.0);
  BOOST_TEST(*state.temperature_c == 61.835);
  BOOST_TEST(*state.throttled == 0x50005U);
}

BOOST_AUTO_TEST_CASE(what_a_machine_does_not_tell_is_null_and_makes_no_latency_unreliable) {
  const Machine bare;
  const MachineState before = read_machine_state(nullptr, bare.path), after = read_machine_state(nullptr, bare.path);
  const Json told = record_to_json(recorded(before));
  for (const auto& [name, value] : told.items()) BOOST_TEST(value.is_null(), name);
  BOOST_TEST(!foreign_cores(before, after));
  BOOST_TEST(why_unreliable(before, after).empty());
}

BOOST_AUTO_TEST_CASE(cpu_time_of_others_is_what_is_busy_without_ours) {
  // In ten seconds 17 s of CPU time, 14 of them ours: others had 0.3 of a core.
  const MachineState before = reading(100, 50, 5), after = reading(110, 67, 19);
  BOOST_TEST(*foreign_cores(before, after) == 0.3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(why_unreliable(before, after).find("0.30 cores") != std::string::npos);
  BOOST_TEST(why_unreliable(before, reading(110, 64.9, 19)).empty());  // 0.09
}

BOOST_AUTO_TEST_CASE(stolen_time_and_throttling_are_reasons) {
  MachineState before = reading(0, 0, 0), after = reading(10, 10, 10);
  after.stolen_seconds = 2;
  BOOST_TEST(why_unreliable(before, after).find("hypervisor") != std::string::npos);
  after.stolen_seconds = 0;
  before.throttled = after.throttled = 0x50000;  // it was throttled some time ago: now all is well
  BOOST_TEST(why_unreliable(before, after).empty());
  before.throttled = 0;  // it came and went meanwhile
  BOOST_TEST(why_unreliable(before, after).find("0x0 before, 0x50000 after") != std::string::npos);
  before.throttled = 0x50000;
  after.throttled = 0x50005;
  BOOST_TEST(why_unreliable(before, after).find("0x50005") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(this_machines_own_work_is_not_foreign) {
  const MachineState before = read_machine_state();
  volatile double sum = 0;
  for (int i = 0; i < 30'000'000; ++i) sum = sum + i;
  const MachineState after = read_machine_state();
  BOOST_TEST(after.own_seconds > before.own_seconds);
  BOOST_TEST(*after.busy_seconds >= *before.busy_seconds);
}

BOOST_AUTO_TEST_SUITE_END()
