#include "reports/data/differences.h"

#include <iterator>

namespace flnas::reports {
namespace {

template <class Comparisons>
int pairs_of(const Comparisons& comparisons) {
  int pairs = 0;
  for (const auto& [first, others] : comparisons) {
    pairs += static_cast<int>(std::distance(others.begin(), others.end()));
  }
  return pairs;
}

/// Where a difference that was found stands.
Place<PairedEstimate> place_in(const Statistics& statistics, const FoundDifference& found, const std::string& first,
                               const std::string& second, MetricDifference metric) {
  const std::string &one = found.swapped ? second : first, &other = found.swapped ? first : second;
  if (!found.over_trainings) return statistics.at(&StatisticsRecord::comparisons)[one][other].at(metric);
  return statistics.at(&StatisticsRecord::trainings).at(&TrainingsStatistics::comparisons)[one][other].at(metric);
}

}  // namespace

int compared_pairs(const ReportInputs& inputs) {
  return inputs.statistics ? pairs_of(inputs.statistics->record.comparisons) : 0;
}

std::optional<ModelDifference> difference_of(const ReportInputs& inputs, const std::string& first,
                                             const std::string& second, const Metric& metric) {
  if (!inputs.statistics || metric.paired == nullptr) return std::nullopt;
  const Statistics& statistics = *inputs.statistics;
  const auto found = difference_between(statistics.record, first, second, metric.paired);
  if (!found) return std::nullopt;
  const auto place = place_in(statistics, *found, first, second, metric.paired);
  ModelDifference difference{.cell = paired_difference(place, found->swapped),
                             .p = found->estimate.p_holm,
                             .p_at = place.at(&PairedEstimate::p_holm).provenance(),
                             .pairs = compared_pairs(inputs),
                             .all_seeds = found->over_trainings};
  if (found->over_trainings) {
    difference.pairs = pairs_of(statistics.record.trainings->comparisons);
  } else if (metric.key() == "accuracy") {
    const auto pair = find_pair(statistics, first, second);
    const auto p = pair->place.at(&PairComparison::mcnemar).at(&McNemar::p_holm);
    difference.p = p.number(), difference.p_at = p.provenance();
  }
  return difference;
}

}  // namespace flnas::reports
