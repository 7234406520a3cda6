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

/// What a classifier said beside its answers, for the rows of an Outcomes.
struct Scores {
  std::vector<double> ranking;        ///< [N] of the positive class, in any unit; empty: none, or more than two classes
  std::vector<double> probabilities;  ///< [N, C] row-major, in [0, 1]; empty: none
};

/// The false positive rate at which tpr_at_fpr is taken.
inline constexpr double kFixedFpr = 0.1;

/// Figures of the rows of one group, or of all rows. NaN: undefined, because a class is missing, because there are no
/// scores, or because a rate of one class is asked of more than two.
struct GroupFigures {
  std::int64_t rows = 0;
  std::int64_t units = 0;
  std::vector<std::int64_t> class_rows;  ///< [C] by label
  Estimate accuracy{};
  Estimate balanced_accuracy{};      ///< mean recall of the classes that the group has
  Estimate standardised_accuracy{};  ///< see standardised.h; with the class mix of all rows
  Estimate standardised_gap{};       ///< that less the accuracy of all rows
  Estimate tpr{}, fpr{};             ///< of the positive class
  Estimate ppv{};                    ///< precision: share of predicted positives that are
  Estimate selection_rate{};         ///< share of rows that are predicted positive
  Estimate auroc{};                  ///< more than two classes: mean of one against the rest, where both occur
  Estimate tpr_at_fpr{};             ///< on the group's own ROC curve; more than two classes as auroc
  Estimate brier{}, ece{};           ///< see calibration.h
  double ece_debiased = 0;           ///< without what noise adds

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
///   accuracy, tpr, fpr, ppv, selection_rate   of as many rows as the lesions are worth (rate_interval.h);
///   balanced and standardised accuracy        of the classes' recalls, combined by their variances;
///   auroc, brier                              of means of bounded values (auroc_interval.h, bounded_mean.h);
///   tpr_at_fpr, standardised_gap              by influence values (influence.h);
///   ece                                       by test inversion (calibration.h).
/// Those by influence values need support: where a class of the group has fewer than `min_support` lesions, the values
/// stand without an interval, since too few are seen to say how they vary. So does AUROC where a class has none.
/// Simulated coverage: tests/benchmarks/coverage.
std::vector<GroupFigures> group_figures(const Outcomes& outcomes, const Scores& scores, const Members& members,
                                        const BootstrapConfig& config = {}, int min_support = kMinSupport,
                                        Rules rules = Rules::kNewest);

/// The lowest balanced accuracy of the groups that have `min_support` rows of every class; see worst_of.h. `group`: an
/// index into members.
WorstOf worst_balanced_accuracy(const Outcomes& outcomes, const Members& members, int min_support, double level = 0.95,
                                Rules rules = Rules::kNewest);

/// What needs scores, of all rows together, and the rates of the positive class, to be compared between classifiers.
struct Scored {
  Influence tpr, fpr, auroc, tpr_at_fpr, brier;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("tpr", self.tpr), visit("fpr", self.fpr), visit("auroc", self.auroc);
    visit("tpr_at_fpr_10", self.tpr_at_fpr), visit("brier", self.brier);
  }
};
Scored scored_figures(const Outcomes& outcomes, const Scores& scores);

/// Unfairness that the mix of classes cannot make: mean and sum over groups of |standardised_gap|, of the groups that
/// have `min_support` rows of every class; undefined without one.
struct StandardisedUnfairness {
  GapEstimate mean, sum;
  int groups = 0, groups_used = 0;
};
/// `members`: of the groups, without all rows.
StandardisedUnfairness standardised_unfairness(const Outcomes& outcomes, const Members& members, int min_support,
                                               const BootstrapConfig& config = {}, Rules rules = Rules::kNewest);

}  // namespace flnas::metrics
