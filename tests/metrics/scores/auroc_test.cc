#include "harness/metrics/scores/auroc.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/error.h"

namespace {

using flnas::metrics::auroc;
using flnas::metrics::macro_auroc;

std::optional<double> area(const std::vector<double>& scores, const std::vector<std::uint8_t>& positive) {
  return auroc(scores, positive);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(area_under_roc)

BOOST_AUTO_TEST_CASE(pairs_are_counted_by_hand) {
  // Positives 0.8 and 0.4, negatives 0.6, 0.3 and 0.1: of six pairs one is the wrong way round.
  BOOST_TEST(*area({0.8, 0.4, 0.6, 0.3, 0.1}, {1, 1, 0, 0, 0}) == 5.0 / 6, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(*area({1, 2, 3, 4}, {0, 0, 1, 1}) == 1.0);
  BOOST_TEST(*area({1, 2, 3, 4}, {1, 1, 0, 0}) == 0.0);
}

BOOST_AUTO_TEST_CASE(equal_scores_count_half) {
  BOOST_TEST(*area({7, 7, 7, 7}, {1, 0, 0, 1}) == 0.5);
  // Pairs: (2, 2) half, (2, 1) whole, (3, 2) whole, (3, 1) whole: 3.5 of 4.
  BOOST_TEST(*area({2, 3, 2, 1}, {1, 1, 0, 0}) == 0.875);
}

BOOST_AUTO_TEST_CASE(it_is_undefined_without_both_kinds_or_with_a_score_that_is_no_number) {
  BOOST_TEST(!area({1, 2}, {1, 1}));
  BOOST_TEST(!area({1, 2}, {0, 0}));
  BOOST_TEST(!area({}, {}));
  BOOST_TEST(!area({1, std::nan("")}, {0, 1}));
  BOOST_CHECK_THROW(area({1, 2}, {0}), flnas::DataError);
}

BOOST_AUTO_TEST_CASE(of_two_classes_it_is_that_of_either_and_of_more_the_mean_over_those_that_occur) {
  const std::vector<float> two = {0.2F, 0.8F, 0.6F, 0.4F, 0.4F, 0.6F, 0.7F, 0.3F, 0.9F, 0.1F};
  const std::vector<std::int64_t> labels = {1, 1, 0, 0, 0};
  BOOST_TEST(*macro_auroc(two, labels, 2) == 5.0 / 6, boost::test_tools::tolerance(1e-12));

  // Class 0 against the rest: 1 of 1 and 1 of 1 = 1; class 1: 0.3 against 0.1 and 0.5 = 1/2; class 2 does not occur.
  const std::vector<float> three = {0.8F, 0.1F, 0.1F, 0.5F, 0.3F, 0.2F, 0.6F, 0.5F, 0.0F};
  BOOST_TEST(*macro_auroc(three, std::vector<std::int64_t>{0, 1, 0}, 3) == 0.75);
  BOOST_TEST(!macro_auroc(three, std::vector<std::int64_t>{1, 1, 1}, 3));
}

BOOST_AUTO_TEST_SUITE_END()
