#pragma once

#include <array>
#include <span>
#include <vector>

#include "harness/base/random.h"
#include "harness/metrics/intervals/rules.h"
#include "harness/metrics/rates/fairness.h"

namespace flnas::metrics {

/// The metrics that are sums or means of absolute gaps, in the order of MetricSet.
inline constexpr std::array kGapMetrics = {&MetricSet<double>::unfairness_mean,
                                           &MetricSet<double>::unfairness_sum,
                                           &MetricSet<double>::eodd,
                                           &MetricSet<double>::eopp1,
                                           &MetricSet<double>::eopp2,
                                           &MetricSet<double>::sum_abs_dtnr,
                                           &MetricSet<double>::sum_abs_dtpr,
                                           &MetricSet<double>::sum_abs_dtpr_plus_dfpr};

/// weight x max(|gap first|, |gap second|); for a single gap, first and second are the same.
struct GapTerm {
  double weight;
  std::size_t first, second;
};
using GapSum = std::vector<GapTerm>;

/// The sum of its terms; NaN without any.
double gap_sum(const GapSum& sum, std::span<const double> gaps);

/// Writes every metric of absolute gaps as a sum over one vector of signed gaps, of the terms that have support: for
/// each group Acc_j - Acc_overall; for each pair and class dTPR, dFPR and dTPR + dFPR.
class GapTerms {
 public:
  GapTerms(const Outcomes& outcomes, const Support& support, Rules rules = Rules::kNewest);

  std::size_t size() const { return gaps_.size(); }
  /// One sum for each of kGapMetrics.
  const std::vector<GapSum>& sums() const { return sums_; }
  /// [P] EODD, EOPP1 and EOPP2 of each pair of groups by itself, in the order of the pairs.
  const std::vector<std::array<GapSum, 3>>& pair_sums() const { return pair_sums_; }
  /// [R] the rates whose differences are the gaps.
  std::vector<double> rates(const Tally& tally) const;
  /// The same for a weighted draw, where half a correct and half a wrong row of random weight (Jeffreys' prior),
  /// times `rows_per_lesion`, are added to each rate: 10 correct rows of 10 do not exclude errors.
  std::vector<double> rates(const Tally& weighted, double rows_per_lesion, Random& random) const;
  /// [R] the rows of each rate's denominator.
  std::vector<double> rows(const Tally& tally) const;
  /// [size()] the signed gaps of these rates.
  std::vector<double> gaps(std::span<const double> rates) const;

 private:
  struct Rate {
    enum Kind { kOverall, kAccuracy, kTpr, kFpr } kind;
    std::size_t attribute, group, of_class;
    bool operator==(const Rate&) const = default;
  };
  struct Gap {  // of the rates first - second, plus those of `more`
    std::size_t first, second;
    std::size_t more_first, more_second;  // equal where there are none
  };

  std::size_t rate(Rate::Kind kind, std::size_t a, std::size_t g, std::size_t c);
  void add_unfairness(const Outcomes& outcomes, const Support& support);
  void add_pairs(const Outcomes& outcomes, const Support& support);
  struct Ratio {
    double part, whole;
    bool certain;  // no noise
  };
  Ratio ratio(const Tally& tally, const Rate& rate) const;

  Rules rules_;
  std::vector<Rate> rates_;
  std::vector<Gap> gaps_;
  std::vector<GapSum> sums_;
  std::vector<std::array<GapSum, 3>> pair_sums_;
};

}  // namespace flnas::metrics
