#pragma once

namespace flnas::metrics {

/// Which intervals figures have. Older ones are kept for records that were written with them
/// (harness/evaluation/old/README.md).
enum class Rules {
  kNewest,
  /// Shares have Wilson's intervals, which miss rates near 0 and 1 (rate_interval.h); AUROC has Wilson's of as many
  /// rows as have its variance (share_interval() in influence.h), Brier scores Student's of their logarithm
  /// (positive_interval()); ECE's bins have the variance of their own rows alone; the variance of standardised gaps is
  /// known as well as that of as many rows, not lesions; and there are intervals however few lesions of a class there
  /// are.
  kVersion3,
  /// Further, rates of a class that every row, or none, is predicted as are certain, as if the next row could not be
  /// answered otherwise; upper ends of EODD have one family of true gaps (gap_interval.h), and none is held to what the
  /// metric can be, or to those of EOPP1 and EOPP2.
  kVersion2,
};

}  // namespace flnas::metrics
