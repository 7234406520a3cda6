#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "harness/records/digest.h"
#include "searches/core/summary.h"
#include "searches/session/search_files.h"
#include "searches/session/training_session.h"
#include "searches/spaces/cnn/macs_niches.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

constexpr char kRecord[] = "search.json";
/// 1: the first edition's, whose settings have a designer in place of the strategy and whose archive knows no proxies.
constexpr int kSearchSchema = 2;

void log(const SearchArm& arm, const Evaluation& evaluation, std::int64_t budget) {
  const auto share = [](const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; };
  const Scores& scores = evaluation.scores;
  fmt::print(stderr, "{} {}/{}: {} parameters, ", arm.name, evaluation.name, budget,
             with_thousands(evaluation.cost.parameters));
  if (evaluation.status == kFailed) {
    fmt::print(stderr, "failed: {}\n", evaluation.reason);
  } else {
    fmt::print(stderr, "accuracy {}, balanced {}, Unfairness {} ({:.1f} s)\n", share(scores.accuracy),
               share(scores.balanced_accuracy), share(scores.unfairness_sum), evaluation.seconds);
  }
}

/// The metrics that tables show, with their intervals.
Json reported_metrics(const Json& metrics) {
  Json kept = Json::object();
  for (const char* name : {"n", "accuracy", "balanced_accuracy", "worst_group", "unfairness_mean", "unfairness_sum",
                           "eodd", "eopp1", "eopp2", "predictions_sha256"}) {
    kept[name] = metrics.at(name);
  }
  return kept;
}

void write_design(const fs::path& file, const std::string& title, const Json& design, const std::string& source,
                  const nn::ModelOptions& options) {
  nn::Architecture architecture = nn::parse_architecture(design, file.string());
  architecture.name = file.stem().string();
  architecture.title = title;
  architecture.source = source;
  write_json(file, nn::to_json(architecture));
  fs::path python = file;
  write_file(python.replace_extension(".py"), nn::pytorch_source(architecture, options));
}

}  // namespace

Json TrainingSession::finish(Json record, const SearchArm& arm, const History& history,
                             const TrainingEvaluator& evaluator) const {
  record.update(summarise(history, rule_));
  if (arm.strategy == "llmnas") record["partition"] = summarise_niches(history, space_->macs_niches());
  if (record["best"].is_null()) return record;
  const auto name = record["best"]["name"].get<std::string>();
  const std::string source = fmt::format("flnas search, {}, seed {}, {}", arm.strategy, arm.seed, name);
  write_design(arm.folder / "best.json", "Best of " + arm.name, record["best"]["design"], source, space_->options());
  record["reported"] = Json::array();
  for (const auto& chosen : record[request_.best == "pareto" ? "front" : "top"]) {
    const auto& evaluations = history.evaluations;
    const auto found =
        std::find_if(evaluations.begin(), evaluations.end(), [&](const Evaluation& e) { return chosen == e.name; });
    const Json& design = history.design_of(*found);
    record["reported"].push_back(
        {{"name", found->name}, {"hash", found->hash}, {"test", reported_metrics(evaluator.report(*found, design))}});
    if (request_.best == "pareto") {
      write_design(arm.folder / "front" / (found->name + ".json"), found->name, design, source, space_->options());
    }
  }
  return record;
}

SearchEnd TrainingSession::run(const SearchArm& arm, TrainingEvaluator& evaluator) const {
  const fs::path file = arm.folder / kRecord;
  Json record = {{"schema", kSearchSchema},
                 {"kind", "search"},
                 {"status", "running"},
                 {"reason", "not finished; the same command continues it"}};
  record["command"] = command_;
  record["started"] = utc_now();
  record["finished"] = nullptr;
  record["name"] = arm.name;
  record["iterations"] = request_.budget;
  record["settings"] = settings(arm);
  record["data"] = record_to_json(data_);
  record["target"] = {{"name", target_.name}, {"title", target_.title}, {"present", is_present(target_, machine_)}};
  record["environment"] = {{"machine", describe_machine()}, {"build", describe_build()}};
  if (fs::exists(file)) {
    const Json found = read_json(file);
    require_same_settings(arm.folder, found.value("settings", Json::object()), record["settings"]);
    record["started"] = found.value("started", record["started"]);
  } else if (fs::exists(arm.folder / "archive.jsonl")) {
    throw ConfigError(
        fmt::format("{}: holds an archive without its search.json; choose another --out", arm.folder.string()));
  }
  const std::unique_ptr<SearchChat> chat = this->chat(arm);
  std::unique_ptr<LlmCaller> llm;
  if (chat) llm = std::make_unique<LlmCaller>(chat->client(), llm_settings(request_), arm.seed);
  const auto own = strategy(arm, evaluator, llm.get());
  write_with_digest(file, record);
  const History found = read_history(arm.folder / "archive.jsonl");
  evaluator.preload(found);
  Archive archive(arm.folder / "archive.jsonl");
  const std::size_t before = found.evaluations.size();
  const auto stop = [&](const std::string& reason) {
    record["status"] = "stopped";
    record["reason"] = reason;
    record.update(summarise(archive.history(), rule_));
    if (chat) record["ledger"] = chat->ledger();
    record["files"] = search_file_hashes(arm.folder, archive.history(), record);
    write_with_digest(file, record);
  };
  try {
    const SearchOutcome outcome =
        run_search(*own, *space_, evaluator, archive,
                   {.budget = static_cast<std::size_t>(request_.budget), .attempts = request_.attempts},
                   [&](const Evaluation& evaluation) { log(arm, evaluation, request_.budget); });
    if (outcome.failure) {
      stop(outcome.reason);
      return {record, outcome.failure};
    }
    record["status"] = outcome.reason.empty() ? "finished" : "stopped";
    record["reason"] = outcome.reason;
    const std::size_t all = archive.history().evaluations.size();
    const std::size_t done = all - std::min(all, before);
    record["overhead_ms_per_design"] =
        done == 0 ? Json(nullptr) : Json(1e3 * outcome.overhead_seconds / static_cast<double>(done));
  } catch (const std::exception& error) {
    stop(error.what());
    throw;
  }
  if (chat) record["ledger"] = chat->ledger();
  record = finish(std::move(record), arm, archive.history(), evaluator);
  record["files"] = search_file_hashes(arm.folder, archive.history(), record);
  record["finished"] = utc_now();
  write_with_digest(file, record);
  return {record, nullptr};
}

}  // namespace flnas::searches
