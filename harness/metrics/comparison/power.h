#pragma once

namespace flnas::metrics {

// Sample sizes that would decide a question, by normal approximations: accurate to a few per cent from about ten rows
// of each kind in each group. tests/metrics/comparison/power_test.cc checks them by drawing samples of the planned
// size.

/// A difference that exists is to be found with probability `power`, and one that does not with probability
/// 1 - `level`.
struct PowerPlan {
  double power = 0.8;
  double level = 0.95;
};

/// Rows of the first group that a two-sided test of two rates needs, where the second group has `others` times as many.
/// Rates in [0, 1]; infinity where they are equal.
/// Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, section 4.2, without
/// the correction for continuity.
double rows_to_tell_apart(double first, double second, double others = 1, const PowerPlan& plan = {});

/// The smallest gap that a test finds with the plan's power between a group of `rows` rows and one of `other_rows`, if
/// the rate of the larger group is `rate` and that of the smaller group is lower. 1 if even the largest possible gap is
/// not found; NaN if a group has no rows.
double smallest_gap(double rate, double rows, double other_rows, const PowerPlan& plan = {});

/// By what factor the sample has to grow for the interval around `value` to exclude `boundary` with the plan's power,
/// if the true value is `value`; widths shrink with the square root of the sample size. `end`: the interval's end on
/// the side of the boundary; infinity if it is infinite or the value lies on the boundary. `end_level`: the level of
/// that interval, which differs from the plan's where the plan is corrected for several comparisons. Below 1, the
/// sample is larger than needed.
double growth_to_decide(double value, double end, double boundary, const PowerPlan& plan = {}, double end_level = 0.95);

}  // namespace flnas::metrics
