#include "harness/evaluation/trainings.h"

#include "harness/evaluation/statistics.h"
#include "tests/records/fixture.h"

namespace flnas {
namespace {

using test::FakeReproduction;

/// A second training of the model: every fourth of its answers is another one.
void add_seed(const FakeReproduction& reproduction) {
  const std::string name = "runs/search3-s2-0123456789ab";
  const auto folder = reproduction.out() / name;
  Predictions predictions = test::some_predictions(1);
  for (std::size_t i = 0; i < predictions.rows.size(); i += 4) {
    PredictionRow& row = predictions.rows[i];
    row.prediction = row.prediction == "benign" ? "malignant" : "benign";
    std::swap(row.probabilities[0], row.probabilities[1]);
  }
  write_predictions(folder / "predictions.csv", predictions);
  RunRecord run = read_run(reproduction.run());
  run.seed = 2;
  const Adapter adapter = load_adapter("isic2019");
  run.metrics = evaluate_predictions(predictions, adapter, adapter.task("binary"), "test");
  write_run(folder, run);
  Reproduction made = read_reproduction(reproduction.out());
  made.runs.push_back(name);
  write_reproduction(reproduction.out(), made);
}

BOOST_AUTO_TEST_SUITE(trainings, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(one_seed_each_has_nothing_to_say) {
  const FakeReproduction reproduction;
  BOOST_TEST(!reproduction_statistics(Store::open(reproduction.out())).contains("trainings"));
}

BOOST_AUTO_TEST_CASE(all_seeds_of_a_model_count_and_training_is_told_from_sampling) {
  const FakeReproduction reproduction;
  add_seed(reproduction);
  const Json found = reproduction_statistics(Store::open(reproduction.out()), {}, metrics::Rules::kNewest);
  const Json& model = found.at("trainings").at("models").at("search3");
  BOOST_TEST(model.at("runs").size() == 2U);
  BOOST_TEST(!found.at("trainings").at("models").contains("constant"));
  double right[2] = {0, 0};
  const Predictions first = test::some_predictions(1);
  for (std::size_t i = 0; i < first.rows.size(); ++i) {
    const bool correct = first.rows[i].prediction == first.rows[i].label;
    right[0] += correct;
    right[1] += i % 4 == 0 ? !correct : correct;
  }
  const double a = right[0] / 24, b = right[1] / 24;
  const Json& accuracy = model.at("accuracy");
  BOOST_TEST(accuracy.at("mean").get<double>() == (a + b) / 2);
  BOOST_TEST(accuracy.at("training_sd").get<double>() == std::abs(a - b) / std::sqrt(2.0));
  BOOST_TEST(accuracy.at("sampling_sd").get<double>() > 0);
  BOOST_TEST(accuracy.at("low").get<double>() < (a + b) / 2);
  BOOST_TEST(model.at("eodd").at("low").is_null());
  BOOST_TEST(model.at("auroc").at("low").get<double>() < model.at("auroc").at("mean").get<double>());
}

BOOST_AUTO_TEST_CASE(the_noise_floor_is_that_of_all_seeds_together) {
  const FakeReproduction reproduction;
  const Json alone = reproduction_statistics(Store::open(reproduction.out()), {}, metrics::Rules::kNewest);
  add_seed(reproduction);
  const Json found = reproduction_statistics(Store::open(reproduction.out()), {}, metrics::Rules::kNewest);
  const auto value = [](const Json& json, const char* where) {
    return json.at("models").at("search3").at("noise").at("unfairness_sum").at(where).get<double>();
  };
  const Json second = read_json(reproduction.out() / "runs/search3-s2-0123456789ab/run.json").at("metrics");
  const Json first = read_json(reproduction.run() / "run.json").at("metrics");
  BOOST_TEST(value(alone, "value") == first.at("unfairness_sum").at("printed").get<double>());
  BOOST_TEST(value(found, "value") == (first.at("unfairness_sum").at("printed").get<double>() +
                                       second.at("unfairness_sum").at("printed").get<double>()) /
                                          2);
  // Statistics of version 2 were of the first seed.
  const Json before = reproduction_statistics(Store::open(reproduction.out()), {}, metrics::Rules::kVersion2);
  BOOST_TEST(before.at("metrics_version") == 2);
  BOOST_TEST(value(before, "value") == value(alone, "value"));
  BOOST_TEST(!before.at("trainings").at("models").at("search3").contains("auroc"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
