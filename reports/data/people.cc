#include "reports/data/people.h"

#include <cmath>
#include <limits>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/base/text.h"
#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

std::int64_t rows_of_class(const RunMetrics& metrics, const std::string& name) {
  const auto* recall = metrics.recall.find(name);
  return recall == nullptr ? 0 : recall->n.value_or(0);
}

std::optional<SmallestCell> smallest_of(const ReportInputs& inputs, const RunMetrics& metrics) {
  if (!inputs.statistics) return std::nullopt;
  std::optional<SmallestCell> smallest;
  for (const auto& [group, classes] : inputs.statistics->record.counts) {
    for (const auto& [name, images] : classes) {
      if (!smallest || images < smallest->images) smallest = {group, name, images, rows_of_class(metrics, name)};
    }
  }
  return smallest;
}

}  // namespace

std::string unit_word(const ReportInputs& inputs) {
  try {
    if (inputs.has_reproduction()) {
      return without_controls(flnas::unit_word(kept_adapter(inputs.root, inputs.reproduced().data.adapter)));
    }
  } catch (const Error&) {
  }
  return "unit";
}

std::string example_word(const ReportInputs& inputs) {
  try {
    if (inputs.has_reproduction()) {
      return without_controls(kept_adapter(inputs.root, inputs.reproduced().data.adapter).example);
    }
  } catch (const Error&) {
  }
  return inputs.has_reproduction() || inputs.searches.empty() ? Adapter{}.example : inputs.searches.front().example;
}

People people_of(const ReportInputs& inputs) {
  People people;
  if (!inputs.has_reproduction()) return people;
  people.unit = unit_word(inputs);
  people.example = example_word(inputs);
  const Run* run = inputs.first_measured();
  if (run == nullptr) return people;
  people.images = run->metrics->n;
  people.units = run->metrics->lesions;
  people.support = run->metrics->min_support.value_or(0);
  people.smallest = smallest_of(inputs, *run->metrics);
  if (people.units) return people;
  const ModelPredictions* predictions = inputs.predictions_of(run);
  if (predictions != nullptr) people.units = metrics::lesion_count(predictions->outcomes);
  return people;
}

std::string about(double images) {
  if (!std::isfinite(images)) return "no number of";
  const double digits = std::pow(10, std::floor(std::log10(std::max(images, 1.0))) - 1);
  const double rounded = images < 100 ? std::ceil(images) : std::round(images / digits) * digits;
  if (rounded > 1e12) return "more than 1,000,000,000,000";
  return with_thousands(static_cast<std::int64_t>(std::llround(rounded)));
}

}  // namespace flnas::reports
