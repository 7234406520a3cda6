#include "reports/data/differences.h"

#include <algorithm>

namespace flnas::reports {
namespace {

using Trained = Place<PairedEstimate> (*)(const Place<TrainingsComparison>& pair);

template <auto Member>
Place<PairedEstimate> in_trainings(const Place<TrainingsComparison>& pair) {
  return pair.at(Member);
}

/// The metric of a comparison of all trainings; null where there is none.
Trained trained(const Metric& metric) {
  static const std::map<std::string, Trained> places{
      {"accuracy", in_trainings<&TrainingsComparison::accuracy>},
      {"balanced_accuracy", in_trainings<&TrainingsComparison::balanced_accuracy>},
      {"auroc", in_trainings<&TrainingsComparison::auroc>},
      {"unfairness_sum", in_trainings<&TrainingsComparison::unfairness_sum>},
      {"eodd", in_trainings<&TrainingsComparison::eodd>},
      {"eopp1", in_trainings<&TrainingsComparison::eopp1>},
      {"eopp2", in_trainings<&TrainingsComparison::eopp2>}};
  const auto found = places.find(metric.key());
  return found == places.end() ? nullptr : found->second;
}

template <class Comparisons>
int pairs_of(const Comparisons& comparisons) {
  int pairs = 0;
  for (const auto& [first, others] : comparisons) {
    pairs += static_cast<int>(std::distance(others.begin(), others.end()));
  }
  return pairs;
}

std::optional<ModelDifference> over_all_seeds(const ReportInputs& inputs, const std::string& first,
                                              const std::string& second, const Metric& metric) {
  const Trained place = trained(metric);
  if (place == nullptr || !inputs.statistics->record.trainings) return std::nullopt;
  const auto all = inputs.statistics->at(&StatisticsRecord::trainings).at(&TrainingsStatistics::comparisons);
  for (const bool swapped : {false, true}) {
    const auto pair = all[swapped ? second : first][swapped ? first : second];
    if (!pair) continue;
    const auto estimate = place(pair);
    if (!estimate || !estimate->value) return std::nullopt;
    Cell cell = paired_difference({Place<PairComparison>(nullptr, nullptr, ""), swapped}, estimate);
    return ModelDifference{std::move(cell), estimate->p_holm, estimate.at(&PairedEstimate::p_holm).provenance(),
                           pairs_of(*all), true};
  }
  return std::nullopt;
}

}  // namespace

int compared_pairs(const ReportInputs& inputs) {
  return inputs.statistics ? pairs_of(inputs.statistics->record.comparisons) : 0;
}

std::optional<ModelDifference> difference_of(const ReportInputs& inputs, const std::string& first,
                                             const std::string& second, const Metric& metric) {
  if (!inputs.statistics || metric.paired == nullptr) return std::nullopt;
  if (auto found = over_all_seeds(inputs, first, second, metric)) return found;
  const auto pair = find_pair(*inputs.statistics, first, second);
  if (!pair) return std::nullopt;
  const auto estimate = metric.paired(pair->place);
  ModelDifference found{paired_difference(*pair, estimate), estimate ? estimate->p_holm : std::nullopt,
                        estimate.at(&PairedEstimate::p_holm).provenance(), compared_pairs(inputs), false};
  if (metric.key() == "accuracy") {
    const auto p = pair->place.at(&PairComparison::mcnemar).at(&McNemar::p_holm);
    found.p = p.number(), found.p_at = p.provenance();
  }
  return found.cell.value ? std::optional(found) : std::nullopt;
}

}  // namespace flnas::reports
