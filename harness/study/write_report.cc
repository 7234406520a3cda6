#include "harness/study/write_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/evaluation/old/rescored.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/files.h"
#include "harness/records/proxy_search.h"
#include "harness/records/questions_record.h"
#include "harness/records/report_settings.h"
#include "harness/study/questions.h"
#include "reports/report.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

/// Absolute and without links, whether it is there or not.
fs::path whole_path(const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); }

/// The settings that tell what was learned from: seeds and speed do not.
Json recipe_of(const RunRecord& record) {
  Json settings = record.effective;
  for (const char* key : {"seed", "threads", "device", "memory_format"}) settings.erase(key);
  return settings;
}

bool same_but_seed(const RunRecord& a, const RunRecord& b) {
  return a.model.name == b.model.name && a.model.parameters == b.model.parameters && recipe_of(a) == recipe_of(b) &&
         a.seed != b.seed;
}

void require_comparable(const Stored<RunRecord>& first, const Stored<RunRecord>& run) {
  const RunRecord& record = run.record;
  if (record.kind == kPooled || record.fold) {
    throw DataError(fmt::format("{}: is of folds; give the folder of its study", run.folder.string()));
  }
  if (record.metrics.is_null() || (record.status != kPassed && record.status != kUnreliable)) {
    throw DataError(fmt::format("{}: has not finished ({}); finish it, or leave it out", run.folder.string(),
                                record.reason.empty() ? record.status : record.reason));
  }
  const auto require = [&](const char* what, const auto& own, const auto& others) {
    if (own == others) return;
    throw DataError(fmt::format("{}: is of another {} than {}; only runs on the same can be set side by side",
                                run.folder.string(), what, first.folder.string()));
  };
  const DataInfo &data = record.data, &others = first.record.data;
  require("data set", data.fingerprint, others.fingerprint);
  require("split", data.split_sha256, others.split_sha256);
  require("task", std::pair(data.task, data.classes), std::pair(others.task, others.classes));
  require("subset", record.metrics.at("subset"), first.record.metrics.at("subset"));
}

std::vector<Stored<RunRecord>> read_runs(const std::vector<fs::path>& folders) {
  std::vector<Stored<RunRecord>> runs;
  for (const auto& folder : folders) {
    if (!fs::is_regular_file(folder / kRunFile)) {
      throw DataError(fmt::format("{}: no {}; give the folders of runs, such as `flnas train --out` wrote",
                                  folder.string(), kRunFile));
    }
    runs.push_back({folder, read_run(folder)});
    require_comparable(runs.front(), runs.back());
  }
  return runs;
}

/// The runs at or below a folder that is neither a study nor a search nor holds one; else the folder as it is.
std::vector<fs::path> runs_in(const fs::path& folder) {
  for (const char* whole : {kReproductionFile, kSearchFile, kNasSearchFile, kProxySearchFile, kTransformerSearchFile}) {
    if (!folders_with(whole, folder).empty()) return {folder};
  }
  const auto runs = folders_with(kRunFile, folder);
  return runs.empty() ? std::vector{folder} : runs;
}

/// A name of its own for each folder: its last part, as many parts as it takes otherwise.
std::vector<std::string> short_names(const std::vector<Stored<RunRecord>>& runs) {
  std::vector<std::string> names;
  for (std::size_t parts = 1; parts <= 16; ++parts) {
    names.clear();
    for (const auto& run : runs) {
      fs::path folder = whole_path(run.folder);
      std::string name = folder.filename().string();
      for (std::size_t i = 1; i < parts && folder.has_relative_path(); ++i) {
        folder = folder.parent_path();
        name = folder.filename().string() + "-" + name;
      }
      names.push_back(name);
    }
    if (std::set(names.begin(), names.end()).size() == names.size()) return names;
  }
  throw ConfigError("a run is given twice; name each once");
}

/// Models that are named alike and are not seeds of one are called by their folders.
void tell_apart(std::vector<Stored<RunRecord>>& runs, const std::vector<std::string>& names) {
  std::set<std::string> ambiguous;
  for (const auto& a : runs) {
    for (const auto& b : runs) {
      if (&a != &b && a.record.model.name == b.record.model.name && !same_but_seed(a.record, b.record)) {
        ambiguous.insert(a.record.model.name);
      }
    }
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    ModelInfo& model = runs[i].record.model;
    if (ambiguous.contains(model.name)) model.name = model.title = names[i];
  }
}

/// The split file of these runs: the one named, one above a run's folder, or the one of a run's command.
fs::path split_of(const ReportRequest& request, const std::vector<Stored<RunRecord>>& runs) {
  const std::string& wanted = runs.front().record.data.split_sha256;
  const auto is_it = [&](const fs::path& file) { return fs::is_regular_file(file) && sha256_file(file) == wanted; };
  if (!request.split.empty()) {
    if (is_it(request.split)) return request.split;
    throw DataError(fmt::format("{}: not the split that the runs were trained with", request.split.string()));
  }
  for (const auto& run : runs) {
    fs::path folder = whole_path(run.folder);
    for (int level = 0; level < 4 && folder.has_relative_path(); ++level, folder = folder.parent_path()) {
      if (is_it(folder / kSplitFile)) return folder / kSplitFile;
    }
    const auto words = split(run.record.command, ' ');
    const auto flag = std::find(words.begin(), words.end(), "--split");
    if (flag != words.end() && std::next(flag) != words.end() && is_it(*std::next(flag))) return *std::next(flag);
  }
  throw DataError("the runs' split file is not where they were trained with it; name it with --split FILE");
}

