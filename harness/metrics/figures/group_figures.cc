#include "harness/metrics/figures/group_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "harness/metrics/figures/standardised.h"
#include "harness/metrics/intervals/gaussian_noise.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "harness/metrics/scores/auroc_interval.h"
#include "harness/metrics/scores/calibration.h"
#include "harness/metrics/scores/ranking.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr Estimate kUndefined{kNaN, kNaN, kNaN};

/// The rows of one group.
class Group {
 public:
  Group(const Outcomes& outcomes, const Scores& scores, std::span<const std::uint32_t> rows, Rules rules)
      : outcomes_(outcomes), scores_(scores), rows_(rows), rules_(rules), counts_(outcomes.classes.size()) {
    for (const std::uint32_t row : rows) counts_.add(outcomes.labels[row], outcomes.predictions[row], 1);
  }

  const Counts& counts() const { return counts_; }

  /// The share of hits among the rows that count for it.
  template <class Included, class Hit>
  Estimate proportion(double level, Included included, Hit hit) const {
    std::vector<int> units;
    std::vector<std::uint8_t> hits;
    for (const std::uint32_t row : rows_) {
      if (!included(row)) continue;
      units.push_back(outcomes_.lesions[row]);
      hits.push_back(hit(row) ? 1 : 0);
    }
    return rate_interval(units, hits, level, rules_);
  }

  /// The same as influence values.
  template <class Included, class Hit>
  Influence rate(Included included, Hit hit) const {
    Influence found{0, std::vector<double>(static_cast<std::size_t>(lesion_count(outcomes_))), 0, 0};
    double count = 0;
    std::set<int> units;
    for (const std::uint32_t row : rows_) {
      if (!included(row)) continue;
      ++count;
      found.value += hit(row) ? 1 : 0;
      units.insert(outcomes_.lesions[row]);
    }
    found.value = count == 0 ? kNaN : found.value / count;
    found.units = static_cast<double>(units.size());
    found.freedom = std::max(found.units - 1, 1.0);
    for (const std::uint32_t row : rows_) {
      if (!included(row)) continue;
      found.of_unit[static_cast<std::size_t>(outcomes_.lesions[row])] += ((hit(row) ? 1 : 0) - found.value) / count;
    }
    return found;
  }

  bool is_positive(std::uint32_t row) const { return outcomes_.labels[row] == outcomes_.positive; }
  bool is_called(std::uint32_t row) const { return outcomes_.predictions[row] == outcomes_.positive; }

  /// A ranking for the positive class, or for each class against the rest; none without scores.
  std::vector<Ranking> rankings() const {
    std::vector<Ranking> found;
    const std::size_t classes = outcomes_.classes.size();
    std::vector<std::uint8_t> positive(outcomes_.labels.size());
    const auto rank = [&](std::size_t c, const std::vector<double>& score) {
      for (const std::uint32_t row : rows_) positive[row] = outcomes_.labels[row] == static_cast<int>(c) ? 1 : 0;
      found.emplace_back(rows_, score, positive, outcomes_.lesions);
    };
    if (!scores_.ranking.empty()) {
      rank(static_cast<std::size_t>(outcomes_.positive), scores_.ranking);
    } else if (!scores_.probabilities.empty()) {
      std::vector<double> score(outcomes_.labels.size());
      for (std::size_t c = 0; c < classes; ++c) {
        if (classes == 2 && c != static_cast<std::size_t>(outcomes_.positive)) continue;
        for (std::size_t row = 0; row < score.size(); ++row) score[row] = scores_.probabilities[row * classes + c];
        rank(c, score);
      }
    }
    return found;
  }

  bool has_probabilities() const { return !scores_.probabilities.empty(); }
  Calibration calibration() const {
    return {rows_,
            scores_.probabilities,
            outcomes_.labels,
            outcomes_.lesions,
            outcomes_.classes.size(),
            outcomes_.positive};
  }

  std::vector<Estimate> recalls(double level) const {
    std::vector<Estimate> found;
    for (std::size_t c = 0; c < outcomes_.classes.size(); ++c) {
      const int of_class = static_cast<int>(c);
      found.push_back(proportion(
          level, [&](std::uint32_t row) { return outcomes_.labels[row] == of_class; },
          [&](std::uint32_t row) { return outcomes_.predictions[row] == of_class; }));
    }
    return found;
  }

  std::int64_t units() const {
    std::set<int> units;
    for (const std::uint32_t row : rows_) units.insert(outcomes_.lesions[row]);
    return static_cast<std::int64_t>(units.size());
  }

