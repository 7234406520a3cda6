#include "harness/study/grid.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/records/record.h"
#include "tests/base/fixture.h"

using namespace flnas;
using study::PlannedRun;

namespace {

struct Grid : test::TemporaryFolder {
  PlannedRun planned(const std::string& model, int fold, double work) const {
    const std::string name = model + std::to_string(fold);
    return {.folder = "runs/" + name,
            .job = {.name = name, .command = {"/bin/sh", "-c", "true"}, .log = path / "logs" / name},
            .model = model,
            .work = work};
  }
  void finish(const PlannedRun& run, double seconds, const std::string& status = kPassed) const {
    RunRecord record;
    record.status = status;
    record.reason = status == kPassed ? "" : "why";
    record.training.emplace().seconds = seconds;
    write_run(path / run.folder, record);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(grid, Grid, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(time_left_goes_by_the_same_model_first_and_by_work_where_none_has_finished) {
  const std::vector<PlannedRun> runs{planned("a", 1, 10), planned("a", 2, 10), planned("a", 3, 10),
                                     planned("b", 1, 30)};
  BOOST_TEST(study::estimate_seconds(runs, path, 1) == 0);
  finish(runs[0], 100);
  BOOST_TEST(study::estimate_seconds(runs, path, 1) == 100 + 100 + 300);
  BOOST_TEST(study::estimate_seconds(runs, path, 2) == 250);
  finish(runs[3], 60);
  BOOST_TEST(study::estimate_seconds(runs, path, 1) == 200);
  finish(runs[1], 120, kFailed);
  BOOST_TEST(study::estimate_seconds(runs, path, 1) == 200);  // is to be run again
}

BOOST_AUTO_TEST_CASE(what_has_finished_is_not_run_again_and_what_fails_does_not_stop_the_others) {
  std::vector<PlannedRun> runs{planned("a", 1, 1), planned("a", 2, 1), planned("a", 3, 1)};
  for (auto& run : runs) run.job.command[2] = "echo ran > " + (path / run.job.name).string();
  runs[1].job.command[2] = "exit 3";
  finish(runs[0], 1);
  std::vector<std::string> ended;
  const int failed = study::run_all(runs, {.out = path}, [&](const PlannedRun& run) { ended.push_back(run.folder); });
  BOOST_TEST(failed == 1);
  BOOST_TEST(ended == std::vector<std::string>{"runs/a3"}, boost::test_tools::per_element());
  BOOST_TEST(!std::filesystem::exists(path / "a1"));
  BOOST_TEST(std::filesystem::exists(path / "a3"));
}

BOOST_AUTO_TEST_SUITE_END()
