#pragma once

#include <functional>
#include <optional>
#include <string>

#include "reports/data/report_inputs.h"
#include "reports/document/table.h"

namespace flnas::reports {

// Cells from records: each says where its number stands.

/// What of a record's value goes into a cell: the value with its 95 % interval, the rows behind it, and of sums of
/// absolute gaps the value without what noise adds and how many of its terms count.
struct Numbers {
  std::optional<double> value, low, high;
  std::optional<std::int64_t> n;
  std::optional<double> debiased = {};
  std::optional<std::int64_t> terms = {}, of = {};
};

template <class T>
Numbers numbers_of(const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    return {static_cast<double>(value), {}, {}, {}};
  } else if constexpr (std::is_same_v<T, SeedMean>) {
    return {value.mean, value.low, value.high, value.n};
  } else if constexpr (requires { value.debiased; }) {
    return {value.value, value.low, value.high, value.n, value.debiased, value.terms, value.of};
  } else if constexpr (requires { value.n; }) {
    return {value.value, value.low, value.high, value.n};
  } else {
    return {value.value, value.low, value.high, {}};
  }
}

/// The numbers, times `factor`, as a cell that names `at` as their place. `why_missing` is the reason that a null file,
/// or one without numbers, leaves; no value in a good record is "undefined".
Cell cell_of(const RecordFile* file, const Provenance& at, const Numbers& numbers, const std::string& why_missing = {},
             double factor = 1);

/// The number at a place, or the RecordedEstimate, SeedMean, ... with its interval and count.
template <class T>
Cell measured(const Place<T>& place, const std::string& why_missing = {}, double factor = 1) {
  return cell_of(place.file(), place.provenance(), place ? numbers_of(*place) : Numbers{}, why_missing, factor);
}

/// Where a metric stands among a run's.
using MetricPlace = Place<RecordedEstimate> (*)(const Place<RunMetrics>& metrics);

/// Puts the paper's value beside ours: difference, and the verdict from our interval where the two can be compared.
void compare(Cell& cell, std::optional<double> paper, bool comparable);

/// Below this many images a rate moves by a tenth or more when one of them is answered otherwise: Mark::kSmall.
inline constexpr int kSmallCount = 10;

/// Differences with a corrected p below this are settled.
inline constexpr double kLevel = 0.05;

/// A pair of models in statistics.json, which holds each pair once, in either order.
struct ModelPair {
  Place<PairComparison> place;
  bool swapped = false;  ///< it stands there as second against first
};
std::optional<ModelPair> find_pair(const Statistics& statistics, const std::string& first, const std::string& second);

/// First minus second on the same test images, with the paired interval; `swapped`: the record holds second minus
/// first.
Cell paired_difference(const Place<PairedEstimate>& difference, bool swapped);

/// "n = 412" where all usable runs have the same number at the place, for the head of a column; else "".
std::string sample_size(const ReportInputs& inputs,
                        const std::function<Place<std::int64_t>(const Place<RunMetrics>&)>& count);

/// Whether ours only stands for the paper's model, which cannot be identified.
bool is_approximate(const ReportInputs& inputs, const Model& model);

/// The model's name wherever no mark of a row stands beside it: "FaHaNa-Fair (approximate)".
std::string display_title(const ReportInputs& inputs, const Model& model);

/// A row for the model with its marks; cells are left to the caller.
Row model_row(const ReportInputs& inputs, const Model& model);

/// The last row of quality tables; call only where inputs.constant has a value.
Row constant_row();

}  // namespace flnas::reports
