#pragma once

namespace flnas::metrics {

// Which sample would decide a question, planned before it is drawn. Normal approximations: good to a few per cent from
// about ten rows of each kind in each group on; tests/metrics/comparison/power_test.cc draws samples of the planned
// size and counts.

/// How sure a plan is: a difference that exists is found with probability `power`, one that does not is found with
/// probability 1 - `level`.
struct Plan {
  double power = 0.8;
  double level = 0.95;
};

/// Rows of the first group that a two-sided test of two rates needs, where the second group has `others` times as many.
/// Rates in [0, 1]; infinity where they are equal.
/// Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, section 4.2, without
/// the correction for continuity.
double rows_to_tell_apart(double first, double second, double others = 1, const Plan& plan = {});

/// The smallest gap that a test finds with the plan's power between a group of `rows` rows and one of `other_rows`,
/// where the larger group's rate is `rate` and the smaller group's is below it. 1 where even the largest gap is too
/// small; NaN where a group has no rows.
double smallest_gap(double rate, double rows, double other_rows, const Plan& plan = {});

/// How many times as large the sample has to be for the interval around `value` to leave out `boundary` with the plan's
/// power, if the true value is `value`: widths shrink with the root of the sample. `end`: the interval's end on the
/// boundary's side; an infinite one gives infinity, as does a value that lies on the boundary. `end_level`: its level,
/// which may be another than the plan's, as of a plan that is corrected for several comparisons. Less than 1: the
/// sample is larger than it had to be.
double growth_to_decide(double value, double end, double boundary, const Plan& plan = {}, double end_level = 0.95);

}  // namespace flnas::metrics
