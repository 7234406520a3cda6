#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "searches/core/evaluation.h"
#include "searches/core/objectives.h"

namespace flnas::searches {

/// The best of the designs by the paper's priorities, fairness over accuracy over efficiency, where differences within
/// the sampling noise of the images are ignored.
///
///     floor on balanced accuracy, and not more than two standard errors below the highest one
///         -> Unfairness within one standard error of the least one -> fewest MACs
///
/// Unfairness is the sum over groups (the paper's numbers imply the sum). The standard error is that of the design that
/// the others are compared with (DesignScores). If a design has no standard errors (archives of earlier versions),
/// fixed tolerances are used instead:
///
///     floor on balanced accuracy -> Unfairness within 0.01 of the least -> accuracy within 0.005 of the highest
///         -> fewest MACs
///
/// A search that is told other objectives takes these in the place of Unfairness and MACs, the most important first: of
/// the designs that pass the first line, those within one standard error of the best by the first objective, of these
/// the same by the next one, and of those left the best by the last one. An objective without standard errors has the
/// fixed tolerance 0.01, or 0 where it is a cost.
///
/// Source: FL-NAS, arXiv 2402.06696, Algorithm 1 (GetBestMetrics) and the order of priorities in Algorithm 2; the rule
/// of one standard error: Breiman et al., Classification and Regression Trees, 1984, section 3.4.3. Differs: the paper
/// gives no rule, no floor and no tolerances.
struct BestRule {
  double floor = 0.55;         ///< of balanced accuracy; a constant predictor has 1 / classes
  double balanced_within = 2;  ///< standard errors, of the highest balanced accuracy
  double fair_within = 1;      ///< standard errors, of the least Unfairness
  double unfairness_within = 0.01;
  double accuracy_within = 0.005;
  Objectives objectives = {};  ///< told to the search, the most important first; empty: the paper's order

  /// What decides after the floor and the balanced accuracy, the most important first.
  Objectives order() const { return objectives.empty() ? Objectives{"unfairness_sum", "macs"} : objectives; }
  /// What the Pareto front is of.
  Objectives front() const {
    return objectives.empty() ? Objectives{"unfairness_sum", "accuracy", "macs"} : objectives;
  }

  /// A tenth above chance.
  static BestRule for_classes(std::size_t classes, Objectives objectives = {}) {
    return {.floor = 1.1 / static_cast<double>(classes), .objectives = std::move(objectives)};
  }
};

/// The best one and whether it meets the floor; where none does, the one with the highest balanced accuracy.
/// nullptr when nothing was trained with success.
struct Best {
  const Evaluation* evaluation = nullptr;
  bool meets_floor = false;
};
Best get_best(const std::vector<const Evaluation*>& evaluations, const BestRule& rule);

/// Where the rule draws its lines among these designs, as numbers.
struct RuleLimits {
  double least_balanced = 0;          ///< balanced accuracy from which on a design counts; at least the floor
  std::optional<double> most_unfair;  ///< Unfairness up to which those that count are equally fair; none: none counts,
                                      ///< or Unfairness is not what decides first
};
RuleLimits rule_limits(const std::vector<const Evaluation*>& evaluations, const BestRule& rule);

/// Why the rule dropped each design: "below the floor", "less accurate", "less fair", "not smaller" than those that are
/// left, or for any other objective "worse in AUROC"; "best" for the one that stays.
std::vector<std::string> verdicts(const std::vector<const Evaluation*>& evaluations, const BestRule& rule);

/// The best one, then the best of the others, and so on, at most `count`: the order in which Search-1 to 3 were chosen.
std::vector<const Evaluation*> top(const std::vector<const Evaluation*>& evaluations, const BestRule& rule,
                                   std::size_t count);

/// The non-dominated designs by BestRule::front(), among those that meet the floor (among all if none does), in the
/// order of the search. A design without one of the figures is not on the front, unless all lack it.
std::vector<const Evaluation*> pareto(const std::vector<const Evaluation*>& evaluations, const BestRule& rule);

/// Whether it passed and has the metrics that the rule needs.
bool is_usable(const Evaluation& evaluation);
/// Pointers to those that passed and have the metrics that the rule needs.
std::vector<const Evaluation*> usable(const std::vector<Evaluation>& evaluations);

}  // namespace flnas::searches
