#include "harness/metrics/rates/outcomes.h"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "harness/base/error.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

Outcomes good() {
  Outcomes rows = test::empty_outcomes({"benign", "malignant"});
  test::add(rows, 2, {0}, 0, 1);
  return rows;
}

BOOST_AUTO_TEST_SUITE(outcomes_check)

BOOST_AUTO_TEST_CASE(whole_outcomes_pass) {
  BOOST_CHECK_NO_THROW(check(good()));
  BOOST_TEST(lesion_count(good()) == 2);
}

BOOST_AUTO_TEST_CASE(broken_outcomes_are_refused) {
  const std::vector<std::function<void(Outcomes&)>> breaks = {
      [](Outcomes& o) { o.classes = {"benign"}; },
      [](Outcomes& o) { o.positive = -1; },
      [](Outcomes& o) { o.labels[1] = 2; },
      [](Outcomes& o) { o.predictions[0] = -1; },
      [](Outcomes& o) { o.predictions.pop_back(); },
      [](Outcomes& o) { o.lesions[0] = 2; },
      [](Outcomes& o) { o.groups[0][0] = 2; },
      [](Outcomes& o) { o.groups.pop_back(); },
      [](Outcomes& o) { o.attributes[0].groups[1] = "male"; },
      [](Outcomes& o) {
        o.attributes[0].pairs = {{0, 2}};
      },
      [](Outcomes& o) {
        o.attributes[0].pairs = {{1, 1}};
      },
      [](Outcomes& o) { o.labels.clear(), o.predictions.clear(), o.lesions.clear(), o.groups[0].clear(); },
  };
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    Outcomes rows = good();
    breaks[i](rows);
    BOOST_TEST_CONTEXT("break " << i) { BOOST_CHECK_THROW(check(rows), DataError); }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
