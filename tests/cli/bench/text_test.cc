#include "harness/cli/bench/text.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/text.h"
#include "tests/base/fixture.h"

using namespace flnas;
using test::contains;

namespace {

LatencyResult result(const std::string& model, const std::string& mode, int batch, double us) {
  LatencyResult one;
  one.model = model;
  one.form = mode;
  one.batch = batch;
  one.threads = 2;
  one.benchmark = fmt::format("{}/batch:{}/threads:2/form:{}", model, batch, mode);
  one.samples_us = {us, us, us * 1.02};
  one.latency = summarise_samples(one.samples_us);
  one.images_per_second = 1e6 * batch / us;
  return one;
}

LatencySuite suite(std::vector<LatencyResult> results) {
  LatencySuite all;
  all.platform = all.device = "host";
  all.results = std::move(results);
  set_verdict(all, {});
  return all;
}

void fits(const std::string& text) {
  for (const auto& line : split(text, '\n')) BOOST_TEST(line.size() <= 80U, line);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_of_suites)

BOOST_AUTO_TEST_CASE(a_suite_is_a_table_with_readable_units_and_what_all_share_above_it) {
  const std::string text =
      cli::suite_text(suite({result("search3", "eager", 2, 12751.6), result("search3", "frozen", 2, 831)}));
  BOOST_TEST(text ==
             "Latency of a call on host, measured: batch 2, threads 2\n"
             "model    mode        p50  95 % interval  images/s\n"
             "search3  eager   12.8 ms   [12.8, 13.0]     156.8\n"
             "search3  frozen   831 us     [831, 848]    2406.7\n");
}

BOOST_AUTO_TEST_CASE(a_suite_of_many_models_modes_and_batches_fits_eighty_columns) {
  std::vector<LatencyResult> results;
  for (const char* model : {"a_model_with_quite_a_long_name-1a2b3c4d", "search3"}) {
    for (const int batch : {1, 128}) {
      for (const char* mode : {"optimised", "cuda-graph"}) {
        results.push_back(result(model, mode, batch, 123456.7));
        results.back().threads = batch == 1 ? 1 : 64;
        results.back().status = kUnreliable;
        results.back().reason = "other processes used 0.50 cores meanwhile (at most 0.1 is trusted)";
      }
    }
  }
  for (int more = 0; more < 4; ++more) results.push_back(results.back());
  const std::string text = cli::suite_text(suite(results));
  fits(text);
  BOOST_TEST(contains(text, "a_model_with_q.."), text);
  BOOST_TEST(contains(text, "? unreliable: a_model_with_quite_a_long_name-1a2b3c4d b1 t2 optimised: other"));
  BOOST_TEST(contains(text, "and 4 more"), text);
  BOOST_TEST(
      contains(cli::suite_text(suite(results), {.wide = true}), "a_model_with_quite_a_long_name-1a2b3c4d  optimised"));
}

BOOST_AUTO_TEST_CASE(a_failure_has_no_figures_and_a_platform_that_is_not_here_is_estimated_apart) {
  LatencySuite all = suite({result("search3", "eager", 2, 500)});
  LatencyResult failed = result("broken", "eager", 2, 1);
  failed.latency.reset();
  failed.status = kFailed;
  failed.reason = "too small";
  all.results.push_back(failed);
  all.platform = "pi4";
  all.estimates.push_back({.model = "search3",
                           .platform = "pi4",
                           .batch = 2,
                           .threads = 4,
                           .macs = 390'000'000,
                           .median_us = 51'000,
                           .low_us = 32'000,
                           .high_us = 83'000});
  const std::string text = cli::suite_text(all);
  fits(text);
  BOOST_TEST(contains(text, "on host, measured (not on pi4, which is not here)"), text);
  BOOST_TEST(contains(text, "failed: broken b2 t2 eager: too small"), text);
  BOOST_TEST(contains(text, "Latency of a call on pi4, estimated\n"), text);
  BOOST_TEST(contains(text, "51.0 ms  [32.0, 83.0]  0.390"), text);
}

BOOST_AUTO_TEST_CASE(csv_quotes_reasons_and_leaves_what_is_not_there_blank) {
  LatencyResult failed = result("broken", "eager", 2, 1);
  failed.latency.reset();
  failed.images_per_second.reset();
  failed.status = kFailed;
  failed.reason = "too small, by far";
  const std::vector<std::string> lines = split(cli::suite_csv(suite({failed})), '\n');
  BOOST_TEST(
      lines.at(1).starts_with(
          "broken/batch:2/threads:2/form:eager,broken,eager,2,2,,host,measured,failed,\"too small, by far\",,,,"),
      lines.at(1));
  BOOST_TEST(std::count(lines[0].begin(), lines[0].end(), ',') + 1 ==
             std::count(lines[1].begin(), lines[1].end(), ','));
}

BOOST_AUTO_TEST_CASE(a_comparison_says_faster_slower_or_same_and_what_is_unreliable) {
  LatencyRatio faster{.benchmark = "search3/batch:2/threads:1/form:eager",
                      .first_us = 2000,
                      .second_us = 1000,
                      .ratio = 0.5,
                      .low = 0.45,
                      .high = 0.55,
                      .p_value = 0.001,
                      .significant = true,
                      .trusted = true};
  LatencyRatio same = faster;
  same.ratio = 1.01, same.low.reset(), same.high.reset(), same.significant = false, same.trusted = false;
  const std::string text = cli::ratios_text({faster, same});
  fits(text);
  BOOST_TEST(contains(text, "2.00 ms  1.00 ms  0.500  [0.450, 0.550]  faster\n"), text);
  BOOST_TEST(contains(text, "1.010               -  same?\n"), text);
  BOOST_TEST(contains(text, "?: unreliable in one of the files"), text);
  BOOST_TEST(contains(cli::ratios_text({faster}, {.wide = true}), "0.001"));
}

BOOST_AUTO_TEST_SUITE_END()
