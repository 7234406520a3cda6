#include "harness/metrics/comparison/significance.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(significance, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(mcnemar_is_the_sign_test_on_the_discordant_rows) {
  // twice the binomial tail at 1/2, summed with whole numbers in Python
  BOOST_TEST(mcnemar(5, 15) == 0.04138946533203125);
  BOOST_TEST(mcnemar(15, 5) == 0.04138946533203125);
  BOOST_TEST(mcnemar(7, 7) == 1.0);
  BOOST_TEST(mcnemar(0, 0) == 1.0);
  BOOST_TEST(mcnemar(400, 480) == 0.007707305043339141, tt::tolerance(1e-11));
}

BOOST_AUTO_TEST_CASE(holm_steps_down_and_never_lowers_a_later_p) {
  const auto adjusted = holm({0.01, 0.04, 0.03, 0.005});
  const std::vector<double> expected = {0.03, 0.06, 0.06, 0.02};  // 3 x 0.01, max(2 x 0.03, 0.04), 2 x 0.03, 4 x 0.005
  BOOST_TEST(adjusted == expected, tt::per_element());
  BOOST_TEST(holm({0.7, 0.6})[1] == 1.0);
}

BOOST_AUTO_TEST_CASE(holm_does_not_count_what_is_undefined) {
  const auto adjusted = holm({0.02, std::nan(""), 0.5});
  BOOST_TEST(adjusted[0] == 0.04);
  BOOST_TEST(std::isnan(adjusted[1]));
}

/// 60 rows of three groups, of which the classifier answers every `wrong`th wrongly.
Outcomes answers(int wrong) {
  Outcomes outcomes = test::empty_outcomes({"benign", "malignant"}, true);
  for (int row = 0; row < 60; ++row) {
    const int label = row % 2;
    test::add(outcomes, 1, {row / 2 % 2, row / 4 % 3}, label, row % wrong == 0 ? 1 - label : label);
  }
  return outcomes;
}

BOOST_AUTO_TEST_CASE(a_classifier_does_not_differ_from_itself) {
  const auto draws = resample(answers(5));
  const auto set = difference(draws, draws, {});
  int defined = 0;
  MetricSet<Difference>::for_each_value(set, [&](const Difference& gap) {
    if (std::isnan(gap.value)) return;
    ++defined;
    BOOST_TEST(gap.value == 0.0);
    BOOST_TEST(gap.low == 0.0);
    BOOST_TEST(gap.high == 0.0);
    BOOST_TEST(gap.p == 1.0);
  });
  BOOST_TEST(defined > 5);
}

BOOST_AUTO_TEST_CASE(pairing_makes_a_nested_improvement_certain) {
  // the second errs wherever the first does, and elsewhere too: in no resample is it better
  const BootstrapConfig config;
  const auto gap = difference(resample(answers(10)), resample(answers(5)), config).accuracy;
  BOOST_TEST(gap.value == 0.1);
  BOOST_TEST(gap.low > 0.0);
  BOOST_TEST(gap.p < 0.02);
  const auto back = difference(resample(answers(5)), resample(answers(10)), config).accuracy;
  BOOST_TEST(back.low == -gap.high);
  BOOST_TEST(back.p == gap.p);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
