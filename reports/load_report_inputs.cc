// Evidence from files.
#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/evaluation/statistics.h"
#include "harness/records/store.h"
#include "reports/report_inputs.h"

namespace flnas::reports {
namespace {

constexpr char kReproductionFile[] = "reproduce.json", kSearchFile[] = "search.json";
constexpr char kComparisonFile[] = "comparison.json", kNasSearchFile[] = "nas_search.json";
constexpr char kTransformerFile[] = "transformer_search.json";
constexpr char kBenchFolder[] = "bench";

/// Status and reason as one clause; empty when the numbers can be shown.
std::string problem_of(const Record& record) {
  const std::string status = record.text("/status");
  if (status == kPassed || status == kMistrusted) return {};
  const std::string reason = record.text("/reason");
  return reason.empty() ? status : status + ": " + reason;
}

/// A message names its file by the full path; a report must not depend on where the records lie.
std::string without_root(std::string message, const std::filesystem::path& root) {
  const std::string prefix = root.string() + "/";
  for (auto at = message.find(prefix); at != message.npos; at = message.find(prefix)) message.erase(at, prefix.size());
  return message;
}

template <class Read>
Record read_record(const std::filesystem::path& root, const std::string& folder, Read&& read) {
  Record record{folder, Json::object(), "", "run.json"};
  const auto file = root / folder / "run.json";
  if (!std::filesystem::exists(file)) {
    record.problem = fmt::format("no record: {}/run.json is missing", folder);
    return record;
  }
  try {
    read(root / folder);
    record.json = read_json(file);
    record.problem = problem_of(record);
  } catch (const DataError& error) {
    record.problem = "damaged record: " + without_root(error.what(), root);
  }
  return record;
}

/// A report does without the tables of a damaged one, and says so.
void read_statistics_into(Evidence& evidence) {
  const auto file = evidence.root / kStatisticsFile;
  if (!std::filesystem::exists(file)) {
    if (!evidence.text("/finished").empty()) evidence.statistics_problem = "statistics.json is missing";
    return;
  }
  try {
    Json statistics = read_json(file);
    if (!statistics.is_object()) throw DataError("statistics.json: not an object");
    evidence.statistics = Record{"", std::move(statistics), "", kStatisticsFile};
  } catch (const DataError& error) {
    evidence.statistics_problem = "damaged: " + without_root(error.what(), evidence.root);
  }
}

std::map<std::string, Answers> read_all_answers(const std::filesystem::path& root) {
  std::map<std::string, Answers> answers;
  try {
    for (Answers& model : read_answers(Store::open(root)).models) {
      const std::string run = model.run;
      answers.emplace(run, std::move(model));
    }
  } catch (const Error&) {
    answers.clear();  // `flnas verify` names the file; a report does without what needs them
  }
  return answers;
}

std::string relative_to(const std::filesystem::path& root, const std::filesystem::path& folder) {
  const std::string relative = folder.lexically_relative(root).string();
  return relative == "." ? "" : relative;
}

std::vector<Record> read_all(const std::filesystem::path& root, const char* file) {
  std::vector<Record> records;
  for (const auto& folder : folders_with(file, root)) {
    records.push_back({relative_to(root, folder), read_json(folder / file), "", file});
  }
  return records;
}

std::vector<Record> read_suites(const std::filesystem::path& root) {
  std::vector<Record> suites;
  if (!std::filesystem::is_directory(root / kBenchFolder)) return suites;
  for (const auto& entry : std::filesystem::directory_iterator(root / kBenchFolder)) {
    if (entry.path().extension() != ".json") continue;
    Record suite{kBenchFolder, read_json(entry.path()), "", entry.path().filename().string()};
    if (suite.text("/kind") == "latency_suite") suites.push_back(std::move(suite));
  }
  std::sort(suites.begin(), suites.end(), [](const Record& a, const Record& b) { return a.file < b.file; });
  return suites;
}

void read_reproduction_into(Evidence& evidence) {
  const auto& root = evidence.root;
  read_reproduction(root);
  evidence.reproduce = read_json(root / kReproductionFile);
  std::vector<std::string> folders;
  if (evidence.reproduce.contains("runs")) evidence.reproduce.at("runs").get_to(folders);
  if (std::find(folders.begin(), folders.end(), "runs/constant") == folders.end() &&
      std::filesystem::exists(root / "runs/constant/run.json")) {
    folders.emplace_back("runs/constant");
  }
  for (const auto& folder : folders) {
    Record record = read_record(root, folder, read_run);
    const bool constant = record.text("/kind") == "constant" || folder == "runs/constant";
    if (constant) {
      evidence.constant = std::move(record);
    } else {
      evidence.runs.push_back(std::move(record));
    }
  }
  for (const Json& folder : evidence.reproduce.value("hardware", Json::array())) {
    evidence.hardware.push_back(read_record(root, folder.get<std::string>(), read_hardware));
  }
  read_statistics_into(evidence);
  if (evidence.statistics) evidence.answers = read_all_answers(root);
}

}  // namespace

Evidence read_evidence(const std::filesystem::path& root) {
  Evidence evidence;
  evidence.root = root;
  if (std::filesystem::is_regular_file(root / kReproductionFile)) read_reproduction_into(evidence);
  evidence.searches = read_all(root, kSearchFile);
  evidence.comparisons = read_all(root, kComparisonFile);
  for (const auto& folder : folders_with(kNasSearchFile, root)) {
    evidence.nas.push_back({relative_to(root, folder), read_nas_search(folder / kNasSearchFile)});
  }
  evidence.transformers = read_all(root, kTransformerFile);
  evidence.suites = read_suites(root);
  if (!evidence.has_reproduction() && evidence.searches.empty() && evidence.nas.empty() &&
      evidence.transformers.empty() && evidence.suites.empty()) {
    throw DataError(
        fmt::format("{}: no reproduce.json, search.json, nas_search.json or bench/*.json; give the folder "
                    "that `flnas reproduce --out` or `flnas search --out` wrote",
                    root.string()));
  }
  return evidence;
}

std::vector<Epoch> history_of(const Evidence& evidence, const Record& run) {
  try {
    return read_history(evidence.root / run.folder / "history.jsonl");
  } catch (const Error&) {
    return {};
  }
}

}  // namespace flnas::reports
