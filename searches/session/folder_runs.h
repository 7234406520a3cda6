#pragma once

#include <string>

#include "harness/records/files.h"
#include "searches/problem/problem.h"

namespace flnas::searches {

/// Runs in folders, each with a record and an archive: OUT for a run alone, else OUT/seed-N/NAME:
///
///     record (status running) -> archive.jsonl, line by line -> record (finished or stopped)
///
/// One that is kept unfinished continues; a finished one is only summarised again. One run at a time.
class FolderRuns : public RunStore {
 public:
  /// Keeps references to both.
  FolderRuns(const SearchPlan& plan, const Problem& problem) : plan_(plan), problem_(problem) {}

  std::filesystem::path folder(const Configuration& configuration, std::uint64_t seed) const override;
  KeptRun begin(const SearchRun& run, const Json& settings) override;
  Json end(const SearchRun& run, const RunState& state) override;

 private:
  const SearchPlan& plan_;
  const Problem& problem_;
  Json record_;             ///< of the run that was begun last
  std::size_t before_ = 0;  ///< evaluations that it had
};

}  // namespace flnas::searches
