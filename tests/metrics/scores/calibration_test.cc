#include "harness/metrics/scores/calibration.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/random.h"

namespace {

using flnas::metrics::Calibration;

const std::vector<std::uint32_t> kRows{0, 1, 2, 3};
const std::vector<int> kLesions{0, 1, 2, 3};

BOOST_AUTO_TEST_SUITE(calibration, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(two_classes_by_hand) {
  // Positive class 1 with 0.25, 0.25, 0.75 and 0.35; labels 0, 1, 1, 0.
  const std::vector<double> p{0.75, 0.25, 0.75, 0.25, 0.25, 0.75, 0.65, 0.35};
  const std::vector<int> labels{0, 1, 1, 0};
  const Calibration judged(kRows, p, labels, kLesions, 2, 1);
  BOOST_TEST(judged.brier().value == (0.0625 + 0.5625 + 0.0625 + 0.1225) / 4);
  // Bins: (0.2, 0.3] mean 0.25, share 1/2; (0.3, 0.4] 0.35, 0; (0.7, 0.8] 0.75, 1.
  BOOST_TEST(judged.ece() == (2 * 0.25 + 0.35 + 0.25) / 4);
  const Calibration none({}, p, labels, kLesions, 2, 1);
  BOOST_TEST(std::isnan(none.brier().value));
  BOOST_TEST(std::isnan(none.ece()));
  BOOST_TEST(std::isnan(none.ece_estimate({}).low));
  const Calibration other(kRows, p, labels, kLesions, 2, 0);
  BOOST_TEST(other.brier().value == judged.brier().value);  // of two classes it is the same for either
}

BOOST_AUTO_TEST_CASE(three_classes_by_hand) {
  const std::vector<double> p{0.5, 0.25, 0.25, 0.25, 0.5, 0.25};
  const std::vector<int> labels{0, 2};
  const std::vector<std::uint32_t> rows{0, 1};
  const Calibration judged(rows, p, labels, kLesions, 3, -1);
  BOOST_TEST(judged.brier().value == ((0.25 + 0.0625 + 0.0625) + (0.0625 + 0.25 + 0.5625)) / 2);
  BOOST_TEST(judged.ece() == 0.0);  // two answers of 0.5, one of them right
}

BOOST_AUTO_TEST_CASE(a_value_on_an_edge_belongs_to_the_lower_bin_also_as_a_float) {
  for (const double edge : {0.3, static_cast<double>(0.3F)}) {
    const std::vector<double> p{1 - edge, edge, 0.75, 0.25};
    const std::vector<int> labels{1, 0};
    const std::vector<std::uint32_t> rows{0, 1};
    // In one bin: |0.275 - 0.5|; in two it would be (0.7 + 0.25) / 2.
    BOOST_TEST(Calibration(rows, p, labels, kLesions, 2, 1).ece() == 0.225, boost::test_tools::tolerance(1e-6));
  }
}

BOOST_AUTO_TEST_CASE(noise_alone_is_no_miscalibration_and_a_true_gap_is_found) {
  flnas::Random random(3);
  std::vector<std::uint32_t> rows;
  std::vector<int> labels, wrong, lesions;
  std::vector<double> p;
  for (std::uint32_t row = 0; row < 400; ++row) {
    const double positive = random.uniform();
    rows.push_back(row);
    lesions.push_back(static_cast<int>(row));
    p.insert(p.end(), {1 - positive, positive});
    labels.push_back(random.uniform() < positive ? 1 : 0);
    wrong.push_back(random.uniform() < 0.5 ? 1 : 0);
  }
  const auto calibrated = Calibration(rows, p, labels, lesions, 2, 1).ece_estimate({.resamples = 500});
  BOOST_TEST(calibrated.value > 0.0);
  BOOST_TEST(calibrated.low == 0.0);
  BOOST_TEST(calibrated.debiased < calibrated.value);
  const auto far = Calibration(rows, p, wrong, lesions, 2, 1).ece_estimate({.resamples = 500});  // true: 0.25
  BOOST_TEST(far.low > 0.15);
  BOOST_TEST(far.low < 0.25);
  BOOST_TEST(far.high > 0.25);
  BOOST_TEST(far.high < 0.35);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
