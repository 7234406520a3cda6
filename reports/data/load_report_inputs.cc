// Report inputs from files.
#include <fmt/format.h>

#include <algorithm>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/error.h"
#include "harness/evaluation/old/rescored.h"
#include "harness/evaluation/statistics.h"
#include "harness/evaluation/trainings.h"
#include "harness/records/files.h"
#include "harness/records/store.h"
#include "harness/records/text_in.h"
#include "reports/data/conditions.h"
#include "reports/data/report_inputs.h"
#include "reports/document/inline.h"

namespace flnas::reports {
namespace {

namespace fs = std::filesystem;

constexpr char kBenchFolder[] = "bench";

/// A message names its file by the full path; a report must not depend on where the records lie.
std::string without_root(std::string message, const fs::path& root) {
  const std::string prefix = root.string() + "/";
  for (auto at = message.find(prefix); at != message.npos; at = message.find(prefix)) message.erase(at, prefix.size());
  return message;
}

template <class T>
void clean_texts(T& record) {
  for_each_text(record, [](std::string& text) { text = without_controls(text); });
}

/// What a status says of a record's numbers.
void set_status(RecordFile& file, const std::string& status, const std::string& reason) {
  if (status == kPassed) return;
  if (status == kUnreliable) {
    file.unreliable = reason;
  } else {
    file.problem = reason.empty() ? status : status + ": " + reason;
  }
}

/// A run's or measurement's record by `read`; what is missing or damaged becomes its problem.
template <class FoundRecord, class Read>
FoundRecord find_record(const fs::path& root, const std::string& folder, Read&& read) {
  FoundRecord found;
  found.folder = folder;
  if (!fs::exists(root / folder / kRunFile)) {
    found.problem = fmt::format("no record: {}/run.json is missing", folder);
    found.read = false;
    return found;
  }
  try {
    read(root / folder, found);
    clean_texts(found.record);
    set_status(found, found.record.status, found.record.reason);
  } catch (const DataError& error) {
    found = FoundRecord();
    found.folder = folder;
    found.problem = "damaged record: " + without_root(error.what(), root);
    found.read = false;
  }
  return found;
}

RunMetrics read_metrics(const Json& json, const std::string& file) {
  auto metrics = read_as<RunMetrics>(json, file + ": metrics");
  add_counts(metrics);
  clean_texts(metrics);
  return metrics;
}

void read_run_into(const fs::path& folder, Run& run) {
  run.record = read_run(folder);
  if (run.record.metrics.is_null()) return;
  run.metrics = read_metrics(run.record.metrics, (folder / kRunFile).string());
}

/// The figures of a newer version in place of the record's, where there are some.
void take_rescored(const fs::path& root, Run& run) {
  const std::string folder = std::string(kRescoredFolder) + "/" + run.folder;
  const fs::path file = root / folder / kRescoredMetrics;
  if (!run.metrics || !fs::is_regular_file(file)) return;
  try {
    run.metrics = read_metrics(read_json(file).at("metrics"), file.string());
    run.rescored = RecordFile{folder, kRescoredMetrics, run.problem, run.unreliable};
  } catch (const Error& error) {
    run.problem = "damaged: " + without_root(error.what(), root);
  } catch (const Json::exception&) {
    run.problem = folder + "/" + kRescoredMetrics + " is damaged: it holds no metrics";
  }
}

/// A report does without the tables of a damaged one, and says so.
void read_statistics_into(ReportInputs& inputs) {
  const bool rescored = fs::exists(inputs.root / kRescoredFolder / kStatisticsFile);
  const fs::path folder = rescored ? kRescoredFolder : "";
  const auto file = inputs.root / folder / kStatisticsFile;
  if (!fs::exists(file)) {
    if (inputs.reproduced().finished) inputs.statistics_problem = "statistics.json is missing";
    return;
  }
  try {
    Statistics statistics;
    statistics.folder = folder.string();
    statistics.file = kStatisticsFile;
    statistics.record = read_as<StatisticsRecord>(read_json(file), (folder / kStatisticsFile).string());
    clean_texts(statistics.record);
    statistics.record.rules();  // of a version that this program knows, or DataError
    inputs.statistics = std::move(statistics);
  } catch (const DataError& error) {
    inputs.statistics_problem = "damaged: " + without_root(error.what(), inputs.root);
  }
}

/// Those of the other seeds, where they can be read.
void add_trainings(const Store& store, const PairedPredictions& paired,
                   std::map<std::string, ModelPredictions>& predictions) {
  try {
    for (const auto& [unused, trainings] : read_trainings(store, paired)) {
      for (const ModelPredictions& training : trainings) predictions.emplace(training.run, training);
    }
  } catch (const Error&) {  // a report does without them, as without the first ones
  }
}

void read_all_predictions(const fs::path& root, ReportInputs& inputs) {
  const bool rescored = !inputs.statistics->folder.empty();
  const auto rules = rescored ? std::optional(inputs.statistics->record.rules()) : std::nullopt;
  try {
    const Store store = Store::open(root);
    const PairedPredictions paired = read_paired_predictions(store, {}, rules);
    for (const ModelPredictions& model : paired.models) inputs.predictions.emplace(model.run, model);
    add_trainings(store, paired, inputs.predictions);
    inputs.predictions_rules = paired.rules;
    inputs.predictions_min_support = paired.settings.min_support;
  } catch (const Error&) {
    inputs.predictions.clear();  // `flnas verify` names the file; a report does without what needs them
  }
}

void read_questions_into(ReportInputs& inputs) {
  const auto file = inputs.root / kQuestionsFile;
  if (!fs::is_regular_file(file)) return;
  Questions& found = inputs.questions.emplace();
  found.file = kQuestionsFile;
  found.record = read_as<QuestionsRecord>(read_json(file), kQuestionsFile);
  clean_texts(found.record);
}

std::string relative_to(const fs::path& root, const fs::path& folder) {
  const std::string relative = folder.lexically_relative(root).string();
  return relative == "." ? "" : relative;
}

/// The file's place, and the digest that it states.
RecordFile place_of_file(const fs::path& root, const fs::path& file, const Json& json) {
  RecordFile found;
  found.folder = relative_to(root, file.parent_path());
  found.file = file.filename().string();
  found.digest = json.value("digest", "");
  return found;
}

/// The files of that name below the folder.
template <class FoundRecord>
std::vector<FoundRecord> find_all(const fs::path& root, const char* name) {
  std::vector<FoundRecord> records;
  for (const auto& folder : folders_with(name, root)) {
    const Json json = read_json(folder / name);
    FoundRecord& found = records.emplace_back();
    static_cast<RecordFile&>(found) = place_of_file(root, folder / name, json);
    read_value(json, (folder / name).string(), found.record);
    clean_texts(found.record);
  }
  return records;
}

/// By the copy of the adapter that the search keeps, in its folder or that of its comparison.
void add_data_s_words(Search& search, const fs::path& folder) {
  try {
    const Adapter adapter =
        kept_adapter(fs::exists(folder / kAdapterFile) ? folder : folder.parent_path(), search.record.data.adapter);
    search.attributes = adapter.attributes;
    search.example = without_controls(adapter.example);
  } catch (const Error&) {
  }
}

std::vector<Search> find_searches(const fs::path& root) {
  auto searches = find_all<Search>(root, kSearchFile);
  for (Search& search : searches) {
    add_data_s_words(search, root / search.folder);
    for (const ReportedDesign& design : search.record.reported) {
      RunMetrics& test = search.tests.emplace_back();
      read_value(design.test, fmt::format("{}/{}: test of {}", search.folder, search.file, design.name), test);
      clean_texts(test);
      add_counts(test);
    }
  }
  return searches;
}

std::vector<NasSearch> find_nas_searches(const fs::path& root) {
  std::vector<NasSearch> searches;
  for (const auto& folder : folders_with(kNasSearchFile, root)) {
    NasSearch& search = searches.emplace_back();
    search.folder = relative_to(root, folder);
    search.file = kNasSearchFile;
    search.record = read_nas_search(folder / kNasSearchFile);
    clean_texts(search.record);
  }
  return searches;
}

std::vector<ProxySearch> find_proxy_searches(const fs::path& root) {
  std::vector<ProxySearch> searches;
  for (const char* name : {kProxySearchFile, kTransformerSearchFile}) {
    for (const auto& folder : folders_with(name, root)) {
      ProxySearch& search = searches.emplace_back();
      static_cast<RecordFile&>(search) = place_of_file(root, folder / name, read_json(folder / name));
      search.record = read_proxy_search(folder / name);
      clean_texts(search.record);
      for (ProxyPoint& point : search.record.front) {
        if (point.design.is_string()) point.design = without_controls(point.design.get<std::string>());
      }
    }
  }
  return searches;
}

std::vector<Suite> find_suites(const fs::path& root) {
  std::vector<Suite> suites;
  if (!fs::is_directory(root / kBenchFolder)) return suites;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(root / kBenchFolder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    if (text_in(file, "kind") != LatencySuite().kind) continue;
    const Json json = read_json(file);
    Suite& suite = suites.emplace_back();
    static_cast<RecordFile&>(suite) = place_of_file(root, file, json);
    suite.record = read_latency_suite(file);
    clean_texts(suite.record);
  }
  return suites;
}

/// Of trained models: what steers a search is taken on validation images.
std::vector<Robustness> find_robustness(const fs::path& root) {
  auto found = find_all<Robustness>(root, kRobustnessFile);
  std::erase_if(found, [](const Robustness& each) {
    return each.record.subset == "validation" || each.record.conditions.empty();
  });
  return found;
}

void read_reproduction_into(ReportInputs& inputs) {
  const auto& root = inputs.root;
  auto& reproduction = inputs.reproduction.emplace();
  reproduction.file = kReproductionFile;
  reproduction.record = read_reproduction(root);
  clean_texts(reproduction.record);
  // With crossfit the figures are those of all folds together.
  std::vector<std::string> folders = reproduction.record.pooled.value_or(reproduction.record.runs);
  if (std::find(folders.begin(), folders.end(), "runs/constant") == folders.end() &&
      fs::exists(root / "runs/constant/run.json")) {
    folders.emplace_back("runs/constant");
  }
  for (const auto& folder : folders) {
    Run run = find_record<Run>(root, folder, read_run_into);
    take_rescored(root, run);
    run.converged = converged(root, run);
    if (run.record.kind == "constant" || folder == "runs/constant" || folder == "pooled/constant") {
      inputs.constant = std::move(run);
    } else {
      inputs.runs.push_back(std::move(run));
    }
  }
  for (const std::string& folder : reproduction.record.hardware) {
    inputs.hardware.push_back(find_record<Hardware>(
        root, folder, [](const fs::path& from, Hardware& found) { found.record = read_hardware(from); }));
  }
  read_statistics_into(inputs);
  if (inputs.statistics) read_all_predictions(root, inputs);
  read_questions_into(inputs);
}

}  // namespace

ReportInputs load_report_inputs(const fs::path& root) {
  ReportInputs inputs;
  inputs.root = root;
  if (fs::is_regular_file(root / kReproductionFile)) read_reproduction_into(inputs);
  inputs.searches = find_searches(root);
  inputs.comparisons = find_all<SearchComparison>(root, kComparisonFile);
  inputs.nas = find_nas_searches(root);
  inputs.proxy_searches = find_proxy_searches(root);
  inputs.suites = find_suites(root);
  inputs.robustness = find_robustness(root);
  if (!inputs.has_reproduction() && inputs.searches.empty() && inputs.nas.empty() && inputs.proxy_searches.empty() &&
      inputs.suites.empty() && inputs.robustness.empty()) {
    throw DataError(fmt::format(
        "{}: no reproduce.json, search.json, nas_search.json, robustness.json or bench/*.json; give the folder "
        "that `flnas reproduce --out` or `flnas search --out` wrote",
        root.string()));
  }
  return inputs;
}

std::vector<Epoch> history_of(const ReportInputs& inputs, const Run& run) {
  const bool pooled = run.record.kind == kPooled && !run.record.inputs.empty();
  const std::string& folder = pooled ? run.record.inputs.begin()->first : run.folder;
  try {
    return read_history(inputs.root / folder / kHistoryFile);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace flnas::reports
