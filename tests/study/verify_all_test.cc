#include "harness/verification/verify_all.h"

#include "harness/base/error.h"
#include "harness/study/verifiers.h"
#include "harness/verification/check.h"
#include "harness/verification/verifiers.h"
#include "reports/report.h"
#include "tests/study/fixture.h"

using namespace flnas;

namespace {

/// Runs, and the table of all that a study writes.
struct Verified : test::Study {
  std::vector<Verifier> table() const {
    std::vector<Verifier> rows;
    for (auto& some : {record_verifiers(), study::verifiers(registry), reports::verifiers()}) {
      rows.insert(rows.end(), some.begin(), some.end());
    }
    return rows;
  }
  Verification verify(const std::string& folder) const { return verify_all({.folder = path / folder}, table()); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(verify_all_, Verified)

BOOST_AUTO_TEST_CASE(a_run_is_valid_until_a_byte_changes) {
  study::train_model(train("run"), registry);
  const Verification found = verify("run");
  BOOST_TEST(found.failures.empty());
  BOOST_TEST(found.records == 1);
  BOOST_TEST(to_json(found).at("verdict") == "VALID");

  write_file(path / "run/predictions.csv", read_file(path / "run/predictions.csv") + "\n");
  const Json json = to_json(verify("run"));
  BOOST_TEST(json.at("verdict") == "INVALID");
  BOOST_TEST(json.at("failures")[0].at("file") == "predictions.csv");
}

BOOST_AUTO_TEST_CASE(a_new_kind_of_record_is_one_row) {
  write_json(path / "out/a/mine-1.json", {{"value", 1}});
  write_json(path / "out/b/mine-2.json", {{"value", 2}});
  write_file(path / "out/b/mine-3.json", "{");
  write_json(path / "out/b/other.json", {{"value", 2}});
  const auto one = [](Check& check, const std::string& file, const VerifyRequest&) {
    check.same(file, "value", "one", read_json(check.folder() / file).at("value"), 1);
  };
  const std::vector<Verifier> rows = {{"mine-*.json", "flnas mine", one}, {"b/mine-*.json", "flnas mine", one}};
  const Verification found = verify_all({.folder = path / "out"}, rows);
  BOOST_TEST(found.records == 3);
  std::vector<std::string> failed;
  for (const Failure& failure : found.failures) failed.push_back(failure.file + " " + failure.rule);
  const std::vector<std::string> expected = {"b/mine-2.json one", "b/mine-3.json schema", "b/mine-2.json one",
                                             "b/mine-3.json schema"};
  BOOST_TEST(failed == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_record_that_is_no_object_is_a_failure_of_its_file) {
  study::train_model(train("runs/good"), registry);
  write_file(path / "runs/bad/run.json", "[1]");
  const Verification found = verify("runs");
  BOOST_TEST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].file == "bad/run.json");
}

BOOST_AUTO_TEST_CASE(counts_are_those_of_the_model_that_the_record_names) {
  study::train_model(train("run"), registry);
  RunRecord record = read_run(path / "run");
  record.model.parameters = 1;
  record.model.macs = 2;
  write_run(path / "run", record);
  const auto failures = verify("run").failures;
  BOOST_TEST_REQUIRE(failures.size() == 2u);
  BOOST_TEST(failures[0].where == "model.parameters");
  BOOST_TEST(failures[1].where == "model.macs");
}

BOOST_AUTO_TEST_CASE(a_report_without_its_list_of_files_is_not_valid) {
  study::train_model(train("run"), registry);
  write_file(path / "run/report/table1.csv", "Model,Accuracy\n");
  const Verification found = verify("run");
  BOOST_TEST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].file == "report/files.json");
}

BOOST_AUTO_TEST_CASE(a_folder_without_records_is_a_data_error_that_names_what_a_record_is) {
  BOOST_CHECK_EXCEPTION(verify("data"), DataError, [](const DataError& error) {
    return test::contains(error.what(), "run.json (flnas train, reproduce), nas_search.json (flnas search)");
  });
  BOOST_CHECK_THROW(verify("absent"), DataError);
}

BOOST_AUTO_TEST_SUITE_END()
