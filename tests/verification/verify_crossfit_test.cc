#include "tests/records/crossfit_fixture.h"
#include "tests/support/verify.h"

namespace flnas {
namespace {

using test::FakeCrossfit;
using test::verify;

/// The rules that are broken in a file, in order.
std::vector<std::string> broken(const std::filesystem::path& folder, const std::string& file) {
  std::vector<std::string> rules;
  for (const auto& failure : verify(folder).failures) {
    if (failure.file == file) rules.push_back(failure.rule);
  }
  return rules;
}

bool has(const std::vector<std::string>& rules, const std::string& rule) {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

BOOST_AUTO_TEST_SUITE(verification_of_crossfit)

BOOST_AUTO_TEST_CASE(folds_and_their_pool_as_written_are_valid) {
  const FakeCrossfit study;
  const auto found = verify(study.out());
  for (const auto& failure : found.failures) {
    BOOST_ERROR(failure.file << " " << failure.where << " " << failure.message);
  }
  BOOST_TEST(found.records == 5);
}

BOOST_AUTO_TEST_CASE(a_pool_that_is_not_that_of_its_folds_is_found) {
  const FakeCrossfit study;
  const std::string record = "pooled/search3-s1-01234567/run.json";
  RunRecord changed = read_run(study.pooled());
  changed.training->validation_accuracy = 0.99;
  write_run(study.pooled(), changed);
  BOOST_TEST(has(broken(study.out(), record), "pooled"));
}

BOOST_AUTO_TEST_CASE(a_prediction_that_no_fold_made_is_found_though_all_else_agrees) {
  const FakeCrossfit study;
  Predictions predictions = test::some_predictions(1);
  PredictionRow& row = predictions.rows[5];
  row.prediction = row.prediction == "benign" ? "malignant" : "benign";
  std::swap(row.probabilities[0], row.probabilities[1]);
  write_predictions(study.pooled() / "predictions.csv", predictions);
  RunRecord changed = read_run(study.pooled());
  const Adapter adapter = load_adapter("isic2019");
  changed.metrics = evaluate_predictions(predictions, adapter, adapter.task("binary"), "test");
  changed.files["predictions.csv"] = sha256_file(study.pooled() / "predictions.csv");
  write_run(study.pooled(), changed);
  write_statistics(study.out());
  BOOST_TEST(has(broken(study.out(), "pooled/search3-s1-01234567/predictions.csv"), "pooled"));
}

BOOST_AUTO_TEST_CASE(a_run_that_answers_another_folds_images_is_found) {
  const FakeCrossfit study;
  const auto folder = study.out() / FakeCrossfit::name(2);
  RunRecord changed = read_run(folder);
  changed.fold = 3;
  write_run(folder, changed);
  BOOST_TEST(has(broken(study.out(), FakeCrossfit::name(2) + "/predictions.csv"), "split"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
