#include "harness/study/verify_all.h"

#include "harness/base/error.h"
#include "harness/study/verify_models.h"
#include "tests/study/fixture.h"

using namespace flnas;

BOOST_FIXTURE_TEST_SUITE(verify_all, test::Study)

BOOST_AUTO_TEST_CASE(a_run_is_valid_until_a_byte_changes_and_other_layers_have_their_say) {
  study::train_model(train("run"), registry);
  const study::VerifyRequest request{.folder = path / "run"};
  const Verification found = study::verify_all(request, {});
  BOOST_TEST(found.failures.empty());
  BOOST_TEST(found.records == 1);
  BOOST_TEST(study::to_json(found).at("verdict") == "VALID");

  const auto other = [](Verification& all, const study::VerifyRequest& asked) {
    all.failures.push_back({asked.folder.filename().string(), "key", "rule", "message"});
  };
  BOOST_TEST(study::to_json(study::verify_all(request, {other})).at("failures")[0].at("file") == "run");

  write_file(path / "run/predictions.csv", read_file(path / "run/predictions.csv") + "\n");
  const Json json = study::to_json(study::verify_all(request, {}));
  BOOST_TEST(json.at("verdict") == "INVALID");
  BOOST_TEST(json.at("failures")[0].at("file") == "predictions.csv");
}

BOOST_AUTO_TEST_CASE(a_record_that_is_no_object_is_a_failure_of_its_file) {
  study::train_model(train("runs/good"), registry);
  write_file(path / "runs/bad/run.json", "[1]");
  const Verification found = study::verify_all({.folder = path / "runs"}, {});
  BOOST_TEST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].file == "bad/run.json");
}

BOOST_AUTO_TEST_CASE(counts_are_those_of_the_model_that_the_record_names) {
  study::train_model(train("run"), registry);
  const auto failures = [&] {
    return study::verify_all({.folder = path / "run"}, {study::verify_models(registry)}).failures;
  };
  BOOST_TEST(failures().empty());
  RunRecord record = read_run(path / "run");
  record.model.parameters = 1;
  record.model.macs = 2;
  write_run(path / "run", record);
  BOOST_TEST_REQUIRE(failures().size() == 2u);
  BOOST_TEST(failures()[0].where == "model.parameters");
  BOOST_TEST(failures()[1].where == "model.macs");
}

BOOST_AUTO_TEST_CASE(a_report_without_its_list_of_files_is_not_valid) {
  study::train_model(train("run"), registry);
  write_file(path / "run/report/table1.csv", "Model,Accuracy\n");
  const Verification found = study::verify_all({.folder = path / "run"}, {});
  BOOST_TEST_REQUIRE(found.failures.size() == 1u);
  BOOST_TEST(found.failures[0].file == "report/files.json");
}

BOOST_AUTO_TEST_CASE(a_folder_without_records_is_a_data_error) {
  BOOST_CHECK_THROW(study::verify_all({.folder = path / "data"}, {}), DataError);
}

BOOST_AUTO_TEST_SUITE_END()
