#include "harness/records/latency_suite.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/records/hardware_latency.h"
#include "tests/base/fixture.h"

using namespace flnas;

namespace {

LatencyResult passed(const std::string& name) {
  LatencyResult result;
  result.benchmark = name;
  result.model = "tiny";
  result.input = {3, 8, 8};
  result.samples_us = {3, 1, 2};
  result.latency = summarise_samples(result.samples_us);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(latency_suite)

BOOST_AUTO_TEST_CASE(statistics_are_those_of_the_samples) {
  const LatencyStatistics statistics = summarise_samples({4, 1, 3, 2, 10});
  BOOST_TEST(statistics.samples == 5);
  BOOST_TEST(statistics.minimum_us == 1);
  BOOST_TEST(statistics.mean_us == 4);
  BOOST_TEST(statistics.p50_us == 3);
  BOOST_TEST(statistics.p90_us == 4 + 0.6 * 6, boost::test_tools::tolerance(1e-12));
  // Deviations 0, -3, -1, -2, 6: 50 / 4 under the root.
  BOOST_TEST(statistics.cv == std::sqrt(12.5) / 4, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(statistics.p50_low_us >= 1);
  BOOST_TEST(statistics.p50_high_us <= 10);
  BOOST_TEST(statistics.p50_low_us < statistics.p50_high_us);
  BOOST_CHECK_THROW(summarise_samples({}), DataError);
}

BOOST_AUTO_TEST_CASE(the_interval_of_few_samples_is_their_range) {
  // P(median = 1) = P(at least 3 of 5 draws are the lowest) = 0.0579, more than 0.025; the same for the highest.
  const LatencyStatistics statistics = summarise_samples({3, 1, 10, 2, 4});
  BOOST_TEST(statistics.p50_low_us == 1);
  BOOST_TEST(statistics.p50_high_us == 10);
}

BOOST_AUTO_TEST_CASE(the_interval_of_a_median_is_near_the_order_statistics_one) {
  std::vector<double> samples;
  for (int i = 0; i < 1001; ++i) samples.push_back(i);
  const LatencyStatistics statistics = summarise_samples(samples);
  // The ranks 500.5 -+ 1.96 x sqrt(1001) / 2 = 500.5 -+ 31.
  BOOST_TEST(std::abs(statistics.p50_low_us - 469) < 5);
  BOOST_TEST(std::abs(statistics.p50_high_us - 531) < 5);
}

BOOST_AUTO_TEST_CASE(the_latency_of_a_run_is_that_of_the_one_result_of_its_suite) {
  LatencyResult result = passed("a");
  result.batch = 2, result.threads = 4, result.form = "frozen", result.mark = "emulated";
  const LatencySummary summary = latency_summary(result);
  BOOST_TEST(summary.median_us == 2);
  BOOST_TEST(summary.low_us == result.latency->p50_low_us);
  BOOST_TEST(summary.high_us == result.latency->p50_high_us);
  BOOST_TEST(summary.p90_us.value() == result.latency->p90_us);
  BOOST_TEST(summary.cv.value() == result.latency->cv);
  BOOST_TEST(summary.samples == 3);
  BOOST_TEST(summary.batch == 2);
  BOOST_TEST(summary.threads == 4);
  BOOST_TEST(summary.form == "frozen");
  BOOST_TEST(summary.mark == "emulated");
  result.latency.reset();
  BOOST_CHECK_THROW(latency_summary(result), DataError);
}

BOOST_AUTO_TEST_CASE(the_first_edition_s_samples_of_one_model_are_read_as_a_suite_of_one) {
  const test::TemporaryFolder folder;
  write_file(folder / "latency.json",
             R"({"schema": 1, "batch": 2, "threads": 4, "form": "eager", "warm_up": 3, "samples_us": [3, 1, 2.5]})");
  const LatencySuite suite = read_latency_suite(folder / "latency.json");
  BOOST_TEST(suite.verdict == "");
  BOOST_REQUIRE(suite.results.size() == 1U);
  const LatencySummary summary = latency_summary(suite.results[0]);
  BOOST_TEST(summary.median_us == 2.5);
  BOOST_TEST(summary.batch == 2);
  BOOST_TEST(summary.threads == 4);
  BOOST_TEST(summary.form == "eager");
  BOOST_TEST(summary.mark == "measured");
  write_file(folder / "latency.json", R"({"schema": 1, "batch": 2, "form": "eager", "samples_us": [3]})");
  BOOST_TEST(test::contains(test::message_of<DataError>([&] { read_latency_suite(folder / "latency.json"); }),
                            "no key 'threads'"));
}

BOOST_AUTO_TEST_CASE(an_even_number_of_samples_has_its_median_between_the_middle_two) {
  BOOST_TEST(summarise_samples({8, 1, 2, 4}).p50_us == 3);
}

BOOST_AUTO_TEST_CASE(medians_of_passes_are_of_their_own_samples) {
  LatencyResult result = passed("a");
  result.samples_us = {5, 1, 3, 20, 10};
  BOOST_TEST(pass_medians_us(result).empty());
  result.pass_samples = {3, 2};
  BOOST_TEST(pass_medians_us(result) == (std::vector<double>{3, 15}), boost::test_tools::per_element());
  for (const std::vector<std::int64_t>& wrong : {std::vector<std::int64_t>{3}, {3, 3}, {5, 0}, {-1, 6}}) {
    result.pass_samples = wrong;
    BOOST_TEST(pass_medians_us(result).empty());
  }
}

BOOST_AUTO_TEST_CASE(p99_needs_662_samples) {
  std::vector<double> samples(661, 1.0);
  BOOST_TEST(!summarise_samples(samples).p99_us);
  samples.push_back(1.0);
  BOOST_TEST(summarise_samples(samples).p99_us.value() == 1.0);
}

BOOST_AUTO_TEST_CASE(one_result_that_did_not_pass_makes_the_suite_invalid_and_says_why) {
  LatencySuite suite;
  suite.results = {passed("a"), passed("b")};
  set_verdict(suite, {});
  BOOST_TEST(suite.verdict == kValid);
  suite.results[1].status = kUnreliable;
  suite.results[1].reason = "throttled";
  set_verdict(suite, {});
  BOOST_TEST(suite.verdict == kInvalid);
  BOOST_TEST(suite.reasons == std::vector<std::string>{"b: unreliable: throttled"}, boost::test_tools::per_element());
  suite.results.pop_back();
  set_verdict(suite, {"emulated"});
  BOOST_TEST(suite.verdict == kInvalid);
}

BOOST_AUTO_TEST_CASE(a_file_is_read_back_whole_and_strictly) {
  const test::TemporaryFolder folder;
  LatencySuite suite;
  suite.results = {passed("a")};
  suite.estimates.emplace_back().model = "tiny";
  set_verdict(suite, {});
  write_latency_suite(folder / "latency.json", suite);
  const LatencySuite read = read_latency_suite(folder / "latency.json");
  BOOST_TEST(record_to_json(read).dump() == record_to_json(suite).dump());

  suite.results[0].status = "mistrusted";  // what older suites call it
  write_latency_suite(folder / "older.json", suite);
  BOOST_TEST(read_latency_suite(folder / "older.json").results[0].status == kUnreliable);

  Json json = record_to_json(suite);
  json["results"][0]["batchs"] = 2;
  write_json(folder / "wrong.json", json);
  BOOST_TEST(test::contains(test::message_of<DataError>([&] { read_latency_suite(folder / "wrong.json"); }),
                            "results[0]: unknown key 'batchs'; did you mean 'batch'"));
  json = record_to_json(suite);
  json["kind"] = "hardware";
  write_json(folder / "kind.json", json);
  BOOST_TEST(test::contains(test::message_of<DataError>([&] { read_latency_suite(folder / "kind.json"); }),
                            "not what flnas-bench wrote"));
  json = record_to_json(suite);
  json["results"] = Json::object();
  write_json(folder / "list.json", json);
  BOOST_TEST(test::contains(test::message_of<DataError>([&] { read_latency_suite(folder / "list.json"); }),
                            "expected a list"));
}

BOOST_AUTO_TEST_SUITE_END()
