#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/metrics/rates/counts.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// The value of every metric. T is double for a point estimate (NaN: undefined) and Estimate for one with its interval.
/// All are shares in [0, 1] except unfairness_sum (up to the number of groups) and the three sums (up to 2 per class).
///
/// Notation. Acc_j: accuracy of group j; a group without rows is left out. dR: the gap in rate R between the two groups
/// of a pair. Where a rate has an empty denominator, its pair is left out of the means that need it. Rows whose group
/// is unknown for an attribute count in accuracy, balanced accuracy, recall and Acc_overall, but not in that
/// attribute's groups.
template <class T>
struct MetricSet {
  T accuracy{};
  T balanced_accuracy{};  // mean recall of the classes that have rows
  T worst_group{};        // lowest accuracy of any group (in a resample, of the group that is lowest there)
  T unfairness_mean{};    // mean over groups of |Acc_j - Acc_overall|
  T unfairness_sum{};     // the same terms, summed
  /// Two classes: for the positive class only, as the paper prints them. More classes: the mean over pairs for each
  /// class against the rest, then the mean over the classes that have a value.
  T eodd{};   // mean over pairs of max(|dTPR|, |dFPR|); a pair enters where both gaps exist
  T eopp1{};  // mean over pairs of |dTPR|
  T eopp2{};  // mean over pairs of |dTNR|
  /// The sums of the fair-pruning literature (FairPrune, Wu et al., MICCAI 2022: EOpp0, EOpp1, EOdd): the mean over
  /// pairs for each class against the rest, in two-class tasks too, then the sum over the classes that have a value.
  /// Differs: they have one pair of groups.
  T sum_abs_dtnr{};
  T sum_abs_dtpr{};
  T sum_abs_dtpr_plus_dfpr{};  // |dTPR + dFPR|: the gaps are added with their signs, so that opposite ones cancel
  std::vector<T> recall;       // [C]
  std::vector<T> groups;       // accuracy, all groups of the first attribute, then of the next
  T unknown{};                 // accuracy of the rows with an unknown attribute

  /// Calls visit on every value, always in the same order.
  template <class Self, class Visit>
  static void for_each_value(Self& self, Visit&& visit) {
    visit(self.accuracy), visit(self.balanced_accuracy), visit(self.worst_group);
    visit(self.unfairness_mean), visit(self.unfairness_sum);
    visit(self.eodd), visit(self.eopp1), visit(self.eopp2);
    visit(self.sum_abs_dtnr), visit(self.sum_abs_dtpr), visit(self.sum_abs_dtpr_plus_dfpr);
    for (auto& value : self.recall) visit(value);
    for (auto& value : self.groups) visit(value);
    visit(self.unknown);
  }

  /// Calls visit on the sums and means of absolute gaps.
  template <class Self, class Visit>
  static void for_each_gap(Self& self, Visit&& visit) {
    visit(self.unfairness_mean), visit(self.unfairness_sum);
    visit(self.eodd), visit(self.eopp1), visit(self.eopp2);
    visit(self.sum_abs_dtnr), visit(self.sum_abs_dtpr), visit(self.sum_abs_dtpr_plus_dfpr);
  }
};

/// The names of MetricSet's single values in metric_table.h, in the order of for_each_value.
inline constexpr std::string_view kMetricNames[] = {
    "accuracy", "balanced_accuracy", "worst_group",  "unfairness_mean",       "unfairness_sum", "eodd", "eopp1",
    "eopp2",    "sum_abs_dtnr",      "sum_abs_dtpr", "sum_abs_dtpr_plus_dfpr"};

/// Where the metric stands in the order of for_each_value. Throws std::invalid_argument for one that is not a single
/// value, and for unknown names.
std::size_t place_in_set(std::string_view metric);

/// Every metric from the counts, by the printed formulas: all terms that are defined.
MetricSet<double> evaluate(const Outcomes& outcomes, const Tally& tally);

/// The same, from the terms that have support: groups in worst_group and unfairness, pairs in the pairwise metrics.
MetricSet<double> evaluate(const Outcomes& outcomes, const Tally& tally, const Support& support);

/// An empty denominator, and how many (pair, class) terms are left out because of it.
struct EmptyRate {
  std::string group;
  std::string of_class;
  std::string rate;  // "tpr": the group has no row of the class; "fpr and tnr": it has no other row
  int terms = 0;
};

/// How many (pair, class) terms each pairwise metric used and left out.
struct PairUse {
  int pairs = 0;
  int classes = 0;                     // 1 for two classes (the positive one), else C
  int eodd = 0, eopp1 = 0, eopp2 = 0;  // terms used, of pairs x classes
  std::vector<EmptyRate> empty;
};
PairUse pair_use(const Outcomes& outcomes, const Tally& tally);

}  // namespace flnas::metrics
