#pragma once

#include <cstdint>
#include <vector>

#include "harness/metrics/outcomes.h"
#include "harness/metrics/row_bootstrap.h"

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
  Estimate tpr{}, fpr{};             ///< of the positive class
  Estimate ppv{};                    ///< precision: share of predicted positives that are
  Estimate selection_rate{};         ///< share of rows that are predicted positive
  Estimate auroc{};                  ///< more than two classes: mean of one against the rest, where both occur
  Estimate tpr_at_fpr{};             ///< on the group's own ROC curve; more than two classes as auroc
  Estimate brier{}, ece{};           ///< see calibration.h

  /// Calls visit(name, estimate) for each figure, in this order, as RowDraws has them for each group.
  template <class Self, class Visit>
  static void for_each_figure(Self& self, Visit&& visit) {
    visit("accuracy", self.accuracy), visit("balanced_accuracy", self.balanced_accuracy);
    visit("standardised_accuracy", self.standardised_accuracy), visit("tpr", self.tpr), visit("fpr", self.fpr);
    visit("ppv", self.ppv), visit("selection_rate", self.selection_rate), visit("auroc", self.auroc);
    visit("tpr_at_fpr", self.tpr_at_fpr), visit("brier", self.brier), visit("ece", self.ece);
  }
};

struct FiguresByGroup {
  std::vector<GroupFigures> groups;  ///< as they were given
  RowDraws draws;                    ///< group by group, in the order of for_each_figure

  /// [resamples] of one figure of a group; of ece, which is not resampled, NaN.
  const std::vector<double>& drawn(std::size_t group, std::string_view figure) const;
};

/// Indices of the rows of each group.
using Members = std::vector<std::vector<std::uint32_t>>;

/// All rows, then the groups of the first attribute, of the next, and so on.
Members members_of(const Outcomes& outcomes);

/// The figures of each group. Proportions of rows (accuracy, tpr, fpr, ppv, selection_rate) have Wilson's interval,
/// over effective rows where a unit has several (rate_interval.h); the others a percentile interval over resampled
/// units. ece has none: it is a sum of absolute gaps, whose percentile interval does not cover.
FiguresByGroup group_figures(const Outcomes& outcomes, const Scores& scores, const Members& members,
                             const BootstrapConfig& config = {});

}  // namespace flnas::metrics
