#pragma once

namespace flnas::metrics {

/// The versions of the metrics, in order (harness/evaluation/old/README.md says what each one was). A computation that
/// takes Rules does what a version did, by default the newest; "older than kVersion3" is `rules < Rules::kVersion3`.
enum class Rules {
  kVersion1 = 1,  ///< whole computations of its own, in harness/evaluation/old; elsewhere as kVersion2
  /// Rates of a class that every row, or none, is predicted as are certain, as if the next row could not be answered
  /// otherwise (gap_terms.h); upper ends of EODD have one family of true gaps (gap_interval.h), and none is held to
  /// what the metric can be, or to those of EOPP1 and EOPP2 (figures.h); a fair model's lesions exchange their groups
  /// whatever their class (fair_null.h); a difference's interval is its draws' alone (paired.h); trainings of two
  /// models have their own degrees of freedom (two_level.h).
  kVersion2 = 2,
  kVersion3 = 3,
  kNewest = kVersion3,
};

}  // namespace flnas::metrics
