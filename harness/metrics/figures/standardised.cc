#include "harness/metrics/figures/standardised.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace flnas::metrics {

std::vector<double> class_mix(const Counts& counts) {
  std::vector<double> mix;
  for (std::size_t c = 0; c < counts.classes(); ++c) {
    mix.push_back(static_cast<double>(counts.positives(c)) / static_cast<double>(counts.rows()));
  }
  return mix;
}

double standardised_accuracy(const Counts& group, const std::vector<double>& mix) {
  double sum = 0;
  for (std::size_t c = 0; c < mix.size(); ++c) {
    if (mix[c] > 0) sum += mix[c] * group.tpr(c);
  }
  return sum;
}

Influence standardised_gap(const Outcomes& outcomes, std::span<const std::uint32_t> rows, Rules rules) {
  Counts group(outcomes.classes.size()), all(outcomes.classes.size());
  for (const std::uint32_t row : rows) group.add(outcomes.labels[row], outcomes.predictions[row], 1);
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    all.add(outcomes.labels[row], outcomes.predictions[row], 1);
  }
  const auto mix = class_mix(all);
  const double standardised = standardised_accuracy(group, mix), accuracy = all.accuracy();
  const auto lesions = static_cast<std::size_t>(lesion_count(outcomes));
  Influence found{standardised - accuracy, std::vector<double>(lesions), static_cast<double>(lesions), 1};
  if (std::isnan(found.value)) return found;
  const double count = static_cast<double>(all.rows());
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    const auto label = static_cast<std::size_t>(outcomes.labels[row]);
    const double right = outcomes.labels[row] == outcomes.predictions[row] ? 1 : 0;
    found.of_unit[static_cast<std::size_t>(outcomes.lesions[row])] +=
        (group.tpr(label) - standardised - right + accuracy) / count;
  }
  for (const std::uint32_t row : rows) {
    const auto label = static_cast<std::size_t>(outcomes.labels[row]);
    const double right = outcomes.labels[row] == outcomes.predictions[row] ? 1 : 0;
    found.of_unit[static_cast<std::size_t>(outcomes.lesions[row])] +=
        mix[label] * (right - group.tpr(label)) / static_cast<double>(group.positives(label));
  }
  std::vector<std::set<int>> lesions_of(mix.size());
  for (const std::uint32_t row : rows) {
    lesions_of[static_cast<std::size_t>(outcomes.labels[row])].insert(outcomes.lesions[row]);
  }
  double fewest = count;
  for (std::size_t c = 0; c < mix.size(); ++c) {
    if (mix[c] == 0) continue;
    const auto positives = static_cast<double>(group.positives(c));
    const double cell = rules >= Rules::kVersion4 ? static_cast<double>(lesions_of[c].size()) : positives;
    fewest = std::min(fewest, cell);
    const double hits = static_cast<double>(group.true_positives(c)) * cell / positives;
    const double with_prior = (hits + 0.5) / (cell + 1);
    for (const double right : {1.0, 0.0}) {
      found.of_unit.push_back(std::sqrt(0.5) * mix[c] * (right - with_prior) / (cell + 1));
    }
  }
  found.freedom = std::max(fewest - 1, 1.0);
  return found;
}

}  // namespace flnas::metrics
