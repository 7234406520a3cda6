#include "harness/metrics/rates/fairness.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <iterator>
#include <set>
#include <stdexcept>

#include "harness/metrics/metric_table.h"
#include "tests/metrics/fixture.h"

namespace flnas::metrics {
namespace {

using test::add;
using test::empty_outcomes;
using test::kUnknown;

constexpr int kBenign = 0, kMalignant = 1;
constexpr int kMale = 0, kFemale = 1;

MetricSet<double> metrics_of(const Outcomes& outcomes) { return evaluate(outcomes, tally(outcomes)); }

/// Male:    4 malignant, 3 found; 6 benign, 2 taken for malignant.  Accuracy (3 + 4) / 10 = 0.7.
/// Female:  5 malignant, 2 found; 5 benign, 1 taken for malignant.  Accuracy (2 + 4) / 10 = 0.6.
/// Unknown: 1 malignant, found; 1 benign, found.                    Accuracy 1.
Outcomes two_sexes() {
  Outcomes rows = empty_outcomes({"benign", "malignant"});
  add(rows, 3, {kMale}, kMalignant, kMalignant);
  add(rows, 1, {kMale}, kMalignant, kBenign);
  add(rows, 2, {kMale}, kBenign, kMalignant);
  add(rows, 4, {kMale}, kBenign, kBenign);
  add(rows, 2, {kFemale}, kMalignant, kMalignant);
  add(rows, 3, {kFemale}, kMalignant, kBenign);
  add(rows, 1, {kFemale}, kBenign, kMalignant);
  add(rows, 4, {kFemale}, kBenign, kBenign);
  add(rows, 1, {kUnknown}, kMalignant, kMalignant);
  add(rows, 1, {kUnknown}, kBenign, kBenign);
  return rows;
}

BOOST_AUTO_TEST_SUITE(fairness, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(accuracy_counts_rows_with_unknown_groups) {
  const auto set = metrics_of(two_sexes());
  BOOST_TEST(set.accuracy == 15.0 / 22);
  // Malignant 3 + 2 + 1 of 10, benign 4 + 4 + 1 of 12.
  BOOST_TEST(set.recall[kMalignant] == 0.6);
  BOOST_TEST(set.recall[kBenign] == 0.75);
  BOOST_TEST(set.balanced_accuracy == 0.675);
  BOOST_TEST(set.groups[kMale] == 0.7);
  BOOST_TEST(set.groups[kFemale] == 0.6);
  BOOST_TEST(set.unknown == 1.0);
  BOOST_TEST(set.worst_group == 0.6);
}

BOOST_AUTO_TEST_CASE(unfairness_compares_known_groups_with_the_overall_accuracy) {
  const auto set = metrics_of(two_sexes());
  // |0.7 - 15/22| + |0.6 - 15/22| = 0.4/22 + 1.8/22 = 0.1; the unknown rows are no third term.
  BOOST_TEST(set.unfairness_sum == 0.1);
  BOOST_TEST(set.unfairness_mean == 0.05);
}

BOOST_AUTO_TEST_CASE(equalized_odds_of_two_classes_are_those_of_the_positive_one) {
  const auto set = metrics_of(two_sexes());
  // TPR 3/4 and 2/5, FPR 2/6 and 1/5.
  BOOST_TEST(set.eopp1 == 0.35);
  BOOST_TEST(set.eopp2 == 2.0 / 15);
  BOOST_TEST(set.eodd == 0.35);
}

BOOST_AUTO_TEST_CASE(the_pruning_sums_take_both_classes) {
  const auto set = metrics_of(two_sexes());
  // Malignant dTPR 0.35, dFPR 2/15; benign against the rest dTPR -2/15, dFPR -0.35.
  BOOST_TEST(set.sum_abs_dtpr == 0.35 + 2.0 / 15);
  BOOST_TEST(set.sum_abs_dtnr == 0.35 + 2.0 / 15);
  BOOST_TEST(set.sum_abs_dtpr_plus_dfpr == 2 * (0.35 + 2.0 / 15));
}

BOOST_AUTO_TEST_CASE(opposite_gaps_cancel_in_the_signed_sum_alone) {
  Outcomes rows = empty_outcomes({"benign", "malignant"});
  for (const int sex : {kMale, kFemale}) {
    // Male TPR 3/4, FPR 1/4; female TPR 1/4, FPR 3/4.
    const int found = sex == kMale ? 3 : 1;
    add(rows, found, {sex}, kMalignant, kMalignant);
    add(rows, 4 - found, {sex}, kMalignant, kBenign);
    add(rows, 4 - found, {sex}, kBenign, kMalignant);
    add(rows, found, {sex}, kBenign, kBenign);
  }
  const auto set = metrics_of(rows);
  BOOST_TEST(set.eodd == 0.5);
  BOOST_TEST(set.sum_abs_dtpr == 1.0);
  BOOST_TEST(set.sum_abs_dtpr_plus_dfpr == 0.0);
}

BOOST_AUTO_TEST_CASE(a_pair_without_positives_leaves_eodd_and_eopp1_but_not_eopp2) {
  Outcomes rows = empty_outcomes({"benign", "malignant"}, true);
  // Young: no malignant row, FPR 1/4. Middle: TPR 1/2, FPR 0. Old: TPR 1, FPR 1/2. Sex unknown everywhere.
  add(rows, 1, {kUnknown, 0}, kBenign, kMalignant);
  add(rows, 3, {kUnknown, 0}, kBenign, kBenign);
  add(rows, 1, {kUnknown, 1}, kMalignant, kMalignant);
  add(rows, 1, {kUnknown, 1}, kMalignant, kBenign);
  add(rows, 2, {kUnknown, 1}, kBenign, kBenign);
  add(rows, 2, {kUnknown, 2}, kMalignant, kMalignant);
  add(rows, 1, {kUnknown, 2}, kBenign, kMalignant);
  add(rows, 1, {kUnknown, 2}, kBenign, kBenign);
  const auto set = metrics_of(rows);
  // Of four pairs (male, female) has no rate at all, two have no TPR gap.
  BOOST_TEST(set.eopp1 == 0.5);                      // (middle, old)
  BOOST_TEST(set.eodd == 0.5);                       // (middle, old): max(1/2, 1/2)
  BOOST_TEST(set.eopp2 == (0.25 + 0.25 + 0.5) / 3);  // the three pairs of ages
  BOOST_TEST(set.unfairness_sum == 0.0);             // 3 of 4 right in each age
}

BOOST_AUTO_TEST_CASE(a_pair_without_negatives_leaves_eodd_and_eopp2_but_not_eopp1) {
  Outcomes rows = empty_outcomes({"benign", "malignant"});
  // TPR 1/2 and 1; female has no benign row.
  add(rows, 1, {kMale}, kMalignant, kMalignant);
  add(rows, 1, {kMale}, kMalignant, kBenign);
  add(rows, 1, {kMale}, kBenign, kBenign);
  add(rows, 1, {kFemale}, kMalignant, kMalignant);
  const auto set = metrics_of(rows);
  BOOST_TEST(set.eopp1 == 0.5);
  BOOST_TEST(std::isnan(set.eodd));
  BOOST_TEST(std::isnan(set.eopp2));
}

BOOST_AUTO_TEST_CASE(left_out_pairs_are_counted_with_the_group_and_class_that_caused_it) {
  Outcomes rows = empty_outcomes({"benign", "malignant"}, true);
  for (const int age : {0, 1, 2}) {
    add(rows, 2, {kMale, age}, kBenign, kBenign);
    if (age > 0) add(rows, 2, {kFemale, age}, kMalignant, kMalignant);
  }
  const auto use = pair_use(rows, tally(rows));
  BOOST_TEST(use.pairs == 4);
  BOOST_TEST(use.classes == 1);
  // TPR: male and young have no malignant row. FPR: female has no benign row.
  BOOST_TEST(use.eopp1 == 1);  // (middle, old)
  BOOST_TEST(use.eopp2 == 3);  // the ages
  BOOST_TEST(use.eodd == 1);
  BOOST_REQUIRE(use.empty.size() == 3u);
  BOOST_TEST(use.empty[0].group == "male");
  BOOST_TEST(use.empty[0].rate == "tpr");
  BOOST_TEST(use.empty[0].terms == 1);
  BOOST_TEST(use.empty[1].group == "female");
  BOOST_TEST(use.empty[1].rate == "fpr and tnr");
  BOOST_TEST(use.empty[2].group == "young");
  BOOST_TEST(use.empty[2].of_class == "malignant");
  BOOST_TEST(use.empty[2].terms == 2);
}

BOOST_AUTO_TEST_CASE(more_classes_are_taken_one_against_the_rest_and_averaged_over_those_with_a_value) {
  Outcomes rows = empty_outcomes({"a", "b", "c"});
  // Male:   a 2 of 2 right; b 1 of 2 right, the other taken for a.
  // Female: a 1 of 2 right, the other taken for b; b 2 of 2 right; c 1 of 1 right.
  add(rows, 2, {kMale}, 0, 0);
  add(rows, 1, {kMale}, 1, 1);
  add(rows, 1, {kMale}, 1, 0);
  add(rows, 1, {kFemale}, 0, 0);
  add(rows, 1, {kFemale}, 0, 1);
  add(rows, 2, {kFemale}, 1, 1);
  add(rows, 1, {kFemale}, 2, 2);
  const auto set = metrics_of(rows);
  // a: dTPR 1 - 1/2, FPR male 1/2, female 0/3. b: dTPR 1/2 - 1, FPR male 0/2, female 1/3.
  // c: male has no c, so no TPR gap; FPR male 0/4, female 0/4.
  BOOST_TEST(set.eopp1 == (0.5 + 0.5) / 2);
  BOOST_TEST(set.eodd == (0.5 + 0.5) / 2);
  BOOST_TEST(set.eopp2 == (0.5 + 1.0 / 3 + 0) / 3);
  BOOST_TEST(set.sum_abs_dtpr == 1.0);
  BOOST_TEST(set.sum_abs_dtnr == 0.5 + 1.0 / 3);
  // a: +1/2 + 1/2; b: -1/2 - 1/3; c has no value.
  BOOST_TEST(set.sum_abs_dtpr_plus_dfpr == 1.0 + 5.0 / 6);
  BOOST_TEST(set.balanced_accuracy == (3.0 / 4 + 3.0 / 4 + 1) / 3);
}

BOOST_AUTO_TEST_CASE(a_class_without_rows_is_left_out_of_balanced_accuracy) {
  Outcomes rows = empty_outcomes({"a", "b", "c"});
  add(rows, 1, {kMale}, 0, 0);
  add(rows, 1, {kFemale}, 1, 0);
  const auto set = metrics_of(rows);
  BOOST_TEST(set.balanced_accuracy == 0.5);
  BOOST_TEST(std::isnan(set.recall[2]));
}

BOOST_AUTO_TEST_CASE(an_empty_group_leaves_both_mean_and_sum) {
  Outcomes rows = empty_outcomes({"benign", "malignant"});
  add(rows, 3, {kMale}, kBenign, kBenign);
  add(rows, 1, {kUnknown}, kBenign, kMalignant);
  const auto set = metrics_of(rows);
  BOOST_TEST(set.unfairness_sum == 0.25);  // |1 - 3/4|
  BOOST_TEST(set.unfairness_mean == 0.25);
  BOOST_TEST(std::isnan(set.groups[kFemale]));
}

BOOST_AUTO_TEST_CASE(without_groups_every_fairness_metric_is_undefined) {
  Outcomes rows = empty_outcomes({"benign", "malignant"});
  add(rows, 3, {kUnknown}, kBenign, kBenign);
  const auto set = metrics_of(rows);
  BOOST_TEST(set.accuracy == 1.0);
  for (const double value : {set.worst_group, set.unfairness_mean, set.unfairness_sum, set.eodd, set.eopp1, set.eopp2,
                             set.sum_abs_dtnr, set.sum_abs_dtpr, set.sum_abs_dtpr_plus_dfpr}) {
    BOOST_TEST(std::isnan(value));
  }
}

BOOST_AUTO_TEST_CASE(the_names_of_a_set_are_those_of_its_values_and_stand_in_the_table) {
  const MetricSet<double> set{};
  std::vector<double> values;
  MetricSet<double>::for_each_value(set, [&](double value) { values.push_back(value); });
  BOOST_TEST(std::size(kMetricNames) + 1 == values.size());  // and the accuracy of unknown groups
  for (const std::string_view name : kMetricNames) BOOST_TEST(find_metric(name) != nullptr, name);
  BOOST_TEST(place_in_set("eodd") == 5u);
  BOOST_CHECK_THROW(place_in_set("recall"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(every_metric_has_a_title_a_direction_and_a_meaning_of_its_own) {
  std::set<std::string> names, titles;
  for (const MetricInfo& metric : metric_table()) {
    BOOST_TEST(names.insert(metric.name).second, metric.name);
    BOOST_TEST(titles.insert(metric.title).second, metric.title);
    BOOST_TEST(!metric.meaning.empty(), metric.name);
    BOOST_TEST(metric.terms.empty() == (metric.kind != Kind::kFairness), metric.name);
    const bool is_error = metric.kind != Kind::kQuality || metric.name == "fpr" || metric.name == "fnr";
    BOOST_TEST(metric.lower_is_better == is_error, metric.name);
    BOOST_TEST((metric.kind == Kind::kCost || !metric.interval.empty()), metric.name);
  }
  BOOST_TEST(metric_info("accuracy").definition() == "accuracy v1: share of rows whose prediction is the label");
  BOOST_TEST(metric_info("fpr").definition() == "");
  BOOST_TEST(find_metric("acuracy") == nullptr);
  BOOST_CHECK_THROW(metric_info("acuracy"), std::out_of_range);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
