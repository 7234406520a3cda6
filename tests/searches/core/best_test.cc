#include "searches/core/best.h"

#include <boost/test/unit_test.hpp>

#include "tests/searches/fixture.h"

namespace {

using namespace flnas;
using namespace flnas::tests;

const BestRule kRule = BestRule::for_classes(2);

std::string best_of(const std::vector<Evaluation>& evaluations) {
  return get_best(usable(evaluations), kRule).evaluation->name;
}

/// With standard errors of balanced accuracy and Unfairness.
Evaluation measured(const std::string& name, double unfairness, double balanced, std::int64_t macs,
                    double balanced_error = 0.02, double unfairness_error = 0.05) {
  Evaluation evaluation = evaluated(name, unfairness, 0.7, balanced, macs);
  evaluation.scores.balanced_accuracy_se = balanced_error;
  evaluation.scores.unfairness_se = unfairness_error;
  return evaluation;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(best)

BOOST_AUTO_TEST_CASE(a_fair_design_that_is_clearly_less_accurate_than_another_one_never_wins) {
  // Two standard errors below 0.80 are 0.76.
  BOOST_TEST(best_of({measured("accurate", 0.30, 0.80, 9), measured("level", 0.05, 0.755, 1)}) == "accurate");
  BOOST_TEST(best_of({measured("accurate", 0.30, 0.80, 9), measured("near", 0.05, 0.765, 1)}) == "near");
}

BOOST_AUTO_TEST_CASE(of_designs_within_one_standard_error_of_the_fairest_the_cheapest_wins) {
  BOOST_TEST(best_of({measured("lucky", 0.10, 0.8, 9), measured("cheap", 0.149, 0.79, 1),
                      measured("unfair", 0.16, 0.8, 0)}) == "cheap");
  // The standard error is the fairest one's.
  BOOST_TEST(best_of({measured("lucky", 0.10, 0.8, 9, 0.02, 0.01), measured("cheap", 0.149, 0.79, 1)}) == "lucky");
}

BOOST_AUTO_TEST_CASE(where_a_design_lacks_its_standard_errors_all_are_judged_by_fixed_tolerances) {
  const Evaluation old = evaluated("old", 0.10, 0.7, 0.6, 9);
  BOOST_TEST(best_of({old, measured("cheap", 0.12, 0.6, 1)}) == "old");
  BOOST_TEST(best_of({measured("known", 0.10, 0.6, 9), measured("cheap", 0.12, 0.6, 1)}) == "cheap");
}

BOOST_AUTO_TEST_CASE(each_design_but_the_best_is_told_which_step_of_the_rule_dropped_it) {
  const std::vector<Evaluation> all = {measured("level", 0.05, 0.755, 1), measured("large", 0.10, 0.80, 9),
                                       measured("cheap", 0.12, 0.79, 2), measured("unfair", 0.30, 0.80, 1),
                                       measured("chance", 0.00, 0.50, 1)};
  const std::vector<std::string> expected = {"less accurate", "not smaller", "best", "less fair", "below the floor"};
  BOOST_TEST(verdicts(usable(all), kRule) == expected, boost::test_tools::per_element());
  const std::vector<Evaluation> poor = {measured("a", 0.1, 0.51, 1), measured("b", 0.3, 0.52, 1)};
  BOOST_TEST(verdicts(usable(poor), kRule) == (std::vector<std::string>{"less accurate", "best"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_lines_that_the_rule_draws_are_told_as_numbers) {
  const std::vector<Evaluation> all = {measured("level", 0.05, 0.755, 1), measured("large", 0.10, 0.80, 9),
                                       measured("cheap", 0.12, 0.79, 2)};
  const RuleLimits limits = rule_limits(usable(all), kRule);
  BOOST_TEST(limits.least_balanced == 0.76, boost::test_tools::tolerance(1e-12));  // 0.80 - 2 x 0.02
  BOOST_TEST(*limits.most_unfair == 0.15, boost::test_tools::tolerance(1e-12));    // 0.10 + 0.05; "level" is out
  // Two standard errors may reach below the floor of 0.55.
  BOOST_TEST(rule_limits(usable({measured("vague", 0.1, 0.6, 1, 0.2)}), kRule).least_balanced == 0.55);
  BOOST_TEST(!rule_limits(usable({measured("poor", 0.1, 0.51, 1)}), kRule).most_unfair.has_value());
}

BOOST_AUTO_TEST_CASE(fairness_goes_before_accuracy) {
  BOOST_TEST(best_of({evaluated("accurate", 0.3, 0.9, 0.8, 1), evaluated("fair", 0.1, 0.6, 0.6, 9)}) == "fair");
}

BOOST_AUTO_TEST_CASE(accuracy_decides_between_designs_that_are_about_as_fair) {
  BOOST_TEST(best_of({evaluated("a", 0.100, 0.60, 0.6, 1), evaluated("b", 0.109, 0.65, 0.6, 9)}) == "b");
  BOOST_TEST(best_of({evaluated("a", 0.100, 0.60, 0.6, 1), evaluated("b", 0.111, 0.65, 0.6, 9)}) == "a");
}

BOOST_AUTO_TEST_CASE(cost_decides_between_designs_that_are_about_as_accurate_too) {
  BOOST_TEST(best_of({evaluated("a", 0.1, 0.654, 0.6, 9), evaluated("b", 0.1, 0.65, 0.6, 1)}) == "b");
}

BOOST_AUTO_TEST_CASE(a_constant_predictor_never_wins_however_fair) {
  BOOST_TEST(best_of({evaluated("constant", 0, 0.84, 0.5, 1), evaluated("weak", 0.5, 0.6, 0.56, 9)}) == "weak");
}

BOOST_AUTO_TEST_CASE(where_none_meets_the_floor_the_least_constant_one_is_returned_and_marked) {
  const std::vector<Evaluation> all = {evaluated("constant", 0, 0.84, 0.5, 1), evaluated("nearly", 0.5, 0.6, 0.52, 9)};
  const Best found = get_best(usable(all), kRule);
  BOOST_TEST(found.evaluation->name == "nearly");
  BOOST_TEST(!found.meets_floor);
}

BOOST_AUTO_TEST_CASE(designs_that_failed_to_train_do_not_count) {
  Evaluation failed = evaluated("failed", 0, 1, 1, 1);
  failed.status = kFailed;
  BOOST_TEST(best_of({failed, evaluated("ok", 0.5, 0.6, 0.6, 9)}) == "ok");
  BOOST_TEST(get_best(usable({failed}), kRule).evaluation == nullptr);
}

BOOST_AUTO_TEST_CASE(the_top_three_are_the_best_of_what_is_left) {
  const std::vector<Evaluation> all = {evaluated("third", 0.3, 0.6, 0.6, 1), evaluated("first", 0.1, 0.6, 0.6, 1),
                                       evaluated("constant", 0, 0.8, 0.5, 1), evaluated("second", 0.2, 0.6, 0.6, 1)};
  std::vector<std::string> names;
  for (const auto* e : top(usable(all), kRule, 3)) names.push_back(e->name);
  BOOST_TEST(names == (std::vector<std::string>{"first", "second", "third"}), boost::test_tools::per_element());
  BOOST_TEST(top(usable(all), kRule, 9).size() == 4u);
}

BOOST_AUTO_TEST_CASE(the_front_holds_what_no_other_design_beats_in_everything) {
  const std::vector<Evaluation> all = {evaluated("fair", 0.1, 0.6, 0.6, 5), evaluated("accurate", 0.3, 0.9, 0.6, 5),
                                       evaluated("small", 0.3, 0.6, 0.6, 1), evaluated("beaten", 0.3, 0.6, 0.6, 6),
                                       evaluated("constant", 0, 0.95, 0.5, 1)};
  std::vector<std::string> names;
  for (const auto* e : pareto(usable(all), kRule)) names.push_back(e->name);
  BOOST_TEST(names == (std::vector<std::string>{"fair", "accurate", "small"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
