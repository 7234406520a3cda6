#include "harness/evaluation/old/rescored.h"

#include "harness/records/digest.h"
#include "tests/records/fixture.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

const std::string kRun = "runs/search3-s1-0123456789ab";

BOOST_AUTO_TEST_SUITE(rescored_figures)

BOOST_AUTO_TEST_CASE(records_of_an_older_version_get_the_newest_figures_beside_them) {
  const test::FakeReproduction reproduction;  // of version 2
  const std::string before = read_file(reproduction.run() / "run.json");
  BOOST_TEST(rescore(reproduction.out()) == 2);
  BOOST_TEST(read_file(reproduction.run() / "run.json") == before);
  const auto runs = rescored_runs(reproduction.out());
  BOOST_TEST_REQUIRE(runs.count(kRun) == 1U);
  BOOST_TEST(runs.count("runs/constant") == 1U);
  const Json found = read_json(runs.at(kRun)).at("metrics");
  BOOST_TEST(found.at("version") == kMetricsVersion);
  BOOST_TEST(found.contains("auroc"));
  const RunRecord record = read_run(reproduction.run());
  BOOST_TEST(found.at("accuracy").at("value") == record.metrics.at("accuracy").at("value"));
  BOOST_TEST(found.at("bootstrap").at("resamples") == record.metrics.at("bootstrap").at("resamples"));
  BOOST_TEST(found.at("min_support") == record.metrics.at("min_support"));
  BOOST_TEST(read_json(reproduction.out() / "rescored/statistics.json").at("metrics_version") == kMetricsVersion);
}

BOOST_AUTO_TEST_CASE(records_of_the_newest_version_need_none) {
  const test::FakeReproduction reproduction;
  rescore(reproduction.out());
  for (const char* name : {"runs/constant", kRun.c_str()}) {
    RunRecord record = read_run(reproduction.out() / name);
    record.metrics = read_json(rescored_runs(reproduction.out()).at(name)).at("metrics");
    write_run(reproduction.out() / name, record);
  }
  BOOST_TEST(rescore(reproduction.out()) == 0);
  BOOST_TEST(!fs::exists(reproduction.out() / kRescoredFolder));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
