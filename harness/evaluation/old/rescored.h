#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace flnas {

/// Figures by the newest version of the metrics for a reproduction whose records have an older one, computed from its
/// predictions. They are written beside the records, which are not changed, and reports show them instead:
///
///     OUT/rescored/RUN/metrics.json    {"schema", "predictions_sha256", "metrics", "digest"}; RUN as in the records
///     OUT/rescored/statistics.json     as OUT/statistics.json
///
/// `flnas verify` computes them again.
inline constexpr char kRescoredFolder[] = "rescored";
inline constexpr char kRescoredMetrics[] = "metrics.json";

/// Writes them for OUT, with the resamples, seed and support of the records (the default support for records without
/// one). Returns how many runs had an older version; if none has, it writes nothing and removes what an earlier call
/// wrote. Throws DataError if records or predictions cannot be read.
int rescore(const std::filesystem::path& out);

/// The folders of runs, relative to OUT, that have a rescored/RUN/metrics.json.
std::map<std::string, std::filesystem::path> rescored_runs(const std::filesystem::path& out);

}  // namespace flnas
