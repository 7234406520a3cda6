#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/evaluation/evaluate.h"
#include "harness/metrics/figures/group_figures.h"
#include "harness/metrics/intervals/bootstrap.h"
#include "harness/records/store.h"

namespace flnas {

/// A model's predictions on the test images, with every metric on each of the bootstrap's resamples.
struct ModelPredictions {
  std::string model;
  std::string run;                  ///< its folder, relative to the reproduction's
  std::vector<std::string> images;  ///< [N], in the order of `outcomes`
  metrics::Outcomes outcomes;
  metrics::Scores scores;  ///< probabilities, where the predictions have them
  metrics::Resampled resampled;
};

/// Each model of a reproduction with its first finished run, all on the same images: the same resample holds the same
/// lesions for every model, so that what depends on several models can be computed resample by resample.
struct PairedPredictions {
  Json subset, bootstrap;  ///< as in the runs' records
  MetricsSettings settings;
  metrics::Rules rules = metrics::Rules::kNewest;  ///< by which the metrics were drawn
  std::vector<ModelPredictions> models;
  std::map<std::string, std::string> left_out;  ///< model -> why
};

/// `adapter` takes the place of the adapter that the records name. Draws are by `rules`, none: the
/// records' own: version 1 resamples lesions, later ones weigh them (metrics/figures/figures.h), as often as the number
/// of comparisons needs. Throws DataError where a run's predictions cannot be read or no run has finished.
PairedPredictions read_paired_predictions(const Store& store, const std::string& adapter = {},
                                          std::optional<metrics::Rules> rules = {});

}  // namespace flnas
