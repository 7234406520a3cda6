#include "harness/metrics/comparison/two_level.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numbers>

#include "harness/base/random.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::metrics {
namespace {

BOOST_AUTO_TEST_SUITE(two_level_, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(students_t_has_the_values_of_the_tables) {
  // With one degree it is Cauchy's distribution, whose quantile is a tangent.
  BOOST_TEST(student_t_of_tails(0.05, 1) == std::tan(std::numbers::pi * 0.475));
  BOOST_TEST(student_t_of_tails(0.05, 4) == 2.7764451051977987);
  BOOST_TEST(student_t_of_tails(0.05, 2.5) < student_t_of_tails(0.05, 2));
  BOOST_TEST(student_t_of_tails(0.05, 2.5) > student_t_of_tails(0.05, 3));
  BOOST_TEST(student_t_of_tails(0.05, 1e9) == 1.959963984540054);
  BOOST_TEST(student_t_tails(2.0, 10) == 0.07338803477074037);
  BOOST_TEST(student_t_tails(-2.0, 10) == student_t_tails(2.0, 10));
  BOOST_TEST(student_t_tails(0, 3) == 1);
}

BOOST_AUTO_TEST_CASE(both_levels_are_added_as_variances) {
  // Training: 0.8, 0.9: variance 0.005, of the mean 0.0025. Sampling: means 0.84, 0.86: variance 0.0002.
  const Trainings trainings{{0.8, 0.9}, {{0.79, 0.81}, {0.89, 0.91}}};
  const TwoLevel found = two_level(trainings);
  BOOST_TEST(found.mean == 0.85);
  BOOST_TEST(found.training_sd == std::sqrt(0.005));
  BOOST_TEST(found.sampling_sd == std::sqrt(0.0002));
  const double normal = student_t_of_tails(0.05, 1e9), student = student_t_of_tails(0.05, 1);
  BOOST_TEST(found.high - found.mean == std::sqrt(normal * normal * 0.0002 + student * student * 0.0025));
  BOOST_TEST(found.mean - found.low == found.high - found.mean);
}

BOOST_AUTO_TEST_CASE(one_training_has_a_mean_and_no_interval) {
  const TwoLevel found = two_level({{0.8}, {{0.79, 0.81}}});
  BOOST_TEST(found.mean == 0.8);
  BOOST_TEST(std::isnan(found.low));
  BOOST_TEST(std::isnan(found.training_sd));
  BOOST_TEST(std::isnan(two_level_difference({{0.8}, {{0.79, 0.81}}}, {{0.8, 0.9}, {{0.8, 0.8}, {0.9, 0.9}}}).p));
}

BOOST_AUTO_TEST_CASE(the_p_value_is_the_level_whose_interval_reaches_zero) {
  const Trainings first{{0.8, 0.8}, {{0.8, 0.8, 0.8}, {0.8, 0.8, 0.8}}};
  const Trainings second{{0.7, 0.7}, {{0.65, 0.7, 0.75}, {0.65, 0.7, 0.75}}};
  const auto found = two_level_difference(first, second);  // sampling alone: z = 0.1 / 0.05
  BOOST_TEST(found.p == std::erfc(2 / std::sqrt(2.0)), boost::test_tools::tolerance(1e-6));
  BOOST_TEST(found.low == 0.1 - 1.959963984540054 * 0.05);
}

BOOST_AUTO_TEST_CASE(the_trainings_of_both_have_welchs_degrees_of_freedom) {
  // Without sampling noise it is Welch's test.
  const Trainings first{{0.8, 0.9}, {{0.8, 0.8}, {0.9, 0.9}}};
  const Trainings second{{0.7, 0.72, 0.74}, {{0.7, 0.7}, {0.72, 0.72}, {0.74, 0.74}}};
  const double variance = 0.005 / 2 + 0.0004 / 3,
               degrees = variance * variance / (0.0025 * 0.0025 + 0.0004 * 0.0004 / 18);
  const auto found = two_level_difference(first, second);
  BOOST_TEST(found.value == 0.13);
  BOOST_TEST(found.high - found.value == student_t_of_tails(0.05, degrees) * std::sqrt(variance));
  BOOST_TEST(found.p == student_t_tails(0.13 / std::sqrt(variance), degrees), boost::test_tools::tolerance(1e-6));
  BOOST_TEST(two_level_difference(first, second, Rules::kVersion2).high > found.high);
}

BOOST_AUTO_TEST_CASE(models_that_do_not_differ_have_no_difference) {
  const Trainings same{{0.8, 0.8}, {{0.8, 0.8}, {0.8, 0.8}}};
  BOOST_TEST(two_level_difference(same, same).p == 1);
}

/// A model whose trainings and lesions both matter: value = truth + training + sampling.
struct Drawn {
  Trainings trainings;
  Drawn(double truth, int seeds, double training, const std::vector<double>& lesions, double sampled, Random& random) {
    for (int s = 0; s < seeds; ++s) {
      const double own = truth + training * random.normal();
      trainings.values.push_back(own + sampled);
      auto& draws = trainings.draws.emplace_back();
      for (const double lesion : lesions) draws.push_back(own + sampled + lesion);
    }
  }
};

BOOST_AUTO_TEST_CASE(the_interval_covers_the_mean_of_all_trainings_and_samples) {
  Random random(1);
  for (const int seeds : {2, 3, 5}) {
    for (const double training : {0.0, 0.01, 0.03}) {
      int covered = 0, alarms = 0;
      constexpr int kStudies = 400;
      for (int study = 0; study < kStudies; ++study) {
        std::vector<double> lesions(50);
        for (double& lesion : lesions) lesion = 0.01 * random.normal();
        const double sampled = 0.01 * random.normal();
        const Drawn a(0.8, seeds, training, lesions, sampled, random),
            b(0.8, seeds, training, lesions, sampled, random);
        const TwoLevel found = two_level(a.trainings);
        covered += found.low <= 0.8 && 0.8 <= found.high;
        alarms += two_level_difference(a.trainings, b.trainings).p < 0.05;
      }
      BOOST_TEST_CONTEXT(seeds << " seeds, training " << training) {
        BOOST_TEST(covered >= 0.93 * kStudies);
        BOOST_TEST(alarms <= 0.065 * kStudies);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(influence_values_take_the_place_of_draws) {
  // Mean influence values 0.01, -0.01, 0, 0: variance 4/3 x 0.0002, of few lesions.
  const Influence first{0.8, {0.02, -0.02, 0, 0}, 4, 3}, second{0.9, {0, 0, 0, 0}, 4, 3};
  const TwoLevel found = two_level(std::vector<Influence>{first, second});
  BOOST_TEST(found.mean == 0.85);
  BOOST_TEST(found.training_sd == std::sqrt(0.005));
  BOOST_TEST(found.sampling_sd == std::sqrt(4.0 / 3 * 0.0002));
  BOOST_TEST(found.low < found.mean);
  const auto same = two_level_difference(std::vector<Influence>{first, first}, std::vector<Influence>{first, first});
  BOOST_TEST(same.value == 0.0);
  BOOST_TEST(same.p == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
