#include "searches/session/folder_runs.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/system.h"
#include "harness/records/digest.h"
#include "searches/session/search_files.h"

namespace flnas::searches {
namespace fs = std::filesystem;

fs::path FolderRuns::folder(const Configuration& configuration, std::uint64_t seed) const {
  const fs::path& out = plan_.request.out;
  return plan_.is_alone ? out : out / fmt::format("seed-{}", seed) / configuration.name;
}

KeptRun FolderRuns::begin(const SearchRun& run, const Json& settings) {
  Json record = problem_.header();
  record["status"] = "running";
  record["reason"] = "not finished; the same command continues it";
  record["command"] = plan_.command;
  record["started"] = utc_now();
  record["finished"] = nullptr;
  record["name"] = run.configuration.name;
  record["iterations"] = plan_.request.budget;
  record["settings"] = settings;
  record["environment"] = {{"machine", describe_machine()}, {"build", describe_build()}};
  const fs::path file = run.folder / problem_.record_file(), archive = run.folder / kArchiveFile;
  if (fs::exists(file)) {
    const Json found = read_json(file);
    require_same_settings(run.folder, found.value("settings", Json::object()), settings);
    record["started"] = found.value("started", record["started"]);
  } else if (fs::exists(archive)) {
    throw ConfigError(fmt::format("{}: holds an archive without its {}; choose another --out", run.folder.string(),
                                  problem_.record_file()));
  }
  write_with_digest(file, record);
  record_ = std::move(record);
  KeptRun kept{.archive = Archive(archive), .before = read_history(archive)};
  before_ = kept.before.evaluations.size();
  return kept;
}

Json FolderRuns::end(const SearchRun& run, const RunState& state) {
  const SearchOutcome& outcome = state.outcome;
  record_["status"] = outcome.reason.empty() ? "finished" : "stopped";
  record_["reason"] = outcome.reason;
  record_["turns"] = outcome.turns;
  record_["seconds"] = state.seconds;
  if (!state.ledger.is_null()) record_["ledger"] = state.ledger;
  problem_.summarise(record_, state.history);
  if (!outcome.failure) {
    const std::size_t all = state.history.evaluations.size(), done = all - std::min(all, before_);
    record_["overhead_ms_per_design"] =
        done == 0 ? Json(nullptr) : Json(1e3 * outcome.overhead_seconds / static_cast<double>(done));
    problem_.finish(record_, run, state);
    record_["finished"] = utc_now();
  }
  record_["files"] = search_file_hashes(run.folder, state.history, record_);
  write_with_digest(run.folder / problem_.record_file(), record_);
  return record_;
}

}  // namespace flnas::searches
