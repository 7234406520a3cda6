#include "harness/latency/machine/energy.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "harness/base/files.h"
#include "tests/base/fixture.h"

using namespace flnas;

namespace {

/// A /sys of our own.
struct Sys : test::TemporaryFolder {
  void put(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((path / "sys/class" / file).parent_path());
    write_file(path / "sys/class" / file, text + "\n");
  }
  void package(const std::string& zone, const std::string& microjoules) const {
    put("powercap/" + zone + "/name", "package-0");
    put("powercap/" + zone + "/max_energy_range_uj", "10000000");
    put("powercap/" + zone + "/energy_uj", microjoules);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(energy, Sys)

BOOST_AUTO_TEST_CASE(a_machine_that_tells_nothing_has_no_meter) {
  BOOST_TEST(!find_energy_meter(false, nullptr, path));
}

BOOST_AUTO_TEST_CASE(rapl_sums_the_packages_and_follows_a_counter_that_begins_again) {
  package("intel-rapl:0", "9000000");
  package("intel-rapl:1", "100");
  put("powercap/intel-rapl:0:0/name", "core");
  put("powercap/intel-rapl:0:0/energy_uj", "5");
  const auto meter = find_energy_meter(false, nullptr, path);
  BOOST_REQUIRE(meter);
  BOOST_TEST(meter->source() == "RAPL, 2 package(s)");
  const double before = meter->joules();
  package("intel-rapl:0", "500000");   // 10 J - 9 J + 0.5 J
  package("intel-rapl:1", "2000100");  // 2 J
  BOOST_TEST(meter->joules() - before == 3.5, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_jetsons_rail_is_summed_up_over_time) {
  put("hwmon/hwmon1/name", "ina3221");
  put("hwmon/hwmon1/in1_label", "VDD_CPU");
  put("hwmon/hwmon1/in2_label", "VDD_IN");
  put("hwmon/hwmon1/in2_input", "5000");    // mV
  put("hwmon/hwmon1/curr2_input", "2000");  // mA: ten watts
  const auto meter = find_energy_meter(true, nullptr, path);
  BOOST_REQUIRE(meter);
  BOOST_TEST(meter->source() == "INA3221, VDD_IN");
  const auto start = std::chrono::steady_clock::now();
  const double before = meter->joules();
  double used = 0, seconds = 0;
  while (used <= 0.5 && seconds < 20) {  // it is read by a thread, which has to wait on a busy machine
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    used = meter->joules() - before;
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  BOOST_TEST(used > 0.5);
  BOOST_TEST(used <= 10 * (seconds + 0.1));
}

BOOST_AUTO_TEST_SUITE_END()
