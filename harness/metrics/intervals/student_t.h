#pragma once

namespace flnas::metrics {

/// Probability that |T| exceeds |t|, of Student's distribution with `freedom` > 0 degrees, which need not be whole;
/// 1e6 and above is the normal distribution to 6 digits. By the incomplete beta function (continued fraction, Lentz's
/// method), to 1e-12.
double student_t_tails(double t, double freedom);

/// The t whose tails hold `share` in (0, 1): 2.776 of 0.05 and 4 degrees.
double student_t_of_tails(double share, double freedom);

}  // namespace flnas::metrics
