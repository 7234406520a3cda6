#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "reports/data/report_inputs.h"

namespace flnas::reports {

// How the models were trained and tested, from the records.

/// Run::converged of a run that was read.
std::optional<bool> converged(const std::filesystem::path& root, const Run& run);

/// How the trainings ended. Folds of one model and seed count as one training.
struct TrainingEnds {
  int trainings = 0, stopped_early = 0;
  int judged = 0, not_converged = 0;  ///< of those whose end is known
  std::vector<std::string> cut;       ///< titles of models with a training that has not converged
};
TrainingEnds training_ends(const ReportInputs& inputs);

/// Marks the row of a model of which a training had not converged.
void mark_not_converged(const ReportInputs& inputs, const std::string& model, Row& row);

/// Settings in which the models' trainings differ, as used: "epochs". Seeds, and what changes nothing that is learned,
/// are no settings here.
std::vector<std::string> differing_settings(const ReportInputs& inputs);

/// By what the kept epoch was chosen, where all runs agree: "loss", "auroc"; none where they do not.
std::optional<std::string> selection_of(const ReportInputs& inputs);

/// Test images that were also trained on, or by which an epoch was chosen: counted in split.json, of crossfit in every
/// fold. None where the split cannot be read.
struct Overlap {
  std::int64_t with_training = 0, with_validation = 0;
  std::string unit;  ///< what was kept together: "lesion", "image"
};
std::optional<Overlap> overlap_of(const ReportInputs& inputs);

}  // namespace flnas::reports
