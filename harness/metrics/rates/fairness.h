#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/metrics/rates/counts.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// The value of every metric; T is double for a point estimate (NaN: undefined), Estimate with its interval.
/// All are shares in [0, 1] except unfairness_sum (up to the number of groups) and the three sums (up to 2 per class).
///
/// Terms. Acc_j: accuracy of group j; a group without rows is left out. dR: the gap of rate R between the two groups of
/// a pair. A rate with an empty denominator leaves its pair out of the means that need it. Rows whose group is
/// unknown for an attribute count in accuracy, balanced accuracy, recall and Acc_overall, not in that attribute's
/// groups.
template <class T>
struct MetricSet {
  T accuracy{};
  T balanced_accuracy{};  // mean recall of the classes that have rows
  T worst_group{};        // lowest accuracy of a group (in a resample: of that resample's lowest group)
  T unfairness_mean{};    // mean over groups of |Acc_j - Acc_overall|
  T unfairness_sum{};     // the same terms, summed
  /// Two classes: over the positive class alone, as the paper prints them. More: for each class against the rest the
  /// mean over pairs, then the mean over the classes that have a value.
  T eodd{};   // mean over pairs of max(|dTPR|, |dFPR|); a pair enters where both gaps exist
  T eopp1{};  // mean over pairs of |dTPR|
  T eopp2{};  // mean over pairs of |dTNR|
  /// The fair-pruning literature's sums (FairPrune, Wu et al., MICCAI 2022: EOpp0, EOpp1, EOdd), for every class
  /// against the rest, two-class tasks too: for each class the mean over pairs, then the sum over the classes that
  /// have a value. Differs: theirs has one pair.
  T sum_abs_dtnr{};
  T sum_abs_dtpr{};
  T sum_abs_dtpr_plus_dfpr{};  // the gaps are added with their signs before the modulus: opposite ones cancel
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

/// Every metric from the counts, by the formulas as they are printed.
MetricSet<double> evaluate(const Outcomes& outcomes, const Tally& tally);

/// The same of the terms that have support: groups in worst_group and unfairness, pairs in the pairwise metrics.
MetricSet<double> evaluate(const Outcomes& outcomes, const Tally& tally, const Support& support);

/// A denominator that was empty, and how many (pair, class) terms it left out.
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
