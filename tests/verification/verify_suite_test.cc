#include "harness/records/latency_suite.h"
#include "tests/records/fixture.h"
#include "tests/support/verify.h"

namespace flnas {
namespace {

using test::verify;

/// A folder with bench/host.json, one result of five samples.
struct Bench : test::TemporaryFolder {
  Bench() {
    LatencyResult result;
    result.benchmark = "search3/batch:2";
    result.model = "search3";
    result.batch = 2;
    result.samples_us = {10, 11, 12, 13, 30};
    result.latency = summarise_samples(result.samples_us);
    suite.results = {result};
    set_verdict(suite, {});
    write();
  }
  void write() const { write_latency_suite(path / "bench/host.json", suite); }

  LatencySuite suite;
};

BOOST_FIXTURE_TEST_SUITE(verification_of_latency_suites, Bench)

BOOST_AUTO_TEST_CASE(a_suite_as_written_is_valid_and_counts_as_a_record) {
  write_json(path / "bench/other.json", {{"kind", "something else"}});
  const auto found = verify(path);
  BOOST_TEST(found.failures.empty());
  BOOST_TEST(found.records == 1);
}

BOOST_AUTO_TEST_CASE(a_changed_byte_is_found) {
  const auto file = path / "bench/host.json";
  const std::string content = read_file(file);
  for (std::size_t at = 0; at < content.size(); at += 37) {
    std::string changed = content;
    changed[at] = changed[at] == '7' ? '8' : '7';
    write_file(file, changed);
    BOOST_TEST(!verify(path).failures.empty(), "byte " << at);
  }
}

BOOST_AUTO_TEST_CASE(statistics_that_the_samples_do_not_give_are_named_by_their_key) {
  suite.results[0].latency->p50_us = 9;
  write();
  const auto found = verify(path);
  BOOST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].where == "search3/batch:2.p50_us");
  BOOST_TEST(found.failures[0].rule == "samples");
}

BOOST_AUTO_TEST_CASE(a_valid_verdict_over_a_failed_result_is_found) {
  suite.results[0].status = kUnreliable;
  suite.results[0].reason = "hot";
  write();
  BOOST_TEST(verify(path).failures.at(0).rule == "verdict");
  set_verdict(suite, {});
  write();
  BOOST_TEST(verify(path).failures.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
