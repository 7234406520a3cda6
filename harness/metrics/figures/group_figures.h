#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/intervals/gap_interval.h"
#include "harness/metrics/intervals/influence.h"
#include "harness/metrics/intervals/rules.h"
#include "harness/metrics/intervals/worst_of.h"
#include "harness/metrics/rates/outcomes.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// The scores of a classifier for the rows of an Outcomes.
struct Scores {
  std::vector<double> ranking;  ///< [N] of the positive class, on any scale; empty: none, or more than two classes
  std::vector<double> probabilities;  ///< [N, C] row-major, in [0, 1]; empty: none
};

/// The false positive rate at which tpr_at_fpr is taken.
inline constexpr double kFixedFpr = 0.1;

/// Figures of the rows of one group, or of all rows. NaN: undefined, because a class has no rows, there are no scores,
/// or the figure needs a positive class and there are more than two classes.
struct GroupFigures {
  std::int64_t rows = 0;
  std::int64_t units = 0;
  std::vector<std::int64_t> class_rows;  ///< [C] by label
  Estimate accuracy{};
  Estimate balanced_accuracy{};      ///< mean recall of the classes that the group has
  Estimate standardised_accuracy{};  ///< with the class mix of all rows, see standardised.h
  Estimate standardised_gap{};       ///< standardised accuracy minus the accuracy of all rows
  Estimate tpr{}, fpr{};             ///< of the positive class
  Estimate ppv{};                    ///< precision: share of predicted positives that are positive
  Estimate selection_rate{};         ///< share of rows that are predicted positive
  Estimate auroc{};                  ///< more than two classes: mean of one against the rest, where both occur
  Estimate tpr_at_fpr{};             ///< on the group's own ROC curve; more than two classes: as for auroc
  Estimate brier{}, ece{};           ///< see calibration.h
  double ece_debiased = 0;           ///< corrected for the bias by noise

  /// Calls visit(name, estimate) for each figure, in this order.
  template <class Self, class Visit>
  static void for_each_figure(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("standardised_accuracy", self.standardised_accuracy), visit("standardised_gap", self.standardised_gap);
    visit("tpr", self.tpr), visit("fpr", self.fpr);
    visit("ppv", self.ppv), visit("selection_rate", self.selection_rate), visit("auroc", self.auroc);
    visit("tpr_at_fpr", self.tpr_at_fpr), visit("brier", self.brier), visit("ece", self.ece);
  }
};

/// Indices of the rows of each group.
using Members = std::vector<std::vector<std::uint32_t>>;

/// All rows, then the groups of the first attribute, of the next, and so on.
Members members_of(const Outcomes& outcomes);

/// The figures of each group, with intervals whose unit is the lesion:
///   accuracy, tpr, fpr, ppv, selection_rate   for the effective number of rows (rate_interval.h);
///   balanced and standardised accuracy        the classes' recalls, combined by their variances;
///   auroc, brier                              of means of bounded values (auroc_interval.h, bounded_mean.h);
///   tpr_at_fpr, standardised_gap              by influence values (influence.h);
///   ece                                       by test inversion (calibration.h).
/// Those by influence values need support: if a class of the group has fewer than `min_support` lesions, there is no
/// interval, since too few are seen to estimate the variance. Nor is there one for AUROC if a class has none.
/// Simulated coverage: tests/benchmarks/coverage.
std::vector<GroupFigures> group_figures(const Outcomes& outcomes, const Scores& scores, const Members& members,
                                        const BootstrapConfig& config = {}, int min_support = kMinSupport,
                                        Rules rules = Rules::kNewest);

/// The lowest balanced accuracy among the groups with at least `min_support` rows of every class; see worst_of.h.
/// WorstOf::group is an index into `members`.
WorstOf worst_balanced_accuracy(const Outcomes& outcomes, const Members& members, int min_support, double level = 0.95,
                                Rules rules = Rules::kNewest);

/// Figures of all rows that two classifiers are compared by: those that need scores, and the rates of the positive
/// class.
struct Scored {
  Influence tpr, fpr, auroc, tpr_at_fpr, brier;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("tpr", self.tpr), visit("fpr", self.fpr), visit("auroc", self.auroc);
    visit("tpr_at_fpr_10", self.tpr_at_fpr), visit("brier", self.brier);
  }
};
Scored scored_figures(const Outcomes& outcomes, const Scores& scores);

/// Unfairness that different class mixes cannot explain: mean and sum over groups of |standardised_gap|, of the groups
/// with at least `min_support` rows of every class; undefined if there is none.
struct StandardisedUnfairness {
  GapEstimate mean, sum;
  int groups = 0, groups_used = 0;
};
/// `members`: the rows of each group, without an entry for all rows.
StandardisedUnfairness standardised_unfairness(const Outcomes& outcomes, const Members& members, int min_support,
                                               const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

}  // namespace flnas::metrics
