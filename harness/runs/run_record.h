// What training runs and references write alike.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "harness/records/predictions.h"
#include "harness/records/record.h"
#include "harness/train/config.h"
#include "harness/train/run_data.h"

namespace flnas {

/// Files that a run was made from beside its data, by what they are ("weights").
using Sources = std::map<std::string, std::filesystem::path>;

/// A record that says failed, not finished, with what is known before the work.
RunRecord new_record(const ModelInfo& model, const TrainConfig& requested, const TrainConfig& effective,
                     const RunData& data, const Sources& sources, const std::string& command);

/// Writes predictions.csv; its metrics as it is read back: what `flnas metrics` and `flnas verify` will see.
Json write_and_evaluate(const std::filesystem::path& folder, const Predictions& predictions, const RunData& data,
                        const std::string& subset, int min_support);

/// Passed, or unreliable where the inputs have changed; with the files' hashes, written.
void finish(RunRecord& record, const std::filesystem::path& folder, const RunData& data, const Sources& sources,
            const std::vector<std::string>& files);

}  // namespace flnas
