#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace flnas {

/// A rule that a file breaks.
struct Failure {
  std::string file;     // relative to the folder that was verified
  std::string where;    // key or cell: "metrics.eodd.value", "line 12"; blank: the whole file
  std::string rule;     // "sha256", "metrics", "split", ...
  std::string message;  // what was found, what was expected
};

struct Verification {
  std::vector<Failure> failures;
  std::vector<std::string> skipped;  // what could not be looked at, and why: "runs/a/model.pt: weights are not here"
  int records = 0;                   // run.json, nas_search.json and bench/*.json files that were checked
};

/// Recomputes everything that a record says from the raw files beside it: the SHA-256 of every listed file, metrics
/// from predictions.csv, the training summary from history.jsonl, latency from latency.json's samples, the split's
/// hash and that the predicted images are the split's; the figures of searches on tables
/// (verify_nas_search.h) and of latency suites (verify_suite.h).
/// `folder` is a reproduction (reproduce.json), a run (run.json), a search on tables (nas_search.json), or a folder
/// that contains some. `adapter` names the data set's file where a record's name alone does not find it. Throws
/// DataError when the folder holds no record.
Verification verify(const std::filesystem::path& folder, const std::string& adapter = {});

}  // namespace flnas
