#include "harness/evaluation/pool.h"

#include "tests/records/crossfit_fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::FakeCrossfit;
using test::message_of;

BOOST_AUTO_TEST_SUITE(pool, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(pooled_predictions_are_those_of_all_folds_in_the_order_of_the_images) {
  const FakeCrossfit study;
  const Adapter adapter = load_adapter("isic2019");
  const Predictions all = test::some_predictions(1);
  const PooledRun pooled = pool_folds(study.folds(), study.out(), adapter);
  BOOST_TEST(predictions_text(pooled.predictions) == predictions_text(all));
  BOOST_TEST(pooled.record.data.images.test == 24);
  const RunRecord written = read_run(study.pooled());
  BOOST_TEST(written.kind == "pooled");
  BOOST_TEST(!written.fold.has_value());
  BOOST_TEST(written.metrics == evaluate_predictions(all, adapter, adapter.task("binary"), "test"));
}

BOOST_AUTO_TEST_CASE(validation_rows_are_pooled_with_the_fold_whose_model_answered_them) {
  const FakeCrossfit study;
  for (const auto& fold : study.folds()) {
    const int number = static_cast<int>(*fold.record.fold);
    Predictions predictions = FakeCrossfit::rows(number);
    // the same image is validated in two folds
    predictions.rows.push_back(FakeCrossfit::rows(number == 1 ? 2 : 1).rows[0]);
    predictions.rows.back().subset = "validation";
    write_predictions(fold.folder / "predictions.csv", predictions);
  }
  const Predictions pooled = pool_folds(study.folds(), study.out(), load_adapter("isic2019")).predictions;
  BOOST_REQUIRE(pooled.rows.size() == 27u);
  BOOST_TEST(pooled.rows[0].fold == "1");
  BOOST_TEST(pooled.rows[1].fold == "2");
  BOOST_TEST(pooled.rows[24].subset == "validation");
  BOOST_TEST(pooled.rows[24].image == "IMG_00");
  BOOST_TEST(pooled.rows[24].fold == "2");
  BOOST_TEST(pooled.rows[25].image == "IMG_00");
  BOOST_TEST(pooled.rows[25].fold == "3");
  BOOST_TEST(predictions_text(parse_predictions(predictions_text(pooled), "p.csv", pooled.attributes)) ==
             predictions_text(pooled));
}

BOOST_AUTO_TEST_CASE(the_training_of_a_pool_is_the_mean_of_its_folds_and_the_sum_of_their_time) {
  const FakeCrossfit study;
  const RunRecord record = pool_folds(study.folds(), study.out(), load_adapter("isic2019")).record;
  BOOST_TEST(*record.training->train_loss == 0.2);
  BOOST_TEST(*record.training->seconds == 3 * (2.0 + 4.0 + 6.0));
  BOOST_TEST(*record.training->peak_bytes == 3 << 20);
  BOOST_TEST(record.training->epochs_run == 3);
  BOOST_TEST(record.training->best_epoch == 2);
  BOOST_TEST(record.training->converged.value());
  BOOST_TEST(record.started == "2026-01-01T01:00:00Z");
  BOOST_TEST(record.finished == "2026-01-01T03:30:00Z");
}

BOOST_AUTO_TEST_CASE(one_fold_that_is_unreliable_or_did_not_converge_marks_the_pool) {
  const FakeCrossfit study;
  auto folds = study.folds();
  folds[1].record.status = kUnreliable;
  folds[1].record.reason = "images changed";
  folds[2].record.training->converged = false;
  const RunRecord record = pool_folds(folds, study.out(), load_adapter("isic2019")).record;
  BOOST_TEST(record.status == kUnreliable);
  BOOST_TEST(record.reason == "images changed");
  BOOST_TEST(!record.training->converged.value());
}

BOOST_AUTO_TEST_CASE(what_is_not_one_model_in_all_folds_is_refused) {
  const FakeCrossfit study;
  const Adapter adapter = load_adapter("isic2019");
  const auto refusal = [&](const std::function<void(std::vector<Stored<RunRecord>>&)>& change) {
    auto folds = study.folds();
    change(folds);
    return message_of<DataError>([&] { pool_folds(folds, study.out(), adapter); });
  };
  BOOST_TEST(contains(refusal([](auto& folds) { folds[1].record.seed = 2; }), "another seed"));
  BOOST_TEST(contains(refusal([](auto& folds) { folds[1].record.model.name = "x"; }), "another model"));
  BOOST_TEST(contains(refusal([](auto& folds) { folds[1].record.effective["epochs"] = 6; }), "another settings"));
  BOOST_TEST(contains(refusal([](auto& folds) { std::swap(folds[0], folds[1]); }), "another order of folds"));
  BOOST_TEST(contains(refusal([](auto& folds) { folds[1].folder = folds[0].folder; }), "is predicted in two folds"));
}

BOOST_AUTO_TEST_CASE(statistics_are_of_the_pool) {
  const FakeCrossfit study;
  const Json found = reproduction_statistics(Store::open(study.out()));
  BOOST_TEST(found["n"] == 24);
  BOOST_TEST(found["models"]["search3"]["run"] == "pooled/search3-s1-01234567");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