  /// Lesions of the rarest class, of those that the sample has (`mix`: their shares).
  std::size_t fewest_units(const std::vector<double>& mix) const {
    std::vector<std::set<int>> units(mix.size());
    for (const std::uint32_t row : rows_) {
      units[static_cast<std::size_t>(outcomes_.labels[row])].insert(outcomes_.lesions[row]);
    }
    std::size_t fewest = rows_.size();
    for (std::size_t c = 0; c < mix.size(); ++c) {
      if (mix[c] > 0) fewest = std::min(fewest, units[c].size());
    }
    return fewest;
  }

 private:
  const Outcomes& outcomes_;
  const Scores& scores_;
  std::span<const std::uint32_t> rows_;
  Rules rules_;
  Counts counts_;
};

/// The mean of a figure over the rankings, and the fewest units that one of them rests on.
struct OfRankings {
  Influence figure;
  double units;
};
template <class Figure>
OfRankings over_rankings(const std::vector<Ranking>& rankings, Figure figure) {
  std::vector<Influence> found;
  double units = std::numeric_limits<double>::infinity();
  for (const Ranking& ranking : rankings) {
    found.push_back(figure(ranking));
    if (!std::isnan(found.back().value)) units = std::min(units, ranking.scarcer_units());
  }
  return {mean_of(found), units};
}

/// Rows of the rarest class, of those that the sample has.
double fewest_of_a_class(const Counts& group, const std::vector<double>& mix) {
  double least = static_cast<double>(group.rows());
  for (std::size_t c = 0; c < mix.size(); ++c) {
    if (mix[c] > 0) least = std::min(least, static_cast<double>(group.positives(c)));
  }
  return least;
}

void add_proportions(const Group& group, const std::vector<double>& mix, bool two_classes, double level,
                     const Outcomes& outcomes, GroupFigures& found) {
  const auto all = [](std::uint32_t) { return true; };
  const auto right = [&](std::uint32_t row) { return outcomes.labels[row] == outcomes.predictions[row]; };
  const auto is = [&](std::uint32_t row) { return group.is_positive(row); };
  const auto is_not = [&](std::uint32_t row) { return !group.is_positive(row); };
  const auto called = [&](std::uint32_t row) { return group.is_called(row); };
  found.accuracy = group.proportion(level, all, right);
  const auto recalls = group.recalls(level);
  found.balanced_accuracy = mean_of(recalls);
  found.standardised_accuracy = weighted_mean_of(recalls, mix);
  found.tpr = found.fpr = found.ppv = found.selection_rate = kUndefined;
  if (!two_classes) return;
  found.tpr = group.proportion(level, is, called);
  found.fpr = group.proportion(level, is_not, called);
  found.ppv = group.proportion(level, called, is);
  found.selection_rate = group.proportion(level, all, called);
}

void add_scored(const Group& group, const BootstrapConfig& config, Rules rules, GroupFigures& found) {
  const auto rankings = group.rankings();
  const auto area = over_rankings(rankings, [](const Ranking& ranking) { return ranking.auroc(); });
  const auto rate = over_rankings(rankings, [](const Ranking& ranking) { return ranking.tpr_at_fpr(kFixedFpr); });
  found.auroc = rules >= Rules::kVersion4 ? auroc_interval(rankings, config.level)
                                          : share_interval(area.figure, area.units, config.level);
  found.tpr_at_fpr = share_interval(rate.figure, rate.units, config.level);
  found.brier = found.ece = kUndefined;
  found.ece_debiased = kNaN;
  if (!group.has_probabilities()) return;
  const Calibration calibration = group.calibration();
  found.brier = calibration.brier_estimate(config.level, rules);
  const GapEstimate ece = calibration.ece_estimate(config, rules);
  found.ece = {ece.value, ece.low, ece.high};
  found.ece_debiased = ece.debiased;
}

/// `fewest`: lesions of the group's rarest class. Fewer than `least` cannot tell the variance of figures by influence
/// values; without any, a mean over the other classes is another figure.
void leave_out_intervals(std::size_t fewest, int least, GroupFigures& figures) {
  const auto leave_out = [](Estimate& figure) { figure.low = figure.high = kNaN; };
  if (static_cast<int>(fewest) < least) leave_out(figures.tpr_at_fpr), leave_out(figures.standardised_gap);
  if (fewest == 0) leave_out(figures.auroc);
}

}  // namespace

Members members_of(const Outcomes& outcomes) {
  Members members(1);
  members[0].resize(outcomes.labels.size());
  std::iota(members[0].begin(), members[0].end(), 0U);
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    const std::size_t first = members.size();
    members.resize(first + outcomes.attributes[a].groups.size());
    for (const std::uint32_t row : members[0]) {
      const int group = outcomes.groups[a][row];
      if (group >= 0) members[first + static_cast<std::size_t>(group)].push_back(row);
    }
  }
  return members;
}

