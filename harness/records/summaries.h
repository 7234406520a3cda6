#pragma once

#include <vector>

#include "harness/records/record.h"

namespace flnas {

// Figures that a record derives from the raw files beside it. Writing and verifying a record call the same function, so
// that the two cannot differ.

/// One line of history.jsonl.
struct Epoch {
  int epoch = 0;  // from 1
  std::optional<double> train_loss;
  std::optional<double> train_accuracy;
  std::optional<double> validation_loss;
  std::optional<double> validation_accuracy;
  double lr = 0;
  double seconds = 0;
  double data_wait_seconds = 0;
  std::optional<double> validation_auroc;              // of several classes the mean of one against the rest
  std::optional<double> validation_balanced_accuracy;  // mean recall of the classes that occur

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("epoch", self.epoch), visit("train_loss", self.train_loss), visit("train_accuracy", self.train_accuracy);
    visit("validation_loss", self.validation_loss), visit("validation_accuracy", self.validation_accuracy);
    visit("lr", self.lr), visit("seconds", self.seconds), visit("data_wait_seconds", self.data_wait_seconds);
    visit("validation_auroc", self.validation_auroc);
    visit("validation_balanced_accuracy", self.validation_balanced_accuracy);
  }
};

/// Throws DataError with file and line if a line is not an epoch or is out of order.
std::vector<Epoch> read_history(const std::filesystem::path& file);

/// The effective settings of a run that the summary of its history depends on.
struct TrainingRules {
  int epochs = 0;                     // at most
  std::string selection = "loss";     // of the validation part: loss, auroc, balanced_accuracy
  std::string schedule = "constant";  // constant, cosine
  int patience = 0;                   // epochs without an improvement after which training stops; 0: no early stopping
  bool judges_convergence = true;     // records of schema 1's first edition do not
};
TrainingRules training_rules(const Json& effective);

/// The epoch with the best value of that figure, the first of equals; 0 if no epoch has a finite one.
int best_epoch(const std::vector<Epoch>& history, const std::string& selection = "loss");

/// The figures of the best epoch, the total seconds and the share of them spent waiting for data. `stopped_early`:
/// fewer epochs than allowed. `converged`: see convergence.h.
/// Members that are not in the history (peak_bytes, inputs, mitigation) are left null.
TrainingSummary summarise_training(const std::vector<Epoch>& history, const TrainingRules& rules);

/// latency.json.
struct LatencySamples {
  int schema = kRecordSchema;
  int batch = 0;
  int threads = 0;
  std::string form;
  int warm_up = 0;                 // forward passes before the first sample
  std::vector<double> samples_us;  // each one forward pass of the whole batch

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("schema", self.schema), visit("batch", self.batch), visit("threads", self.threads);
    visit("form", self.form), visit("warm_up", self.warm_up), visit("samples_us", self.samples_us);
  }
};

/// Median with its 95 % percentile bootstrap interval (2,000 resamples, fixed seed), p90 and coefficient of variation
/// (standard deviation with n - 1). Throws DataError without samples.
LatencySummary summarise_latency(const LatencySamples& samples);

}  // namespace flnas
