#include "harness/records/summaries.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

std::vector<Epoch> losses(const std::vector<std::optional<double>>& validation) {
  std::vector<Epoch> history;
  for (const auto& loss : validation) {
    const int epoch = static_cast<int>(history.size()) + 1;
    history.push_back({epoch, 1.0 / epoch, 0.1 * epoch, loss, 0.2 * epoch, 1e-3, 4.0, 0.5});
  }
  return history;
}

BOOST_AUTO_TEST_SUITE(summaries, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(the_best_epoch_has_the_lowest_loss_and_the_first_of_equals_wins) {
  BOOST_TEST(best_epoch(losses({0.5, 0.3, 0.3, 0.4})) == 2);
  BOOST_TEST(best_epoch(losses({std::nullopt, 0.9})) == 2);
  BOOST_TEST(best_epoch(losses({std::nullopt})) == 0);
  BOOST_TEST(best_epoch({}) == 0);
}

BOOST_AUTO_TEST_CASE(training_is_summed_up_at_the_best_epoch) {
  const auto summary = summarise_training(losses({0.5, 0.3, 0.4}), {.epochs = 10});
  BOOST_TEST(summary.epochs_run == 3);
  BOOST_TEST(summary.best_epoch == 2);
  BOOST_TEST(summary.stopped_early);
  BOOST_TEST(summary.train_loss.value() == 0.5);
  BOOST_TEST(summary.validation_accuracy.value() == 0.4);
  BOOST_TEST(summary.seconds.value() == 12.0);
  BOOST_TEST(summary.data_wait_share.value() == 1.5 / 12);
  BOOST_TEST(!summarise_training(losses({0.5, 0.3, 0.4}), {.epochs = 3}).stopped_early);
  BOOST_TEST(!summarise_training({}, {.epochs = 3}).train_loss);
}

BOOST_AUTO_TEST_CASE(a_run_has_converged_where_its_best_epoch_is_not_its_last_and_no_cosine_was_cut) {
  // At a constant rate the best epoch has to have been waited for, and without patience nothing waited.
  BOOST_TEST(*summarise_training(losses({0.5, 0.3, 0.4}), {.epochs = 3, .patience = 1}).converged);
  BOOST_TEST(!summarise_training(losses({0.5, 0.3, 0.4}), {.epochs = 3}).converged.has_value());
  BOOST_TEST(!*summarise_training(losses({0.5, 0.4, 0.3}), {.epochs = 3}).converged);
  BOOST_TEST(!*summarise_training(losses({0.5, 0.3, 0.4}), {.epochs = 5, .schedule = "cosine"}).converged);
  BOOST_TEST(*summarise_training(losses({0.5, 0.3, 0.4}), {.epochs = 5, .patience = 1}).converged);
  // Records that do not name a selection were written before convergence was judged.
  BOOST_TEST(!summarise_training(losses({0.5}), training_rules({{"epochs", 1}})).converged.has_value());
}

BOOST_AUTO_TEST_CASE(a_history_is_read_line_by_line) {
  const test::TemporaryFolder folder;
  for (const Epoch& epoch : losses({0.5, std::nullopt})) {
    append_line(folder / "history.jsonl", record_to_json(epoch).dump());
  }
  const auto history = read_history(folder / "history.jsonl");
  BOOST_REQUIRE(history.size() == 2u);
  BOOST_TEST(history[1].epoch == 2);
  BOOST_TEST(!history[1].validation_loss);
  append_line(folder / "history.jsonl", record_to_json(history[0]).dump());
  const auto order = message_of<DataError>([&] { read_history(folder / "history.jsonl"); });
  BOOST_TEST(contains(order, "history.jsonl:3: epoch 1 where 3 was expected"));
  write_file(folder / "history.jsonl", "{}\n");
  const auto keys = message_of<DataError>([&] { read_history(folder / "history.jsonl"); });
  BOOST_TEST(contains(keys, "history.jsonl:1: no key 'epoch'"));
}

BOOST_AUTO_TEST_CASE(latency_is_summed_up_from_its_samples) {
  // Sorted 1, 2, 3, 4, 10: mean 4, squares of the differences 9 + 4 + 1 + 0 + 36 = 50, deviation sqrt(50 / 4).
  const auto summary = summarise_latency({kRecordSchema, 2, 1, "eager", 0, {3, 1, 10, 2, 4}});
  BOOST_TEST(summary.median_us == 3.0);
  BOOST_TEST(summary.p90_us.value() == 4 + 0.6 * 6);
  BOOST_TEST(summary.cv.value() == std::sqrt(12.5) / 4);
  BOOST_TEST(summary.samples == 5);
  BOOST_TEST(summary.batch == 2);
  BOOST_TEST(summary.form == "eager");
  // P(median = 1) = P(at least 3 of 5 draws are the lowest) = 0.0579, more than 0.025; the same for the highest.
  BOOST_TEST(summary.low_us == 1.0);
  BOOST_TEST(summary.high_us == 10.0);
  BOOST_CHECK_THROW(summarise_latency({}), DataError);
}

BOOST_AUTO_TEST_CASE(the_interval_of_a_median_is_near_the_order_statistics_one) {
  LatencySamples samples;
  for (int i = 0; i < 1001; ++i) samples.samples_us.push_back(i);
  const auto summary = summarise_latency(samples);
  // The ranks 500.5 -+ 1.96 x sqrt(1001) / 2 = 500.5 -+ 31.
  BOOST_TEST(std::abs(summary.low_us - 469) < 5);
  BOOST_TEST(std::abs(summary.high_us - 531) < 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
