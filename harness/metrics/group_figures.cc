#include "harness/metrics/group_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "harness/metrics/calibration.h"
#include "harness/metrics/pairwise.h"
#include "harness/metrics/rate_interval.h"
#include "harness/metrics/standardised.h"

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// The figures of one group as a function of how often each row is taken.
class Group {
 public:
  Group(const Outcomes& outcomes, const Scores& scores, const std::vector<std::uint32_t>& rows,
        const std::vector<double>& mix)
      : outcomes_(outcomes), rows_(rows), mix_(mix), counts_(outcomes.classes.size()) {
    const std::size_t classes = outcomes.classes.size();
    std::vector<std::uint8_t> positive(outcomes.labels.size());
    const auto rank = [&](std::size_t c, const std::vector<double>& score) {
      for (const std::uint32_t row : rows) positive[row] = outcomes.labels[row] == static_cast<int>(c) ? 1 : 0;
      rankings_.emplace_back(rows, score, positive);
    };
    if (!scores.ranking.empty()) {
      rank(static_cast<std::size_t>(outcomes.positive), scores.ranking);
    } else if (!scores.probabilities.empty()) {
      std::vector<double> score(outcomes.labels.size());
      for (std::size_t c = 0; c < classes; ++c) {
        if (classes == 2 && c != static_cast<std::size_t>(outcomes.positive)) continue;
        for (std::size_t row = 0; row < score.size(); ++row) score[row] = scores.probabilities[row * classes + c];
        rank(c, score);
      }
    }
    if (!scores.probabilities.empty()) {
      calibration_.emplace(rows, scores.probabilities, outcomes.labels, classes, outcomes.positive);
    }
  }

  /// Without ece, which no resample needs.
  GroupFigures figures(Times times) {
    counts_.clear();
    for (const std::uint32_t row : rows_) {
      if (times[row] > 0) counts_.add(outcomes_.labels[row], outcomes_.predictions[row], times[row]);
    }
    GroupFigures found;
    found.rows = counts_.rows();
    for (std::size_t c = 0; c < counts_.classes(); ++c) found.class_rows.push_back(counts_.positives(c));
    found.accuracy.value = counts_.accuracy();
    found.balanced_accuracy.value = counts_.balanced_accuracy();
    found.standardised_accuracy.value = found.rows == 0 ? kNaN : standardised_accuracy(counts_, mix_);
    for (Estimate* rate : {&found.tpr, &found.fpr, &found.ppv, &found.selection_rate}) rate->value = kNaN;
    if (counts_.classes() == 2) {
      const auto c = static_cast<std::size_t>(outcomes_.positive);
      const auto selected = static_cast<double>(counts_.true_positives(c) + counts_.false_positives(c));
      found.tpr.value = counts_.tpr(c);
      found.fpr.value = counts_.fpr(c);
      found.ppv.value = static_cast<double>(counts_.true_positives(c)) / selected;  // 0 / 0 is NaN
      found.selection_rate.value = selected / static_cast<double>(found.rows);
    }
    Terms areas, rates;
    for (const Ranking& ranking : rankings_) {
      const auto [area, rate] = ranking.figures(kFixedFpr, times);
      areas.add(area);
      rates.add(rate);
    }
    found.auroc.value = areas.mean();
    found.tpr_at_fpr.value = rates.mean();
    found.brier.value = calibration_ ? calibration_->brier(times) : kNaN;
    found.ece.value = kNaN;
    return found;
  }

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
    return rate_interval(units, hits, level);
  }

  double ece(Times times) const { return calibration_ ? calibration_->ece(times) : kNaN; }

  void add_proportions(GroupFigures& found, double level) const {
    std::set<int> units;
    for (const std::uint32_t row : rows_) units.insert(outcomes_.lesions[row]);
    found.units = static_cast<std::int64_t>(units.size());
    const auto label = [&](std::uint32_t row) { return outcomes_.labels[row]; };
    const auto prediction = [&](std::uint32_t row) { return outcomes_.predictions[row]; };
    const auto all = [](std::uint32_t) { return true; };
    const auto right = [&](std::uint32_t row) { return label(row) == prediction(row); };
    const auto is = [&](std::uint32_t row) { return label(row) == outcomes_.positive; };
    const auto is_not = [&](std::uint32_t row) { return label(row) != outcomes_.positive; };
    const auto called = [&](std::uint32_t row) { return prediction(row) == outcomes_.positive; };
    found.accuracy = proportion(level, all, right);
    if (outcomes_.classes.size() != 2) return;
    found.tpr = proportion(level, is, called);
    found.fpr = proportion(level, is_not, called);
    found.ppv = proportion(level, called, is);
    found.selection_rate = proportion(level, all, called);
  }

 private:
  const Outcomes& outcomes_;
  const std::vector<std::uint32_t>& rows_;
  const std::vector<double>& mix_;
  Counts counts_;
  std::vector<Ranking> rankings_;
  std::optional<Calibration> calibration_;
};

constexpr std::size_t kFigures = 11;

}  // namespace

const std::vector<double>& FiguresByGroup::drawn(std::size_t group, std::string_view figure) const {
  std::size_t at = 0, found = kFigures;
  const GroupFigures names;
  GroupFigures::for_each_figure(names, [&](std::string_view name, const Estimate&) {
    if (name == figure) found = at;
    ++at;
  });
  if (found == kFigures) throw std::invalid_argument("no figure of a group: " + std::string(figure));
  return draws.draws[group * kFigures + found];
}

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

FiguresByGroup group_figures(const Outcomes& outcomes, const Scores& scores, const Members& members,
                             const BootstrapConfig& config) {
  check(outcomes);
  const auto mix = class_mix(tally(outcomes).all);
  std::vector<Group> groups;
  groups.reserve(members.size());
  for (const auto& rows : members) groups.emplace_back(outcomes, scores, rows, mix);
  FiguresByGroup found;
  found.draws = row_bootstrap(
      outcomes.lesions,
      [&](Times times) {
        std::vector<double> values;
        values.reserve(groups.size() * kFigures);
        for (Group& group : groups) {
          const GroupFigures figures = group.figures(times);
          GroupFigures::for_each_figure(figures, [&](const char*, const Estimate& e) { values.push_back(e.value); });
        }
        return values;
      },
      config);
  const std::vector<std::uint32_t> once(outcomes.labels.size(), 1);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    GroupFigures& figures = found.groups.emplace_back(groups[g].figures(once));
    std::size_t at = g * kFigures;
    GroupFigures::for_each_figure(figures, [&](const char*, Estimate& e) { e = found.draws.estimate(at++); });
    groups[g].add_proportions(figures, config.level);
    figures.ece = {groups[g].ece(once), kNaN, kNaN};
  }
  return found;
}

}  // namespace flnas::metrics
