#include "harness/study/verify_all.h"

#include "harness/base/error.h"
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

BOOST_AUTO_TEST_CASE(a_folder_without_records_is_a_data_error) {
  BOOST_CHECK_THROW(study::verify_all({.folder = path / "data"}, {}), DataError);
}

BOOST_AUTO_TEST_SUITE_END()