Reproduction describe(const ReportRequest& request, const std::vector<Stored<RunRecord>>& runs) {
  const RunRecord& first = runs.front().record;
  Reproduction made;
  made.command = command_of(request);
  made.started = first.started;
  made.profile = {.name = kNoProfile, .note = "runs that were trained one by one"};
  made.task = first.data.task;
  made.protocol = first.data.protocol;
  made.data = {first.data.adapter, first.data.name, first.data.fingerprint, first.data.synthetic,
               first.data.images.train + first.data.images.validation + first.data.images.test};
  made.split.sha256 = first.data.split_sha256;
  made.split.images = first.data.images;
  made.environment = first.environment;
  made.environment.erase("libtorch");
  std::set<std::uint64_t> seeds;
  for (const auto& run : runs) {
    made.started = std::min(made.started, run.record.started);
    made.finished = std::max(made.finished.value_or(""), run.record.finished);
    if (run.record.kind == "constant") continue;
    seeds.insert(run.record.seed);
    const std::string& model = run.record.model.name;
    if (std::find(made.models.begin(), made.models.end(), model) == made.models.end()) made.models.push_back(model);
  }
  made.seeds.assign(seeds.begin(), seeds.end());
  return made;
}

void copy_run(const Stored<RunRecord>& run, const fs::path& to) {
  for (const auto& [name, hash] : run.record.files) {
    if (name == kCheckpointFile || name == kWeightsFile) continue;
    write_file(to / name, read_file(run.folder / name));
  }
  write_run(to, run.record);
}

/// Runs in a folder of their own; returns it.
fs::path collect(const ReportRequest& request) {
  if (request.out.empty()) throw ConfigError("give --out DIR: runs are set side by side in a folder of their own");
  const fs::path& out = request.out;
  if (fs::exists(out) && !fs::is_empty(out) &&
      (!fs::exists(out / kReproductionFile) || read_reproduction(out).command.find(ReportRequest::kCommand) != 0)) {
    throw ConfigError(fmt::format("{}: not empty and not a report of runs; choose another --out", out.string()));
  }
  auto runs = read_runs(request.folders);
  for (const auto& run : runs) {
    const auto below = whole_path(run.folder).lexically_relative(whole_path(out));
    if (below.empty() || *below.begin() != "..") {
      throw ConfigError(fmt::format("{}: lies in {} itself, which is written anew; give the run that it is a copy of",
                                    run.folder.string(), out.string()));
    }
  }
  const auto names = short_names(runs);
  tell_apart(runs, names);
  const Adapter adapter = kept_adapter(runs.front().folder, runs.front().record.data.adapter);
  const std::string split_text = read_file(split_of(request, runs));
  Reproduction made = describe(request, runs);
  set_report_settings(made,
                      {.title = request.title.empty() ? own_title(adapter) : request.title, .paper = request.paper});
  remove_path(out / "runs");
  remove_path(out / kAdapterFile);
  keep_adapter(adapter, out);
  write_file(out / made.split.file, split_text);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    made.runs.push_back("runs/" + names[i]);
    copy_run(runs[i], out / made.runs.back());
  }
  write_reproduction(out, made);
  write_statistics(out);
  return out;
}

/// The first study's questions, by the records of the other folders too.
void answer(const ReportRequest& request, ReportResult& result) {
  const std::vector<fs::path> beside(request.folders.begin() + 1, request.folders.end());
  if (answer_study(result.folder, beside)) return;
  result.notes.emplace_back("its questions are not answered: its statistics are of older metrics; add --rescore");
}

}  // namespace

ReportResult write_report(const ReportRequest& asked) {
  ReportRequest request = asked;
  const bool is_study = fs::is_regular_file(asked.folders.front() / kReproductionFile);
  if (!is_study) {
    request.folders.clear();
    for (const fs::path& folder : asked.folders) {
      for (fs::path& run : runs_in(folder)) request.folders.push_back(std::move(run));
    }
  }
  const bool are_runs =
      !is_study && (request.folders.size() > 1 || fs::is_regular_file(request.folders.front() / kRunFile));
  ReportResult result{.folder = request.folders.front(), .report = request.out, .notes = {}};
  if (are_runs) {
    result.folder = collect(request);
    result.report = result.folder / "report";
  } else if (request.paper || !request.title.empty() || !request.split.empty()) {
    throw ConfigError("--title, --split and --paper are for runs; a study has its own");
  }
  if (result.report.empty()) result.report = result.folder / "report";
  if (request.rescore && rescore(result.folder) == 0) {
    result.notes.emplace_back("all records hold the newest metrics already, nothing was computed again");
  }
  const bool is_answered = fs::exists(result.folder / kQuestionsFile);
  if (is_study && (request.rescore || is_answered || request.folders.size() > 1)) answer(request, result);
  for (auto& note : reports::write_report(result.folder, result.report)) result.notes.push_back(std::move(note));
  return result;
}

std::string own_title(const Adapter& adapter) { return "Models compared on " + adapter.title; }

}  // namespace flnas::study
