#pragma once

#include <string>
#include <vector>

#include "harness/metrics/rates/counts.h"

namespace flnas::metrics {

/// The fewest rows in a rate's denominator for the rate to count: with fewer, one row moves it by a tenth or more.
inline constexpr int kMinSupport = 10;

/// Which rates have enough rows to count. This is decided on the sample, before resampling, so that a sum has the same
/// terms in every resample.
struct Support {
  int min_rows = 0;
  std::vector<std::vector<bool>> groups;  ///< [A][group] its accuracy
  std::vector<std::vector<bool>> tpr;     ///< [C][pair] both groups have enough rows of the class; pairs by attribute
  std::vector<std::vector<bool>> fpr;     ///< [C][pair] both have enough rows of other classes
};

/// Rates with at least `min_rows` rows count. With 0, as in the printed formulas, only rates with an empty denominator
/// are left out.
Support support_of(const Outcomes& outcomes, const Tally& tally, int min_rows = kMinSupport);

/// A rate that does not count, and why.
struct LackingRate {
  std::string group;
  std::string of_class;   ///< blank for an accuracy
  std::string rate;       ///< "accuracy", "tpr", or "fpr and tnr"
  std::int64_t rows = 0;  ///< of its denominator
  int terms = 0;          ///< (pair, class) terms that it leaves out; of an accuracy 1
};

/// How many terms each metric uses, and which rates are missing.
struct TermUse {
  int min_rows = 0;
  int groups = 0, groups_used = 0;
  int pairs = 0;
  int classes = 0;                             ///< 1 for two classes (the positive one), else C
  int eodd = 0, eopp1 = 0, eopp2 = 0;          ///< (pair, class) terms used, of pairs x classes
  int dtnr = 0, dtpr = 0, dtpr_plus_dfpr = 0;  ///< the same of the sums over all classes, of pairs x C
  std::vector<LackingRate> lacking;            ///< in the order of the groups, then of the classes
};
TermUse term_use(const Outcomes& outcomes, const Tally& tally, const Support& support);

/// The classes over which EODD, EOPP1 and EOPP2 are taken: the positive one of two, else all.
std::vector<std::size_t> compared_classes(const Outcomes& outcomes);

}  // namespace flnas::metrics
