#include "harness/records/statistics_record.h"

namespace flnas {
namespace {

PairedEstimate reversed(const PairedEstimate& estimate) {
  const auto minus = [](std::optional<double> value) { return value ? std::optional(-*value) : std::nullopt; };
  return {minus(estimate.value), minus(estimate.high), minus(estimate.low), estimate.p_holm, estimate.p};
}

template <class Pair>
std::optional<FoundDifference> find_in(const ByName<ByName<Pair>>& comparisons, const std::string& first,
                                       const std::string& second, MetricDifference metric) {
  for (const bool swapped : {false, true}) {
    const auto* others = comparisons.find(swapped ? second : first);
    const Pair* pair = others == nullptr ? nullptr : others->find(swapped ? first : second);
    if (pair == nullptr || !(pair->*metric) || !(pair->*metric)->value) continue;
    const PairedEstimate& estimate = *(pair->*metric);
    return FoundDifference{.estimate = swapped ? reversed(estimate) : estimate, .swapped = swapped};
  }
  return std::nullopt;
}

}  // namespace

std::optional<FoundDifference> difference_between(const StatisticsRecord& statistics, const std::string& first,
                                                  const std::string& second, MetricDifference metric) {
  if (statistics.trainings) {
    if (auto found = find_in(statistics.trainings->comparisons, first, second, metric)) {
      found->over_trainings = true;
      return found;
    }
  }
  return find_in(statistics.comparisons, first, second, metric);
}

}  // namespace flnas
