#include "harness/evaluation/statistics.h"

#include "tests/records/fixture.h"

namespace flnas {
namespace {

namespace tt = boost::test_tools;
using test::FakeReproduction;

/// How many of the first 24 images two models answer alike, counted by hand.
struct Discordant {
  int only_first = 0, only_second = 0;
};

Discordant discordant(const Predictions& first, const Predictions& second) {
  Discordant found;
  for (std::size_t i = 0; i < first.rows.size(); ++i) {
    const bool a = first.rows[i].prediction == first.rows[i].label,
               b = second.rows[i].prediction == second.rows[i].label;
    found.only_first += a && !b;
    found.only_second += b && !a;
  }
  return found;
}

BOOST_AUTO_TEST_SUITE(reproduction_statistics_, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(two_models_are_compared_on_the_same_images) {
  const FakeReproduction reproduction;
  const Json found = reproduction_statistics(Store::open(reproduction.out()));
  BOOST_TEST(found["n"] == 24);
  BOOST_TEST(found["left_out"].empty());
  Predictions constant = test::some_predictions(1);
  for (auto& row : constant.rows) row.prediction = "benign";
  const auto expected = discordant(test::some_predictions(1), constant);
  const Json& pair = found["comparisons"]["search3"]["constant"];
  BOOST_TEST(pair["only_first"] == expected.only_first);
  BOOST_TEST(pair["only_second"] == expected.only_second);
  BOOST_TEST(pair["accuracy"]["value"].get<double>() == (expected.only_first - expected.only_second) / 24.0);
  BOOST_TEST(pair["accuracy"]["p_holm"] == pair["accuracy"]["p"]);  // a family of one test
}

BOOST_AUTO_TEST_CASE(the_pairs_average_to_the_metric) {
  const FakeReproduction reproduction;
  const Json found = reproduction_statistics(Store::open(reproduction.out()));
  const Json metrics = read_json(reproduction.run() / "run.json")["metrics"];
  double sum = 0;
  int defined = 0;
  for (const auto& pair : found["models"]["search3"]["pairs"]) {
    if (pair["eopp1"]["value"].is_null()) continue;
    sum += pair["eopp1"]["value"].get<double>();
    ++defined;
  }
  BOOST_TEST(found["models"]["search3"]["pairs"].size() == 4u);
  BOOST_TEST(sum / defined == metrics["eopp1"]["value"].get<double>());
  BOOST_TEST(found["models"]["search3"]["noise"]["eodd"]["value"].get<double>() ==
             metrics["eodd"]["value"].get<double>());
}

BOOST_AUTO_TEST_CASE(rows_are_counted_by_group_and_class) {
  const FakeReproduction reproduction;
  const Json found = reproduction_statistics(Store::open(reproduction.out()));
  int male_benign = 0;
  for (const auto& row : test::some_predictions(1).rows)
    male_benign += row.attributes[0] == "male" && row.label == "benign";
  BOOST_TEST(found["counts"]["male"]["benign"] == male_benign);
}

BOOST_AUTO_TEST_CASE(a_model_that_answered_other_images_is_left_out_and_named) {
  const FakeReproduction reproduction;
  const Adapter adapter = load_adapter("isic2019");
  const auto file = reproduction.out() / "runs/constant/predictions.csv";
  auto predictions = read_predictions(file, attribute_columns(adapter));
  predictions.rows.pop_back();
  write_predictions(file, predictions);
  const Json found = reproduction_statistics(Store::open(reproduction.out()));
  BOOST_TEST(found["left_out"]["constant"] == "it answered other images than search3");
  BOOST_TEST(found["comparisons"].empty());
}

BOOST_AUTO_TEST_CASE(without_a_finished_run_there_is_nothing_to_compare) {
  const FakeReproduction reproduction;
  for (const auto& name : {"runs/search3-s1-0123456789ab", "runs/constant"}) {
    RunRecord record = read_run(reproduction.out() / name);
    record.status = kFailed;
    record.reason = "killed";
    write_run(reproduction.out() / name, record);
  }
  BOOST_CHECK_THROW(reproduction_statistics(Store::open(reproduction.out())), DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
