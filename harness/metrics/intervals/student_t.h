#pragma once

namespace flnas::metrics {

/// P(|T| > |t|) for Student's distribution with `freedom` > 0 degrees of freedom, which need not be an integer; from
/// 1e6 on it is the normal distribution to 6 digits. By the incomplete beta function (continued fraction, Lentz's
/// method), to 1e-12.
double student_t_tails(double t, double freedom);

/// The t with P(|T| > t) = `share`, in (0, 1): 2.776 for 0.05 and 4 degrees of freedom.
double student_t_of_tails(double share, double freedom);

}  // namespace flnas::metrics
