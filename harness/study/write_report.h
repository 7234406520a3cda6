#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter.h"
#include "harness/base/fields.h"

namespace flnas::study {

/// What `flnas report` is asked for: the report of one folder that is whole, of a study whose questions are answered by
/// the records of other folders too, or of runs side by side.
struct ReportRequest {
  static constexpr char kCommand[] = "flnas report";
  std::vector<std::filesystem::path> folders;
  std::filesystem::path out;
  bool rescore = false;
  std::string title;
  std::filesystem::path split;
  bool paper = false;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("folders", self.folders,
          "a study or a search; a study, and others whose records answer its questions too; or runs on the same split, "
          "or folders of them, which are set side by side",
          {.value = "DIR|RUN", .positional = true, .required = true});
    visit("out", self.out, "folder of the report (default: DIR/report); of runs, which are copied there (required)",
          {.value = "DIR"});
    visit("rescore", self.rescore,
          "first compute the newest metrics from the predictions of runs whose records hold older ones (DIR/rescored)");
    constexpr char kRuns[] = "Of runs";
    visit("title", self.title, "of the report (default: what is compared on which data)",
          {.value = "TEXT", .group = kRuns});
    visit("split", self.split, "the runs' split file (default: where they were trained with it)",
          {.value = "FILE", .group = kRuns});
    visit("paper", self.paper, "the paper's rows and claims beside the runs", {.group = kRuns});
  }
};

struct ReportResult {
  std::filesystem::path folder;    ///< of the records: what `flnas verify` takes
  std::filesystem::path report;    ///< of the pages
  std::vector<std::string> notes;  ///< what had to be left out
};

/// Writes the report. Of a study with others it first answers its questions (questions.h). Of runs it first copies
/// their records (without weights) into a folder of their own, which is then a study as any other:
///
///     OUT/runs/NAME (run.json, predictions.csv, history.jsonl, adapter.json), split.json, statistics.json,
///         reproduce.json, report/
///
/// Runs that differ in their seed alone are seeds of one model; other runs of one name are told apart by the names of
/// their folders. Throws ConfigError for a run without --out and where OUT holds something else; DataError where a run
/// has not finished, is of one fold, or is of other data, another split or task than the first.
ReportResult write_report(const ReportRequest& request);

/// "Models compared on NAME": the title of a study of one's own without one.
std::string own_title(const Adapter& adapter);

}  // namespace flnas::study
