#include "harness/boosting/boosted_trees.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/metrics/comparison/rank_correlation.h"

namespace {

using namespace flnas;

constexpr std::size_t kWidth = 4;

struct Rows {
  std::vector<double> features, targets;
};

/// An interaction, a curve, a step and a feature that says nothing.
Rows make_rows(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    double x[kWidth];
    for (double& value : x) rows.features.push_back(value = random.uniform(-1, 1));
    rows.targets.push_back(60 + 10 * x[0] * x[1] + 5 * x[1] * x[1] + (x[2] > 0.3 ? 4 : 0));
  }
  return rows;
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

BOOST_AUTO_TEST_SUITE(boosted_trees)

BOOST_AUTO_TEST_CASE(a_function_of_the_features_is_learned) {
  const Rows train = make_rows(600, 1), held_out = make_rows(300, 2);
  const BoostedTrees trees = BoostedTrees::fit(train.features, train.targets);
  BOOST_TEST(trees.width() == kWidth);
  const std::vector<double> predicted = trees.predict(held_out.features);
  BOOST_TEST_REQUIRE(predicted.size() == held_out.targets.size());
  BOOST_TEST(metrics::spearman(predicted, held_out.targets) > 0.97);
  double error = 0;
  for (std::size_t i = 0; i < predicted.size(); ++i) error += std::abs(predicted[i] - held_out.targets[i]);
  BOOST_TEST(error / static_cast<double>(predicted.size()) < 0.7);
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_bits) {
  const Rows rows = make_rows(200, 3);
  const auto predicted = [&](std::uint64_t seed) {
    return BoostedTrees::fit(rows.features, rows.targets, {.seed = seed}).predict(rows.features);
  };
  BOOST_TEST((predicted(7) == predicted(7)));
  BOOST_TEST((predicted(7) != predicted(8)));
}

// One tree without shrinkage or penalty: the means of its leaves.
BOOST_AUTO_TEST_CASE(one_split_predicts_the_means_of_both_sides, *boost::unit_test::tolerance(1e-6)) {
  const BoostedTreesConfig stump{
      .rounds = 1, .max_depth = 1, .learning_rate = 1, .subsample = 1, .colsample = 1, .reg_lambda = 0};
  const std::vector<double> features = {1, 2, 3, 10, 11}, targets = {0, 1, 2, 20, 30};
  const std::vector<double> predicted = BoostedTrees::fit(features, targets, stump).predict(std::vector<double>{2, 12});
  BOOST_TEST(predicted[0] == 1.0);
  BOOST_TEST(predicted[1] == 25.0);
}

BOOST_AUTO_TEST_CASE(missing_values_are_learned_too) {
  Rows rows = make_rows(300, 4);
  for (std::size_t i = 0; i < rows.targets.size(); i += 3) {
    rows.features[i * kWidth] = std::numeric_limits<double>::quiet_NaN();
    rows.targets[i] = 100;
  }
  const auto predicted = BoostedTrees::fit(rows.features, rows.targets).predict(rows.features);
  BOOST_TEST(std::abs(predicted[0] - 100) < 5);
  BOOST_TEST(predicted[1] < 90);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_is_a_configuration_error) {
  const std::vector<double> targets = {1, 2};
  const auto fit = [&](const std::vector<double>& features, const BoostedTreesConfig& config = {}) {
    return message_of([&] { BoostedTrees::fit(features, targets, config); });
  };
  BOOST_TEST(contains(fit({1, 2, 3}), "3 features do not make 2 rows"));
  BOOST_TEST(contains(fit({}), "0 features"));
  BOOST_TEST(contains(fit({1, 2, 3, 1e47}), "row 1, column 1 is 1e+47"));
  BOOST_TEST(contains(fit({1, 2, -std::numeric_limits<double>::infinity(), 1}), "row 1, column 0 is -inf"));
  const std::string problems = fit({1, 2}, {.rounds = 0, .learning_rate = 2, .seed = std::uint64_t{1} << 40});
  BOOST_TEST(contains(problems, "rounds must be 1"));
  BOOST_TEST(contains(problems, "learning_rate"));
  BOOST_TEST(contains(problems, "seed"));
  BOOST_TEST(contains(message_of([] {
                        const std::vector<double> features = {1, 2}, bad = {1, std::nan("")};
                        BoostedTrees::fit(features, bad);
                      }),
                      "targets: row 1 is nan"));
  const BoostedTrees trees = BoostedTrees::fit(std::vector<double>{1, 2, 3, 4}, targets, {.rounds = 2});
  BOOST_TEST(contains(message_of([&] { trees.predict(std::vector<double>{1, 2, 3}); }), "rows of 2"));
  BOOST_TEST(trees.predict({}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
