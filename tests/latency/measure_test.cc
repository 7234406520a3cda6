#include "harness/latency/measure.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/records/hardware_latency.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "tests/base/fixture.h"

using namespace flnas;
using test::contains;

namespace {

struct Hardware : test::TemporaryFolder {
  nn::Registry registry{searches::searched_models()};
  MeasureRequest request;

  Hardware() {
    request.model = "search3";
    request.out = path / "h";
    request.seconds = 0;
    request.threads = 1;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(measure, Hardware)

BOOST_AUTO_TEST_CASE(on_this_machine_it_is_measured_and_recorded_as_a_suite_of_one) {
  request.name = "mine";
  const HardwareRecord record = measure_hardware(request, registry);
  BOOST_TEST((record.status == kPassed || record.status == kUnreliable), record.reason);
  BOOST_TEST(record.model.name == "mine");
  BOOST_TEST(record.device == "host");
  BOOST_TEST(record.command == "flnas measure search3 --out " + shell_quote((path / "h").string()) +
                                   " --name mine --seconds 0 --threads 1");
  BOOST_TEST(record.memory.training_step.value().batch == 8);
  BOOST_TEST(record.memory.inference.value().batch == 2);
  BOOST_TEST(record.files.at("latency.json") == sha256_file(path / "h/latency.json"));
  const LatencySuite suite = read_latency_suite(path / "h/latency.json");
  BOOST_REQUIRE(suite.results.size() == 1U);
  const LatencyResult& result = suite.results[0];
  BOOST_TEST(result.pass_samples.size() == 2U);
  BOOST_TEST(result.samples_us.size() >= 30U);
  BOOST_TEST((suite.verdict == kValid) == (result.status == kPassed));
  BOOST_TEST(record.status == result.status);
  BOOST_TEST(record_to_json(*record.latency) == record_to_json(latency_summary(result)));
  BOOST_TEST(record.environment.at("state") == record_to_json(result.state));
  BOOST_TEST(record_to_json(read_hardware(path / "h")) == record_to_json(record));
}

BOOST_AUTO_TEST_CASE(on_a_board_that_is_not_here_it_is_estimated) {
  request.platform = "pi4";
  const HardwareRecord record = measure_hardware(request, registry);
  BOOST_TEST(record.status == kPassed);
  BOOST_TEST(record.device == "pi4");
  BOOST_TEST(record.latency.value().mark == "estimated");
  BOOST_TEST(record.latency->low_us < record.latency->median_us);
  BOOST_TEST(!record.memory.inference);
  BOOST_TEST(record.files.contains("estimate.json"));
  BOOST_TEST(!std::filesystem::exists(path / "h/latency.json"));
}

BOOST_AUTO_TEST_CASE(settings_that_are_none_are_refused_before_anything_is_written) {
  const auto refused = [&](const char* part) {
    BOOST_TEST(contains(test::message_of<ConfigError>([&] { measure_hardware(request, registry); }), part));
    BOOST_TEST(!std::filesystem::exists(path / "h"));
  };
  request.seconds = -1;
  refused("--seconds must be 0 to 3600, not -1");
  request.seconds = 0, request.threads = -1;
  refused("threads");
  request.threads = 1, request.platform = "pi44";
  refused("did you mean 'pi4'");
  request.platform = "host", request.model = "serch3";
  refused("did you mean 'search3'");
}

BOOST_AUTO_TEST_SUITE_END()
