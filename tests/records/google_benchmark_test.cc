#include "harness/records/google_benchmark.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

using namespace flnas;
using test::contains;

namespace {

Json google(std::vector<Json> benchmarks) {
  return {{"context", {{"host_name", "board"}, {"num_cpus", 4}}}, {"benchmarks", std::move(benchmarks)}};
}

Json run(const std::string& name, double time, const std::string& unit = "ms") {
  return {{"name", name},     {"run_name", name},  {"run_type", "iteration"}, {"repetitions", 1},
          {"iterations", 50}, {"real_time", time}, {"cpu_time", time},        {"time_unit", unit}};
}

Json aggregate(const std::string& name, const std::string& what, double time) {
  Json json = run(name + "_" + what, time);
  json["run_name"] = name;
  json["run_type"] = "aggregate";
  json["aggregate_name"] = what;
  return json;
}

LatencySuite read(std::vector<Json> benchmarks) {
  return suite_from_google_benchmark(google(std::move(benchmarks)), "g.json");
}

constexpr char kOurs[] = "search3/batch:2/threads:1/form:frozen/process_time/real_time";

}  // namespace

BOOST_AUTO_TEST_SUITE(google_benchmark)

BOOST_AUTO_TEST_CASE(names_of_ours_are_taken_apart_and_others_are_models) {
  const LatencySuite suite = read({run(kOurs, 1.5), run("BM_memcpy/64", 700, "ns")});
  BOOST_REQUIRE(suite.results.size() == 2U);
  const LatencyResult& ours = suite.results[0];
  BOOST_TEST(ours.benchmark == "search3/batch:2/threads:1/form:frozen");
  BOOST_TEST(ours.model == "search3");
  BOOST_TEST(ours.batch == 2);
  BOOST_TEST(ours.threads == 1);
  BOOST_TEST(ours.form == "frozen");
  BOOST_TEST(ours.samples_us == std::vector<double>{1500}, boost::test_tools::per_element());
  BOOST_TEST(ours.status == kUnreliable);
  BOOST_TEST(suite.results[1].model == "BM_memcpy/64");
  BOOST_TEST(suite.results[1].latency.value().p50_us == 0.7, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(suite.environment.at("host") == "board");
  BOOST_TEST(suite.device == "");
}

BOOST_AUTO_TEST_CASE(each_repetition_is_a_sample_and_aggregates_count_only_without_them) {
  BOOST_TEST(read({run("a", 1), run("a", 3), run("a", 2), aggregate("a", "mean", 9)}).results.at(0).samples_us ==
                 (std::vector<double>{1000, 3000, 2000}),
             boost::test_tools::per_element());
  BOOST_TEST(read({aggregate("a", "mean", 9), aggregate("a", "median", 4), aggregate("a", "stddev", 1)})
                     .results.at(0)
                     .samples_us == std::vector<double>{4000},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_median_that_flnas_bench_counted_is_preferred_to_the_mean) {
  Json counted = run(kOurs, 9);
  counted["p50_us"] = 1234.5;
  BOOST_TEST(read({counted}).results.at(0).latency.value().p50_us == 1234.5);
}

BOOST_AUTO_TEST_CASE(a_benchmark_with_an_error_has_failed) {
  Json failed = run("a", 0);
  failed["error_occurred"] = true;
  failed["error_message"] = "too small";
  const LatencySuite suite = read({failed, run("b", 1)});
  BOOST_TEST(suite.results.at(0).status == kFailed);
  BOOST_TEST(suite.results[0].reason == "too small");
  BOOST_TEST(suite.results[0].samples_us.empty());
  BOOST_TEST(suite.results.at(1).latency.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_with_its_place) {
  const auto told = [](Json json) {
    return test::message_of<DataError>([&] { suite_from_google_benchmark(json, "g.json"); });
  };
  Json unit = run("a", 1, "weeks"), missing = run("a", 1), text = run("a", 1);
  missing.erase("real_time");
  text["real_time"] = "soon";
  BOOST_TEST(contains(told(google({unit})), "g.json: benchmarks[0]: unknown time_unit 'weeks'"));
  BOOST_TEST(contains(told(google({run("a", 1), missing})), "g.json: benchmarks[1]: no key 'real_time'"));
  BOOST_TEST(contains(told(google({text})), "key 'real_time' cannot be \"soon\""));
  BOOST_TEST(contains(told(google({Json(3)})), "expected an object"));
  BOOST_TEST(contains(told({{"context", Json::object()}, {"benchmarks", 3}}), "expected a list"));
}

BOOST_AUTO_TEST_CASE(a_file_is_known_by_what_it_holds) {
  const test::TemporaryFolder folder;
  write_file(folder / "g.json", google({run("a", 1)}).dump());
  BOOST_TEST(read_latencies(folder / "g.json").results.size() == 1U);
  LatencySuite suite;
  suite.device = "host";
  set_verdict(suite, {});
  write_latency_suite(folder / "l.json", suite);
  BOOST_TEST(read_latencies(folder / "l.json").device == "host");
  write_file(folder / "none.json", "{}");
  BOOST_CHECK_THROW(read_latencies(folder / "none.json"), DataError);
}

BOOST_AUTO_TEST_SUITE_END()