std::vector<GroupFigures> group_figures(const Outcomes& outcomes, const Scores& scores, const Members& members,
                                        const BootstrapConfig& config, int min_support, Rules rules) {
  check(outcomes);
  const auto mix = class_mix(tally(outcomes).all);
  std::vector<GroupFigures> found;
  for (const auto& rows : members) {
    const Group group(outcomes, scores, rows, rules);
    GroupFigures& figures = found.emplace_back();
    figures.rows = group.counts().rows();
    figures.units = group.units();
    for (std::size_t c = 0; c < outcomes.classes.size(); ++c) figures.class_rows.push_back(group.counts().positives(c));
    add_proportions(group, mix, outcomes.classes.size() == 2, config.level, outcomes, figures);
    figures.standardised_gap = signed_interval(standardised_gap(outcomes, rows, rules), config.level);
    add_scored(group, config, rules, figures);
    if (rules >= Rules::kVersion4) leave_out_intervals(group.fewest_units(mix), min_support, figures);
  }
  return found;
}

WorstOf worst_balanced_accuracy(const Outcomes& outcomes, const Members& members, int min_support, double level,
                                Rules rules) {
  const auto mix = class_mix(tally(outcomes).all);
  const Scores none;
  const auto figures = [&](double at_level) {
    std::vector<Estimate> found;
    for (const auto& rows : members) {
      const Group group(outcomes, none, rows, rules);
      const bool counts = fewest_of_a_class(group.counts(), mix) >= std::max(min_support, 1);
      found.push_back(counts ? mean_of(group.recalls(at_level)) : kUndefined);
    }
    return found;
  };
  return worst_of(figures, level);
}

Scored scored_figures(const Outcomes& outcomes, const Scores& scores) {
  const auto rows = members_of(outcomes)[0];
  const Group group(outcomes, scores, rows, Rules::kNewest);
  const Influence none{kNaN, {}, 0, 0};
  Scored found{none, none, none, none, none};
  if (outcomes.classes.size() == 2) {
    const auto called = [&](std::uint32_t row) { return group.is_called(row); };
    found.tpr = group.rate([&](std::uint32_t row) { return group.is_positive(row); }, called);
    found.fpr = group.rate([&](std::uint32_t row) { return !group.is_positive(row); }, called);
  }
  const auto rankings = group.rankings();
  found.auroc = over_rankings(rankings, [](const Ranking& ranking) { return ranking.auroc(); }).figure;
  found.tpr_at_fpr =
      over_rankings(rankings, [](const Ranking& ranking) { return ranking.tpr_at_fpr(kFixedFpr); }).figure;
  if (group.has_probabilities()) found.brier = group.calibration().brier();
  return found;
}

StandardisedUnfairness standardised_unfairness(const Outcomes& outcomes, const Members& members, int min_support,
                                               const BootstrapConfig& config, Rules rules) {
  const auto mix = class_mix(tally(outcomes).all);
  StandardisedUnfairness found;
  std::vector<Influence> gaps;
  std::vector<double> values, fewest;
  for (const auto& rows : members) {
    ++found.groups;
    Counts counts(outcomes.classes.size());
    for (const std::uint32_t row : rows) counts.add(outcomes.labels[row], outcomes.predictions[row], 1);
    const double least = fewest_of_a_class(counts, mix);
    if (least < std::max(min_support, 1)) continue;
    ++found.groups_used;
    gaps.push_back(standardised_gap(outcomes, rows, rules));
    values.push_back(gaps.back().value);
    fewest.push_back(rules >= Rules::kVersion4 ? gaps.back().freedom + 1 : least);
  }
  std::vector<std::vector<double>> covariance;
  GapSum sum, mean;
  const auto lesions = static_cast<std::size_t>(lesion_count(outcomes));
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    auto& row = covariance.emplace_back();
    for (std::size_t j = 0; j < gaps.size(); ++j) {
      const std::size_t until = i == j ? gaps[i].of_unit.size() : lesions;  // what follows is each group's own
      double product = 0;
      for (std::size_t unit = 0; unit < until; ++unit) product += gaps[i].of_unit[unit] * gaps[j].of_unit[unit];
      row.push_back(product);
    }
    sum.push_back({1, i, i});
    mean.push_back({1 / static_cast<double>(gaps.size()), i, i});
  }
  const auto noisy =
      gaussian_noise(std::move(values), std::move(covariance), fewest, config.resamples, mix_seed(config.seed, 4));
  found.sum = gap_interval(sum, noisy, config.level);
  found.mean = gap_interval(mean, noisy, config.level);
  return found;
}

}  // namespace flnas::metrics
