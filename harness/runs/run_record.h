// What runs and references both write.
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

/// A record with status failed ("not finished") and everything that is known before the work.
RunRecord new_record(const ModelInfo& model, const TrainConfig& requested, const TrainConfig& effective,
                     const RunData& data, const Sources& sources, const std::string& command);

/// Writes predictions.csv and computes the metrics from the written file, as `flnas metrics` and `flnas verify` do.
Json write_and_evaluate(const std::filesystem::path& folder, const Predictions& predictions, const RunData& data,
                        const std::string& subset, int min_support);

/// Completes and writes the record: status passed, or unreliable if the inputs have changed, and the files' hashes.
void finish(RunRecord& record, const std::filesystem::path& folder, const RunData& data, const Sources& sources,
            const std::vector<std::string>& files);

}  // namespace flnas
