#include "harness/evaluation/latency_compare.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/records/google_benchmark.h"
#include "tests/base/fixture.h"

using namespace flnas;

namespace {

LatencyResult result(const std::string& form, std::vector<double> samples_us, const std::string& hash = "h") {
  LatencyResult one;
  one.benchmark = "tiny/batch:2/threads:1/form:" + form;
  one.model = "tiny";
  one.model_sha256 = hash;
  one.input = {3, 8, 8};
  one.batch = 2;
  one.threads = 1;
  one.form = form;
  one.samples_us = std::move(samples_us);
  return one;
}

LatencySuite suite(std::vector<LatencyResult> results, const std::string& cpu = "A72") {
  LatencySuite all;
  all.device = "host";
  all.environment = {{"identity", {{"device_tree", ""}, {"cpu", cpu}, {"cuda", Json::array()}, {"emulated", false}}}};
  all.results = std::move(results);
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(latency_compare)

BOOST_AUTO_TEST_CASE(mann_whitney_agrees_with_scipy) {
  // scipy 1.17.1, mannwhitneyu(..., method="asymptotic").
  const auto tolerance = boost::test_tools::tolerance(1e-12);
  BOOST_TEST(mann_whitney_p({1, 2, 3, 4, 5}, {3, 4, 5, 6, 7}) == 0.11384629800665805, tolerance);
  BOOST_TEST(mann_whitney_p({10.1, 10.4, 9.9, 10.0, 10.2, 10.3}, {11.0, 11.2, 10.9, 11.1, 11.4}) == 0.00811311726556578,
             tolerance);
  BOOST_TEST(mann_whitney_p({1, 1, 1, 2}, {1, 2, 2, 3, 1}) == 0.33780339562381667, tolerance);
  BOOST_TEST(mann_whitney_p({1, 1}, {1, 1, 1}) == 1);
  BOOST_TEST(mann_whitney_p({}, {1}) == 1);
}

BOOST_AUTO_TEST_CASE(the_same_weights_on_two_devices_have_to_answer_the_same) {
  LatencyResult here = result("eager", {1, 2, 3}), there = here;
  BOOST_TEST(!compare_suites(suite({here}), suite({there}))[0].largest_difference);
  here.logits = {4, -1}, there.logits = {4, -1.5};
  BOOST_TEST(compare_suites(suite({here}), suite({there}))[0].largest_difference.value() == 0.125);
  there.model_sha256 = "others";
  BOOST_TEST(!compare_suites(suite({here}), suite({there}), true)[0].largest_difference);
}

BOOST_AUTO_TEST_CASE(half_the_time_is_a_ratio_of_one_half_and_significant) {
  const std::vector<double> slow = {10.1, 10.4, 9.9, 10.0, 10.2, 10.3};
  std::vector<double> fast = slow;
  for (double& value : fast) value /= 2;
  const auto ratios = compare_suites(suite({result("eager", slow)}), suite({result("eager", fast)}));
  BOOST_REQUIRE(ratios.size() == 1U);
  BOOST_TEST(ratios[0].ratio == 0.5, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(ratios[0].low.value() <= 0.5);
  BOOST_TEST(ratios[0].high.value() >= 0.5);
  BOOST_TEST(*ratios[0].high - *ratios[0].low < 0.05);
  BOOST_TEST(ratios[0].significant);
  BOOST_TEST(ratios[0].trusted);
  BOOST_TEST(!compare_suites(suite({result("eager", slow)}), suite({result("eager", slow)}))[0].significant);
}

BOOST_AUTO_TEST_CASE(agreement_is_of_medians_either_way) {
  const auto ratio = [](const std::string& benchmark, double value) {
    LatencyRatio one;
    one.benchmark = benchmark;
    one.ratio = value;
    return one;
  };
  const MedianAgreement found =
      agreement_of({ratio("a", 1), ratio("b", 1.029), ratio("c", 0.8), ratio("d", 1.2), ratio("e", 1 / 1.029)});
  BOOST_TEST(found.within == 3U);
  BOOST_TEST(found.benchmark == "c");
  BOOST_TEST(found.largest == 0.25, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(a_result_that_is_unreliable_makes_its_ratio_unreliable) {
  LatencyResult doubtful = result("eager", {1, 2, 3});
  doubtful.status = kUnreliable;
  BOOST_TEST(!compare_suites(suite({doubtful}), suite({result("eager", {1, 2, 3})}))[0].trusted);
}

BOOST_AUTO_TEST_CASE(other_devices_networks_and_modes_are_compared_only_by_force) {
  const LatencySuite here = suite({result("eager", {1, 2, 3})});
  const LatencySuite elsewhere = suite({result("eager", {1, 2, 3})}, "A76");
  BOOST_TEST(test::contains(test::message_of<ConfigError>([&] { compare_suites(here, elsewhere); }),
                            "different devices, host (A72, []) and host (A76, [])"));
  BOOST_TEST(compare_suites(here, elsewhere, true).size() == 1U);

  const LatencySuite retrained = suite({result("eager", {1, 2, 3}, "other")});
  BOOST_TEST(
      test::contains(test::message_of<ConfigError>([&] { compare_suites(here, retrained); }), "different networks"));

  const LatencySuite frozen = suite({result("frozen", {1, 2, 3})});
  BOOST_TEST(test::contains(test::message_of<ConfigError>([&] { compare_suites(here, frozen); }),
                            "no benchmark in common (modes: eager and frozen)"));
  BOOST_TEST(compare_suites(here, frozen, true)[0].benchmark ==
             "tiny/batch:2/threads:1/form:eager -> tiny/batch:2/threads:1/form:frozen");
  // Which of two modes is meant cannot be guessed.
  const LatencySuite two = suite({result("frozen", {1, 2, 3}), result("optimised", {1, 2, 3})});
  BOOST_CHECK_THROW(compare_suites(here, two, true), ConfigError);
}

BOOST_AUTO_TEST_CASE(emulated_times_are_not_a_devices) {
  LatencySuite emulated = suite({result("eager", {1, 2, 3})});
  emulated.results[0].mark = "emulated";
  BOOST_CHECK_THROW(compare_suites(suite({result("eager", {1, 2, 3})}), emulated), ConfigError);
}

BOOST_AUTO_TEST_CASE(google_benchmarks_files_are_compared_with_ours_and_with_each_other) {
  const auto google = [](const std::string& host, double ms) {
    return suite_from_google_benchmark({{"context", {{"host_name", host}}},
                                        {"benchmarks",
                                         {{{"name", "tiny/batch:2/threads:1/form:eager/process_time/real_time"},
                                           {"real_time", ms},
                                           {"time_unit", "ms"}}}}},
                                       "g.json");
  };
  const auto mixed = compare_suites(suite({result("eager", {1000, 2000, 3000})}), google("board", 1));
  BOOST_REQUIRE(mixed.size() == 1U);
  BOOST_TEST(mixed[0].ratio == 0.5);
  // One sample has no interval, and its file no account of the machine.
  BOOST_TEST(!mixed[0].low);
  BOOST_TEST(!mixed[0].significant);
  BOOST_TEST(!mixed[0].trusted);
  BOOST_TEST(compare_suites(google("board", 1), google("board", 3)).at(0).ratio == 3,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(test::contains(test::message_of<ConfigError>([&] { compare_suites(google("a", 1), google("b", 1)); }),
                            "different devices, a and b"));
}

BOOST_AUTO_TEST_SUITE_END()
