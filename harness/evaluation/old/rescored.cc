#include "harness/evaluation/old/rescored.h"

#include <algorithm>

#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/old/again.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/digest.h"
#include "harness/records/files.h"
#include "harness/records/store.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

bool is_older(const RunRecord& record) {
  return record.metrics.is_object() && record.metrics.value("version", 1) < kMetricsVersion;
}

/// Those whose figures count, and the constant predictor, which a reproduction need not list.
std::vector<Stored<RunRecord>> runs_of(const Store& store) {
  auto runs = store.results();
  const fs::path constant = store.out / "runs/constant";
  const bool listed =
      std::any_of(runs.begin(), runs.end(), [](const auto& run) { return run.folder.filename() == "constant"; });
  if (!listed && fs::is_regular_file(constant / kRunFile)) runs.push_back({constant, read_run(constant)});
  return runs;
}

}  // namespace

int rescore(const fs::path& out) {
  const Store store = Store::open(out);
  const fs::path folder = out / kRescoredFolder;
  remove_path(folder);
  int older = 0;
  for (const auto& run : runs_of(store)) {
    if (!is_older(run.record)) continue;
    ++older;
    Json wanted{{"version", kMetricsVersion}, {"bootstrap", run.record.metrics.at("bootstrap")}};
    if (run.record.metrics.contains("min_support")) wanted["min_support"] = run.record.metrics["min_support"];
    const Json json{{"schema", kRecordSchema},
                    {"predictions_sha256", sha256_file(run.folder / kPredictionsFile)},
                    {"metrics", metrics_again(run.folder, {}, wanted)}};
    const fs::path to = folder / run.folder.lexically_relative(out);
    create_folder(to);
    write_with_digest(to / kRescoredMetrics, json);
  }
  if (older == 0) return 0;
  write_with_digest(folder / kStatisticsFile, reproduction_statistics(store, {}, metrics::Rules::kNewest));
  return older;
}

std::map<std::string, fs::path> rescored_runs(const fs::path& out) {
  std::map<std::string, fs::path> runs;
  const fs::path folder = out / kRescoredFolder;
  for (const auto& found : folders_with(kRescoredMetrics, folder)) {
    runs[found.lexically_relative(folder).generic_string()] = found / kRescoredMetrics;
  }
  return runs;
}

}  // namespace flnas
