#include "harness/metrics/comparison/ahead.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "harness/base/random.h"
#include "harness/metrics/intervals/student_t.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kNormal = 1.959963984540054;

/// A difference of standard error 1.
Difference gap(double value) {
  return {value, value - kNormal, value + kNormal, std::erfc(std::abs(value) / std::sqrt(2.0))};
}

BOOST_AUTO_TEST_SUITE(ahead, *boost::unit_test::tolerance(1e-9))

BOOST_AUTO_TEST_CASE(ahead_of_one_is_its_difference) {
  const Ahead found = ahead_of_best({gap(2.5)});
  BOOST_TEST(found.value == 2.5);
  BOOST_TEST(found.low == 2.5 - kNormal);
  BOOST_TEST(found.high == 2.5 + kNormal);
  BOOST_TEST(found.p == gap(2.5).p);
}

BOOST_AUTO_TEST_CASE(ahead_of_all_is_as_sure_as_the_least_sure_difference) {
  const Ahead found = ahead_of_best({gap(4), gap(3), {kNaN, kNaN, kNaN, kNaN}});
  BOOST_TEST(found.other == 1U);
  BOOST_TEST(found.value == 3);
  BOOST_TEST(found.low == 3 - kNormal);
  BOOST_TEST(found.high == 3 + 2.2414027276049473);  // two others: the normal's 98.75 % point
  BOOST_TEST(found.p == gap(3).p);
}

BOOST_AUTO_TEST_CASE(behind_one_is_not_ahead) {
  BOOST_TEST(ahead_of_best({gap(4), gap(-0.1)}).p == 1);
  BOOST_TEST(std::isnan(ahead_of_best({}).value));
  BOOST_TEST(std::isnan(ahead_of_best({{1, kNaN, kNaN, kNaN}, gap(4)}).p));
}

BOOST_AUTO_TEST_CASE(the_interval_covers_whichever_of_the_others_is_the_best) {
  // Five others; their differences share half of their variance, as those to one classifier do.
  constexpr int kSamples = 4000, kOthers = 5;
  for (const double spread : {0.0, 1.0, 3.0}) {
    Random random(7);
    int covered = 0, false_alarms = 0;
    for (int sample = 0; sample < kSamples; ++sample) {
      const double common = random.normal();
      std::vector<Difference> gaps;
      for (int other = 0; other < kOthers; ++other) {
        gaps.push_back(gap(spread * other + (common + random.normal()) / std::sqrt(2.0)));  // the least truth is 0
      }
      const Ahead found = ahead_of_best(gaps);
      covered += found.low <= 0 && 0 <= found.high ? 1 : 0;
      false_alarms += found.p < 0.05 ? 1 : 0;
    }
    BOOST_TEST(covered / double(kSamples) >= 0.95 - 3 * 0.0035, "spread " << spread << ": " << covered);
    BOOST_TEST(false_alarms / double(kSamples) <= 0.05, "spread " << spread << ": " << false_alarms);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
