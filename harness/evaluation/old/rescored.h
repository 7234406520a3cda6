#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace flnas {

/// Figures of the newest version of the metrics for a reproduction whose records hold those of an older one, computed
/// from its predictions. They stand beside the records, which stay as they are, and a report shows them instead:
///
///     OUT/rescored/RUN/metrics.json    {"schema", "predictions_sha256", "metrics", "digest"}; RUN as in the records
///     OUT/rescored/statistics.json     as OUT/statistics.json
///
/// `flnas verify` computes them again.
inline constexpr char kRescoredFolder[] = "rescored";
inline constexpr char kRescoredMetrics[] = "metrics.json";

/// Writes them for OUT, with the resamples and seed of the records, and the support of records that have one, else the
/// usual one. Returns how many runs were older than the newest version; with none it writes nothing and removes what an
/// earlier call wrote. Throws DataError where records or predictions cannot be read.
int rescore(const std::filesystem::path& out);

/// The folders of runs, relative to OUT, that have a rescored/RUN/metrics.json.
std::map<std::string, std::filesystem::path> rescored_runs(const std::filesystem::path& out);

}  // namespace flnas
