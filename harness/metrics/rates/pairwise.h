#pragma once

#include <cmath>
#include <limits>

#include "harness/metrics/rates/counts.h"
#include "harness/metrics/rates/support.h"

namespace flnas::metrics {

/// Sum and mean of the terms that are defined; NaN without any.
class Terms {
 public:
  void add(double term) {
    if (std::isnan(term)) return;
    sum_ += term;
    ++count_;
  }
  int count() const { return count_; }
  double sum() const { return count_ == 0 ? std::numeric_limits<double>::quiet_NaN() : sum_; }
  double mean() const { return sum() / count_; }

 private:
  double sum_ = 0;
  int count_ = 0;
};

/// The gaps of one pair of groups for one class against the rest, first minus second; NaN where one of the two rates
/// is.
struct Gaps {
  Gaps(const Counts& first, const Counts& second, std::size_t c)
      : tpr(first.tpr(c) - second.tpr(c)), fpr(first.fpr(c) - second.fpr(c)), tnr(first.tnr(c) - second.tnr(c)) {}
  /// max(|dTPR|, |dFPR|), where both exist.
  double odds() const;
  double tpr, fpr, tnr;
};

/// Calls visit(attribute, first group, second group) for each pair.
template <class Visit>
void for_each_pair(const Outcomes& outcomes, Visit&& visit) {
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (const auto& [first, second] : outcomes.attributes[a].pairs) {
      visit(a, static_cast<std::size_t>(first), static_cast<std::size_t>(second));
    }
  }
}

/// Means over pairs of groups, for one class against the rest; with `support`, over the pairs that it counts.
struct PairMeans {
  PairMeans(const Outcomes& outcomes, const Tally& tally, std::size_t c);
  PairMeans(const Outcomes& outcomes, const Tally& tally, const Support& support, std::size_t c);
  Terms odds, tpr, tnr;  // of max(|dTPR|, |dFPR|), |dTPR| and |dTNR|
  Terms signed_sum;      // of |dTPR + dFPR|
};

}  // namespace flnas::metrics
