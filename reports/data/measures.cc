#include "reports/data/measures.h"

#include <fmt/format.h>

#include <cmath>

#include "harness/base/text.h"

namespace flnas::reports {
namespace {

std::optional<double> times(std::optional<double> value, double factor) {
  return value ? std::optional(*value * factor) : std::nullopt;
}

/// Differences of decimal numbers without the digits that binary arithmetic adds.
double tidy(double value) { return std::round(value * 1e10) / 1e10; }

}  // namespace

Cell cell_of(const RecordFile* file, const Provenance& at, const Numbers& numbers, const std::string& why_missing,
             double factor) {
  Cell cell;
  if (file == nullptr || !file->usable()) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = why_missing;
    return cell;
  }
  cell.provenance = at;
  cell.value = times(numbers.value, factor);
  cell.low = times(numbers.low, factor);
  cell.high = times(numbers.high, factor);
  cell.n = numbers.n;
  cell.debiased = times(numbers.debiased, factor);
  if (numbers.terms != numbers.of)
    cell.terms = fmt::format("{} of {}", numbers.terms.value_or(0), numbers.of.value_or(0));
  if (!cell.value) {
    const bool too_few = numbers.of && *numbers.of > 0;
    cell.text = "undefined";
    cell.reason = too_few ? "no term has enough rows to count" : "the record holds no value: its denominator is empty";
    cell.terms.clear();
  }
  if (file->unreliable) {
    cell.mark = Mark::kUnreliable;
    cell.reason = *file->unreliable;
  }
  return cell;
}

void compare(Cell& cell, std::optional<double> paper, bool comparable) {
  if (!paper) return;
  cell.paper = paper;
  if (!cell.value) return;
  cell.difference = tidy(*cell.value - *paper);
  if (cell.mark == Mark::kUnreliable) return;
  if (!comparable) {
    cell.mark = Mark::kNotComparable;
  } else if (cell.low && cell.high) {
    cell.within = *cell.low <= *paper && *paper <= *cell.high;
    cell.mark = *cell.within ? Mark::kWithin : Mark::kDiffers;
  }
}

std::optional<ModelPair> find_pair(const Statistics& statistics, const std::string& first, const std::string& second) {
  const auto all = statistics.at(&StatisticsRecord::comparisons);
  if (const auto place = all[first][second]) return ModelPair{place, false};
  if (const auto place = all[second][first]) return ModelPair{place, true};
  return std::nullopt;
}

Cell paired_difference(const Place<PairedEstimate>& difference, bool swapped) {
  Cell cell = measured(difference);
  if (!swapped) return cell;
  if (cell.value) cell.value = -*cell.value;
  const auto low = cell.low;
  cell.low = times(cell.high, -1);
  cell.high = times(low, -1);
  return cell;
}

std::string sample_size(const ReportInputs& inputs,
                        const std::function<Place<std::int64_t>(const Place<RunMetrics>&)>& count) {
  std::optional<std::int64_t> common;
  for (const Run& run : inputs.runs) {
    if (!run.usable()) continue;
    const auto n = count(metrics_of(&run));
    if (!n || (common && *common != *n)) return {};
    common = *n;
  }
  return common ? fmt::format("n = {}", with_thousands(*common)) : "";
}

bool is_approximate(const ReportInputs& inputs, const Model& model) {
  const Run* run = inputs.run_of(model.name);
  const Hardware* hardware = inputs.hardware_of(model.name);
  return model.approximate || (run != nullptr && is_approximate(run->record.model)) ||
         (hardware != nullptr && is_approximate(hardware->record.model));
}

std::string display_title(const ReportInputs& inputs, const Model& model) {
  return model.title + (is_approximate(inputs, model) ? " (approximate)" : "");
}

Row model_row(const ReportInputs& inputs, const Model& model) {
  Row row{.key = model.name, .label = model.title, .group = model.group};
  const Run* run = inputs.run_of(model.name);
  if (is_approximate(inputs, model)) row.marks.push_back(Mark::kApproximate);
  if (run != nullptr && run->unreliable) {
    row.marks.push_back(Mark::kUnreliable);
    row.note = *run->unreliable;
  }
  return row;
}

Row constant_row() { return {.key = "constant", .label = "Constant (majority class)", .group = "Reference"}; }

}  // namespace flnas::reports
