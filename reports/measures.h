#pragma once

#include <string>

#include "reports/document/table.h"
#include "reports/report_inputs.h"

namespace flnas::reports {

/// The number at `key` of a record: a number, or an object {value, low, high} with, for groups and classes, n in the
/// object or (for {n, accuracy: {...}}) beside it. Times `factor`. `why_missing` is the reason that a null record or
/// one without numbers leaves; a null value in a good record is "undefined".
Cell measured(const Record* record, const std::string& key, const std::string& why_missing, double factor = 1);

/// The same of an object {mean, low, high} with, where it counts them, n.
Cell measured_mean(const Record* record, const std::string& key, const std::string& why_missing, double factor = 1);

/// The model's run in Table I and, where it has several usable ones, mean and standard deviation over their seeds.
Cell measured_with_seeds(const Evidence& evidence, const Model& model, const std::string& key);

/// A latency of the model that flnas-bench measured on the device itself, batch of 2 at the paper's geometry, in a
/// suite beside the reproduction (bench/*.json): the first that passed. Null for this machine, which has records of its
/// own.
struct SuiteLatency {
  const Record* suite;
  std::string key;  ///< JSON pointer to its median, without the ending: "/results/3/latency/p50"
};
std::optional<SuiteLatency> suite_latency(const Evidence& evidence, const std::string& model,
                                          const std::string& device);

/// The model's median latency on a device times `factor` (1e-3: milliseconds a batch), with its interval, or an
/// estimate's band, and its mark: host, measured, estimated, emulated, mistrusted. What was measured on the device, by
/// a suite if not by the reproduction, takes precedence over an estimate.
Cell latency_on(const Evidence& evidence, const std::string& model, const std::string& device, double factor);
/// Images in the batch that it was taken with; 2, the paper's, where there is none.
double latency_batch(const Evidence& evidence, const std::string& model, const std::string& device);

/// Puts the paper's value beside ours: difference, and the verdict from our interval where the two can be compared.
void compare(Cell& cell, std::optional<double> paper, bool comparable);

/// Below this many images a rate moves by a tenth or more when one of them is answered otherwise: Mark::kSmall.
inline constexpr int kSmallCount = 10;

/// Differences with a corrected p below this are settled.
inline constexpr double kLevel = 0.05;

/// A pair of models in statistics.json, which holds each pair once, in either order.
struct ModelPair {
  std::string key;       ///< JSON pointer to the pair
  bool swapped = false;  ///< it stands there as second against first
};
std::optional<ModelPair> find_pair(const Record& statistics, const std::string& first, const std::string& second);

/// First minus second on the same test images, with the paired interval.
Cell paired_difference(const Record& statistics, const ModelPair& pair, const std::string& metric);

/// Its p, corrected for the number of pairs (Holm); for accuracy that of McNemar's exact test.
std::optional<double> paired_p(const Record& statistics, const ModelPair& pair, const std::string& metric);

/// Which measures of the constant predictor the run does not exceed: "", "accuracy", "balanced accuracy" or "both".
/// By point estimates: a model beats it by accuracy and by balanced accuracy. Empty too where one of the two is
/// missing.
std::string not_above_constant(const Record& run, const Record& constant);

/// "n = 412" where all usable runs have the same number at `key`, for the head of a column; else "".
std::string sample_size(const Evidence& evidence, const std::string& key);

/// Whether ours is only in the manner of the paper's model, which cannot be identified.
bool is_like(const Evidence& evidence, const Model& model);

/// The model's name wherever no mark of a row stands beside it: "FaHaNa-Fair (like)".
std::string display_title(const Evidence& evidence, const Model& model);

/// A row for the model with its marks; cells are left to the caller.
Row model_row(const Evidence& evidence, const Model& model);

/// The last row of quality tables; call only where evidence.constant has a value.
Row constant_row();

}  // namespace flnas::reports
