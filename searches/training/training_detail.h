#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/metrics/scores/operating_point.h"
#include "harness/records/summaries.h"
#include "searches/core/evaluation.h"
#include "searches/llm/prompt.h"

namespace flnas::searches {

/// What a design's run tells beyond its scores (DesignScores), in its own files. Empty where a run does not have it.
struct TrainingDetail {
  std::vector<Epoch> epochs;
  std::optional<double>
      calibration_error;  ///< expected, of ten bins, on the validation rows (metrics/scores/calibration.h)
  // Of two classes.
  std::string positive;                           ///< the class whose probability is judged
  std::optional<double> mean_probability, share;  ///< of it, and how often it is right
  std::optional<metrics::OperatingPoint> best_threshold;
};

/// A training's course: "epoch: train loss, validation loss, balanced accuracy, AUROC" of at most ten epochs, evenly
/// from the first to the last, the one that was kept among them and marked. Blank without epochs.
std::string curve_text(const TrainingDetail& detail, const std::optional<std::int64_t>& kept);

/// How answers are made of probabilities, and how far the probabilities can be trusted. Blank where nothing is known.
std::string decision_text(const TrainingDetail& detail);

/// What the training noise is: the figures of one network that was trained several times with other random numbers,
/// with their standard deviations. Blank below two trainings.
std::string repeats_text(const std::vector<DesignScores>& trainings, const PromptParts& parts);

}  // namespace flnas::searches
