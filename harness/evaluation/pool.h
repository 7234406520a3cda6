#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/records/predictions.h"
#include "harness/records/store.h"

namespace flnas {

/// The record of all folds' runs of one model and seed taken together, and its predictions: one test row for each
/// image, in the order of their ids, by the model that never saw its lesion; and, where the runs have them, each fold's
/// validation rows, on which its operating point is chosen, and then `fold` says whose row each is.
///
///     runs/<model>-f1-..., -f2-..., ... --predictions.csv--> pooled/<model>-.../predictions.csv -> metrics
///
/// Of the record: `training` holds means over the folds of losses, accuracies and epochs (rounded), the sum of seconds,
/// the largest peak_bytes, and whether all converged; data.images those of the first fold, but all images for test;
/// `inputs` the SHA-256 of each fold's run.json (which holds that of its predictions) under its folder relative to the
/// reproduction; status and reason are those of the worst fold. No figure says how the folds differ: that is in their
/// own records.
struct PooledRun {
  RunRecord record;  ///< without `metrics` and `files`: nothing is written yet
  Predictions predictions;
};

/// `folds`: the finished runs, first fold first. `out`: the reproduction's folder. Throws DataError where they are not
/// one for each fold of one model, seed and split, and where an image is predicted twice.
PooledRun pool_folds(const std::vector<Stored<RunRecord>>& folds, const std::filesystem::path& out,
                     const Adapter& adapter);

/// Pools and writes `folder`/predictions.csv and run.json; `command`: what repeats it.
void write_pooled(const std::filesystem::path& folder, const std::vector<Stored<RunRecord>>& folds,
                  const std::filesystem::path& out, const Adapter& adapter, const std::string& command);

}  // namespace flnas
