#pragma once

namespace flnas::metrics {

/// The versions of the metrics, in order; harness/evaluation/old/README.md describes each. A computation with a
/// parameter of this type follows the rules of that version, by default the newest; code compares with < and >=, so
/// that a new version only changes what it names.
enum class Rules {
  kVersion1 = 1,  ///< computations of its own, in harness/evaluation/old; anywhere else the same as kVersion2
  /// The rates of a class that is predicted for every row, or for none, have no noise (gap_terms.h); upper ends of EODD
  /// come from one family of true gaps (gap_interval.h); no end is clamped to the metric's range or made consistent
  /// with those of EOPP1 and EOPP2 (figures.h); the null model exchanges groups between lesions of any class
  /// (fair_null.h); the interval of a difference is that of its draws alone (paired.h); the training variances of two
  /// models have degrees of freedom of their own (two_level.h).
  kVersion2 = 2,
  /// Shares have Wilson's intervals (rate_interval.h), AUROC those of share_interval(), Brier scores those of
  /// positive_interval() (influence.h); a bin of ECE has the variance of its own rows alone (calibration.h); the prior
  /// and the degrees of freedom of standardised gaps count rows, not lesions (standardised.h); an interval needs no
  /// support (group_figures.h).
  kVersion3 = 3,
  kVersion4 = 4,
  kNewest = kVersion4,
};

}  // namespace flnas::metrics
