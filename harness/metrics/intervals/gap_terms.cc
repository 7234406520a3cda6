#include "harness/metrics/intervals/gap_terms.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/metrics/intervals/lesions.h"
#include "harness/metrics/rates/pairwise.h"

namespace flnas::metrics {
namespace {

enum Metric { kMean, kSum, kEodd, kEopp1, kEopp2, kAbsDtnr, kAbsDtpr, kAbsSum };

/// Gamma with shape 1/2 and mean 1/2.
double half_row(Random& random) {
  const double z = random.normal();
  return z * z / 2;
}

/// Divides the weights of a class's pairs, of one class at a time, into a mean over pairs.
void add_mean(GapSum& sum, const GapSum& pairs) {
  for (const GapTerm& term : pairs) {
    sum.push_back({1.0 / static_cast<double>(pairs.size()), term.first, term.second});
  }
}

}  // namespace

double gap_sum(const GapSum& sum, std::span<const double> gaps) {
  if (sum.empty()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  for (const GapTerm& term : sum) {
    value += term.weight * std::max(std::abs(gaps[term.first]), std::abs(gaps[term.second]));
  }
  return value;
}

GapTerms::GapTerms(const Outcomes& outcomes, const Support& support, Rules rules)
    : rules_(rules), sums_(kGapMetrics.size()) {
  add_unfairness(outcomes, support);
  add_pairs(outcomes, support);
}

std::size_t GapTerms::rate(Rate::Kind kind, std::size_t a, std::size_t g, std::size_t c) {
  const Rate wanted{kind, a, g, c};
  const auto known = std::find(rates_.begin(), rates_.end(), wanted);
  if (known != rates_.end()) return static_cast<std::size_t>(known - rates_.begin());
  rates_.push_back(wanted);
  return rates_.size() - 1;
}

void GapTerms::add_unfairness(const Outcomes& outcomes, const Support& support) {
  const std::size_t overall = rate(Rate::kOverall, 0, 0, 0);
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    for (std::size_t g = 0; g < outcomes.attributes[a].groups.size(); ++g) {
      if (!support.groups[a][g]) continue;
      gaps_.push_back({rate(Rate::kAccuracy, a, g, 0), overall, 0, 0});
      sums_[kSum].push_back({1, gaps_.size() - 1, gaps_.size() - 1});
    }
  }
  add_mean(sums_[kMean], sums_[kSum]);
}

void GapTerms::add_pairs(const Outcomes& outcomes, const Support& support) {
  const auto compared = compared_classes(outcomes);
  for_each_pair(outcomes, [&](std::size_t, std::size_t, std::size_t) { pair_sums_.emplace_back(); });
  std::array<double, 8> classes{};  // that have a value, by metric
  for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
    std::array<GapSum, 8> of_class;
    const bool is_compared = std::find(compared.begin(), compared.end(), c) != compared.end();
    std::size_t pair = 0;
    const auto add = [&](Metric metric, std::size_t first, std::size_t second) {
      of_class[metric].push_back({1, first, second});
      if (is_compared && metric <= kEopp2) pair_sums_[pair][metric - kEodd].push_back({1, first, second});
    };
    for_each_pair(outcomes, [&](std::size_t a, std::size_t first, std::size_t second) {
      const bool has_tpr = support.tpr[c][pair], has_fpr = support.fpr[c][pair];
      Gap tpr{}, fpr{};
      std::size_t at_tpr = 0, at_fpr = 0;
      if (has_tpr) {
        tpr = {rate(Rate::kTpr, a, first, c), rate(Rate::kTpr, a, second, c), 0, 0};
        at_tpr = gaps_.size();
        gaps_.push_back(tpr);
        add(kEopp1, at_tpr, at_tpr), add(kAbsDtpr, at_tpr, at_tpr);
      }
      if (has_fpr) {
        fpr = {rate(Rate::kFpr, a, first, c), rate(Rate::kFpr, a, second, c), 0, 0};
        at_fpr = gaps_.size();
        gaps_.push_back(fpr);
        add(kEopp2, at_fpr, at_fpr), add(kAbsDtnr, at_fpr, at_fpr);
      }
      if (has_tpr && has_fpr) {
        add(kEodd, at_tpr, at_fpr);
        gaps_.push_back({tpr.first, tpr.second, fpr.first, fpr.second});
        add(kAbsSum, gaps_.size() - 1, gaps_.size() - 1);
      }
      ++pair;
    });
    for (const Metric metric : {kEodd, kEopp1, kEopp2, kAbsDtnr, kAbsDtpr, kAbsSum}) {
      if ((metric <= kEopp2 && !is_compared) || of_class[metric].empty()) continue;
      add_mean(sums_[metric], of_class[metric]);
      ++classes[metric];
    }
  }
  for (const Metric metric : {kEodd, kEopp1, kEopp2}) {
    for (GapTerm& term : sums_[metric]) term.weight /= classes[metric];
  }
  for (auto& of_pair : pair_sums_) {
    for (GapSum& sum : of_pair) {
      for (GapTerm& term : sum) term.weight /= static_cast<double>(sum.size());
    }
  }
}

namespace {

/// Whether some rows are predicted as the class and others are not.
bool varies(const Counts& all, std::size_t c) {
  const std::int64_t predicted = all.true_positives(c) + all.false_positives(c);
  return predicted != 0 && predicted != all.rows();
}

}  // namespace

GapTerms::Ratio GapTerms::ratio(const Tally& tally, const Rate& rate) const {
  const auto of = [](std::int64_t part, std::int64_t whole, bool certain) {
    return Ratio{static_cast<double>(part), static_cast<double>(whole), certain};
  };
  if (rate.kind == Rate::kOverall) return of(tally.all.correct(), tally.all.rows(), false);
  const Counts& counts = tally.groups[rate.attribute][rate.group];
  const std::size_t c = rate.of_class;
  if (rate.kind == Rate::kAccuracy) return of(counts.correct(), counts.rows(), false);
  const bool certain = rules_ < Rules::kVersion3 && !varies(tally.all, c);
  if (rate.kind == Rate::kTpr) return of(counts.true_positives(c), counts.positives(c), certain);
  return of(counts.false_positives(c), counts.negatives(c), certain);
}

std::vector<double> GapTerms::rates(const Tally& tally) const {
  std::vector<double> rates;
  for (const Rate& rate : rates_) {
    const Ratio found = ratio(tally, rate);
    rates.push_back(found.part / found.whole);
  }
  return rates;
}

std::vector<double> GapTerms::rates(const Tally& weighted, double rows_per_lesion, Random& random) const {
  const double unit = rows_per_lesion * static_cast<double>(kUnitWeight);
  std::vector<double> rates;
  rates.reserve(rates_.size());
  for (const Rate& rate : rates_) {
    const Ratio found = ratio(weighted, rate);
    const double right = found.certain ? 0 : unit * half_row(random);
    const double wrong = found.certain ? 0 : unit * half_row(random);
    rates.push_back((found.part + right) / (found.whole + right + wrong));
  }
  return rates;
}

std::vector<double> GapTerms::rows(const Tally& tally) const {
  std::vector<double> rows;
  for (const Rate& rate : rates_) rows.push_back(ratio(tally, rate).whole);
  return rows;
}

std::vector<double> GapTerms::gaps(std::span<const double> rates) const {
  std::vector<double> gaps;
  gaps.reserve(gaps_.size());
  for (const Gap& gap : gaps_) {
    gaps.push_back(rates[gap.first] - rates[gap.second] + rates[gap.more_first] - rates[gap.more_second]);
  }
  return gaps;
}

}  // namespace flnas::metrics
