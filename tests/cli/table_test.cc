// Every command on people in a table.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <regex>

#include "harness/base/files.h"
#include "harness/base/text.h"
#include "harness/records/record.h"
#include "harness/records/store.h"
#include "tests/base/fixture.h"
#include "tests/cli/forked.h"
#include "tests/support/paths.h"

using namespace flnas;
using test::contains;

namespace {

struct People {
  test::TemporaryFolder folder;
  std::filesystem::path root = folder.path;

  tests::ProgramResult run(const std::string& arguments, int expected = 0) const {
    auto result = tests::run_flnas_program(tests::split_words(arguments), root);
    BOOST_TEST(result.exit_code == expected, arguments << "\n" << result.output);
    return result;
  }
};

/// Neither flags and file names, nor other words for what is drawn.
void speaks_of_people(const std::string& report) {
  const std::regex spoken(R"((^|[^-_/.`a-z])(images?|lesions?|skin)([^-_/`a-z]|$))");
  for (const auto& line : split(report, '\n')) BOOST_TEST(!std::regex_search(line, spoken), line);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(table_data, People)

BOOST_AUTO_TEST_CASE(every_command_takes_a_table) {
  run("dataset synth --kind table --images 600 --out people");
  const std::string checked = run("dataset check people").output;
  BOOST_TEST(contains(checked, "600 persons, synthetic"));
  BOOST_TEST(!contains(checked, "image"));
  run("dataset split people --images 0 --out split.json");
  run("train mlp --data people --split split.json --epochs 3 --threads 1 --device cpu --out mlp");
  run("verify mlp");
  run("evaluate mlp --data people --split split.json --out preds.csv");
  BOOST_TEST(contains(run("metrics preds.csv").output, "accuracy"));
  run("export mlp --out exported.pt");
  const std::string refused = run("train search3 --data people --split split.json --device cpu --out no", 2).output;
  BOOST_TEST(contains(refused, "takes images, and the data are a table of 4 columns"));
  const std::string searched =
      run("search random --space cnn --data people --split split.json --budget 1 --out no", 2).output;
  BOOST_TEST(contains(searched, "space cnn: takes images"));
}

BOOST_AUTO_TEST_CASE(a_study_of_a_table_is_reported_in_its_own_words) {
  run("reproduce --profile table --images 400 --epochs 2 --seeds 2 --folds 2 --no-hardware --out out");
  const Reproduction made = read_reproduction(root / "out");
  const std::vector<std::string> models = {"logistic_regression", "mlp", "xgboost", "risk"};
  BOOST_TEST(made.models == models, boost::test_tools::per_element());
  BOOST_TEST(made.profile.name == "table");
  BOOST_TEST(std::filesystem::exists(root / "out/pooled/xgboost-s2/run.json"));
  run("verify out");
  const std::string report = read_file(root / "out/report/report.md");
  for (const char* title : {"Logistic regression", "MLP", "XGBoost", "Risk score"}) BOOST_TEST(contains(report, title));
  speaks_of_people(report);
  // The same command goes on where it is: nothing is trained anew.
  const auto before = read_run(root / "out/runs/xgboost-f1-s1").finished;
  run("reproduce --profile table --images 400 --epochs 2 --seeds 2 --folds 2 --no-hardware --out out");
  BOOST_TEST(read_run(root / "out/runs/xgboost-f1-s1").finished == before);
}

BOOST_AUTO_TEST_CASE(searches_on_a_table_are_compared_reported_and_go_on_as_models) {
  run("dataset synth --kind table --images 600 --out people");
  const std::string arguments =
      "search compare --strategies random,evolution --seeds 2 --data people --budget 3 --epochs 2 --batch 64 --threads "
      "1 "
      "--device cpu --target pi4 --out out";
  const std::string found = run(arguments).output;
  BOOST_TEST(!contains(found, "image"), found);
  run("verify out");
  run("report out");
  const std::string report = read_file(root / "out/report/report.md");
  BOOST_TEST(contains(report, "Searches compared at equal budget"));
  BOOST_TEST(contains(report, "persons"));
  speaks_of_people(report);
  run("train out/seed-1/random/best.json --data people --split out/split.json --epochs 1 --threads 1 --device cpu "
      "--out trained");
  run("verify trained");
}

BOOST_AUTO_TEST_SUITE_END()
