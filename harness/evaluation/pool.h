#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/records/predictions.h"
#include "harness/records/store.h"

namespace flnas {

/// The pooled record of the runs of all folds of one model and seed, and its predictions: one test row for each image,
/// in the order of their ids, by the model that was not trained on its lesion; and, if the runs have them, the
/// validation rows of each fold, on which the fold's operating point is chosen. Then `fold` names the fold of each row.
///
///     runs/<model>-f1-..., -f2-..., ... --predictions.csv--> pooled/<model>-.../predictions.csv -> metrics
///
/// In the record, `training` has the means over folds of losses, accuracies and epochs (rounded), the total seconds,
/// the largest peak_bytes, and whether all converged; data.images those of the first fold, but all images for test;
/// `inputs` the SHA-256 of each fold's run.json (which holds that of its predictions) under its folder relative to the
/// reproduction; status and reason are those of the worst fold. The differences between folds are in their own records.
struct PooledRun {
  RunRecord record;  ///< without `metrics` and `files`: nothing is written yet
  Predictions predictions;
};

/// `folds`: the finished runs, first fold first. `out`: the reproduction's folder. Throws DataError if they are not one
/// per fold of one model, seed and split, or if an image is predicted twice.
PooledRun pool_folds(const std::vector<Stored<RunRecord>>& folds, const std::filesystem::path& out,
                     const Adapter& adapter);

/// Pools and writes `folder`/predictions.csv and run.json; `command`: the command that repeats it.
void write_pooled(const std::filesystem::path& folder, const std::vector<Stored<RunRecord>>& folds,
                  const std::filesystem::path& out, const Adapter& adapter, const std::string& command);

}  // namespace flnas
