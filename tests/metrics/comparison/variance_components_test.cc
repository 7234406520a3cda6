#include "harness/metrics/comparison/variance_components.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/error.h"
#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

using Values = std::vector<std::vector<std::vector<double>>>;

/// Standard deviations of a population of studies.
struct Truth {
  double architecture, fold, interaction, seed;
};

Values drawn(const Truth& truth, int architectures, int folds, int seeds, Random& random) {
  std::vector<double> of_fold;
  for (int f = 0; f < folds; ++f) of_fold.push_back(truth.fold * random.normal());
  Values values(architectures);
  for (auto& row : values) {
    const double own = truth.architecture * random.normal();
    for (int f = 0; f < folds; ++f) {
      const double cell = 0.3 + own + of_fold[f] + truth.interaction * random.normal();
      row.emplace_back();
      for (int s = 0; s < seeds; ++s) row.back().push_back(cell + truth.seed * random.normal());
    }
  }
  return values;
}

BOOST_AUTO_TEST_SUITE(variance_components_, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(components_follow_from_the_mean_squares) {
  // Means of rows 2 and 6, of columns 3 and 5, all 4; cells 1, 3 and 5, 7 have no interaction; seeds differ by 2.
  const Values values{{{0, 2}, {2, 4}}, {{4, 6}, {6, 8}}};
  // Mean squares: architecture 32, fold 8, interaction 0, error 2.
  const auto found = variance_components(values, 400);
  BOOST_TEST(found.training.value == std::sqrt(2.0));
  BOOST_TEST(found.interaction.value == 0);
  BOOST_TEST(found.architecture.value == std::sqrt(32.0 / 4));
  BOOST_TEST(found.fold.value == std::sqrt(8.0 / 4));
  BOOST_TEST(found.architecture_less_fold.value == std::sqrt(8.0) - std::sqrt(2.0));
}

BOOST_AUTO_TEST_CASE(one_seed_cannot_tell_training_from_interaction) {
  const auto found = variance_components({{{1}, {3}}, {{5}, {6}}, {{2}, {8}}}, 400);
  BOOST_TEST(std::isnan(found.interaction.value));
  // Residuals of the two-way table: squares sum to 37 / 3 with 2 degrees.
  const double rows[] = {2, 5.5, 5}, columns[] = {8.0 / 3, 17.0 / 3}, cells[] = {1, 3, 5, 6, 2, 8};
  double squares = 0;
  for (int i = 0; i < 6; ++i) squares += std::pow(cells[i] - rows[i / 2] - columns[i % 2] + 25.0 / 6, 2);
  BOOST_TEST(found.training.value == std::sqrt(squares / 2));
}

BOOST_AUTO_TEST_CASE(one_fold_leaves_seeds_alone) {
  // Mean squares: architectures 4, seeds 2.
  const auto found = variance_components({{{0, 2}}, {{2, 4}}}, 400);
  BOOST_TEST(std::isnan(found.fold.value));
  BOOST_TEST(found.training.value == std::sqrt(2.0));
  BOOST_TEST(found.architecture.value == std::sqrt((4.0 - 2) / 2));
}

BOOST_AUTO_TEST_CASE(a_layout_with_gaps_is_refused_and_too_small_a_one_says_nothing) {
  BOOST_CHECK_THROW(variance_components({{{1}, {2}}, {{1}}}), DataError);
  BOOST_CHECK_THROW(variance_components({{{1, 2}, {2}}, {{1, 2}, {2, 3}}}), DataError);
  BOOST_TEST(std::isnan(variance_components({{{1}, {2}}}).architecture.value));
  BOOST_TEST(std::isnan(variance_components({{{1}}, {{2}}}).architecture.value));
}

BOOST_AUTO_TEST_CASE(intervals_cover_the_components_of_the_population) {
  struct Case {
    Truth truth;
    int architectures, folds, seeds;
  };
  constexpr int kSamples = 400;
  constexpr double kLeast = 0.95 - 3 * 0.011;  // three standard errors of the simulation
  for (const Case& each : {Case{{0, 0.05, 0.05, 0.05}, 6, 5, 3}, Case{{0.05, 0.05, 0.05, 0.05}, 6, 5, 3},
                           Case{{0.1, 0.02, 0.02, 0.05}, 8, 5, 3}, Case{{0.05, 0.05, 0, 0.05}, 6, 5, 1},
                           Case{{0.05, 0, 0, 0.05}, 8, 1, 4}}) {
    Random random(5);
    int architecture = 0, fold = 0, training = 0, less_training = 0, less_fold = 0;
    const auto covers = [](const Estimate& found, double truth) {
      return std::isnan(found.value) || (found.low <= truth && truth <= found.high) ? 1 : 0;
    };
    for (int sample = 0; sample < kSamples; ++sample) {
      const auto values = drawn(each.truth, each.architectures, each.folds, each.seeds, random);
      const auto found = variance_components(values, 400, 3 + static_cast<std::uint64_t>(sample));
      architecture += covers(found.architecture, each.truth.architecture);
      fold += covers(found.fold, each.truth.fold);
      training += covers(found.training, each.truth.seed);
      less_training += covers(found.architecture_less_training, each.truth.architecture - each.truth.seed);
      less_fold += covers(found.architecture_less_fold, each.truth.architecture - each.truth.fold);
    }
    BOOST_TEST_CONTEXT("architecture sd " << each.truth.architecture << ", " << each.folds << " folds, " << each.seeds
                                          << " seeds") {
      BOOST_TEST(architecture >= kLeast * kSamples);
      BOOST_TEST(fold >= kLeast * kSamples);
      BOOST_TEST(training >= kLeast * kSamples);
      BOOST_TEST(less_training >= kLeast * kSamples);
      BOOST_TEST(less_fold >= kLeast * kSamples);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
