#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "searches/problem/problem.h"
#include "searches/spaces/nas_bench_201/scoring.h"
#include "searches/spaces/nas_bench_201/tables/table_settings.h"
#include "searches/spaces/nas_bench_201/tables/table_store.h"

namespace flnas::searches {

/// Searches on the tables of one data set and device:
///
///     configuration -> niches, accuracies (predicted or validated) -> search -> all cells that were paid for -> scores
///
/// Its runs are lines of OUT/searches/<dataset>-<device>.jsonl (table_store.h): thousands of searches of milliseconds
/// have no folders, and one that did not end is run again.
class TableProblem : public Problem, public RunStore {
 public:
  /// Keeps references to the plan, the view, the predictions (one for each seed of the plan, or none) and the niches
  /// that coverage is counted by. `settings`: with others the file holds other searches. Throws ConfigError as
  /// make_partition and TableStore.
  TableProblem(const SearchPlan& plan, CellProblem cells, const NasSearchView& view, const NasScores& scores,
               const std::vector<PredictedAccuracy>& predictions, const Partition& niches, const Json& settings);

  std::string name() const override { return cells_.dataset + " on " + cells_.device; }
  Searched open(const SearchRun& run) const override;
  unsigned threads() const override { return plan_.request.own.of<TableSettings>().jobs; }
  RunStore* store() override { return this; }

  std::filesystem::path folder(const Configuration&, std::uint64_t) const override { return plan_.request.out; }
  bool is_done(const SearchRun& run) const override { return kept_.find(run.configuration.name, run.seed) != nullptr; }
  KeptRun begin(const SearchRun&, const Json&) override { return {}; }
  Json end(const SearchRun& run, const RunState& state) override;
  void flush() override;

  /// The pair with every run of the plan that is kept, in the order of configurations and seeds.
  NasPair scored() const;

 private:
  const PredictedAccuracy* predicted(const SearchRun& run) const;

  const SearchPlan& plan_;
  const CellProblem cells_;
  const std::vector<PredictedAccuracy>& predictions_;
  const Scorer scorer_;
  std::map<std::pair<std::string, std::uint64_t>, Partition> partitions_;  ///< by name; random ones by seed too
  TableStore kept_;
  std::mutex mutex_;                    ///< of ended_
  std::vector<NasSearchResult> ended_;  ///< and not kept yet
};

}  // namespace flnas::searches
