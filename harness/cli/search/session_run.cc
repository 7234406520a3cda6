#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/cli/search/files.h"
#include "harness/cli/search/session.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "harness/records/digest.h"
#include "searches/core/summary.h"
#include "searches/spaces/cnn/macs_niches.h"

namespace flnas::cli {
namespace {

namespace fs = std::filesystem;
using namespace searches;

constexpr char kRecord[] = "search.json";

/// Throws ConfigError naming the first setting in which the folder's search differs from the one asked for.
void require_same_search(const fs::path& folder, const Json& found, const Json& asked) {
  for (const auto& [key, value] : asked.items()) {
    if (found.contains(key) && found[key] == value) continue;
    throw ConfigError(fmt::format("{}: holds a search with another '{}'; choose another --out, or delete the folder",
                                  folder.string(), key));
  }
}

void log(const SearchArm& arm, const Evaluation& evaluation, int iterations) {
  const auto share = [](const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "-"; };
  const Scores& scores = evaluation.scores;
  fmt::print(stderr, "{} {}/{}: {} parameters, ", arm.name, evaluation.name, iterations,
             with_thousands(evaluation.cost.parameters));
  if (evaluation.status == kFailed) {
    fmt::print(stderr, "failed: {}\n", evaluation.reason);
  } else {
    fmt::print(stderr, "accuracy {}, balanced {}, Unfairness {} ({:.1f} s)\n", share(scores.accuracy),
               share(scores.balanced_accuracy), share(scores.unfairness_sum), evaluation.seconds);
  }
}

/// The metrics that tables show, with their intervals.
Json brief(const Json& metrics) {
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

Json SearchSession::finish(Json record, const SearchArm& arm, const History& history,
                           const TrainingEvaluator& evaluator) const {
  record.update(summarise(history, rule_));
  if (request_.niches > 0) {
    const Validator validator(space_, options_, request_.train.batch);
    record["partition"] = summarise_niches(history, macs_niches(validator, request_.niches));
  }
  if (record["best"].is_null()) return record;
  const auto name = record["best"]["name"].get<std::string>();
  const std::string source = fmt::format("flnas search, {}, seed {}, {}", arm.designer, arm.seed, name);
  write_design(arm.folder / "best.json", "Best of " + arm.name, record["best"]["design"], source, options_);
  record["reported"] = Json::array();
  for (const auto& chosen : record[request_.best == "pareto" ? "front" : "top"]) {
    const auto& evaluations = history.evaluations;
    const auto found =
        std::find_if(evaluations.begin(), evaluations.end(), [&](const Evaluation& e) { return chosen == e.name; });
    const Json& design = history.design_of(*found);
    record["reported"].push_back(
        {{"name", found->name}, {"hash", found->hash}, {"test", brief(evaluator.report(*found, design))}});
    if (request_.best == "pareto") {
      write_design(arm.folder / "front" / (found->name + ".json"), found->name, design, source, options_);
    }
  }
  return record;
}

SearchEnd SearchSession::run(const SearchArm& arm, TrainingEvaluator& evaluator) const {
  const fs::path file = arm.folder / kRecord;
  Json record = {{"schema", kRecordSchema},
                 {"kind", "search"},
                 {"status", "running"},
                 {"reason", "not finished; the same command continues it"}};
  record["command"] = request_.command;
  record["started"] = utc_now();
  record["finished"] = nullptr;
  record["name"] = arm.name;
  record["iterations"] = request_.search.iterations;
  record["settings"] = settings(arm);
  record["data"] = record_to_json(data_);
  record["target"] = {{"name", target_.name}, {"title", target_.title}, {"present", is_present(target_, machine_)}};
  record["environment"] = {{"machine", describe_machine()}, {"build", describe_build()}};
  if (fs::exists(file)) {
    const Json found = read_json(file);
    require_same_search(arm.folder, found.value("settings", Json::object()), record["settings"]);
    record["started"] = found.value("started", record["started"]);
  } else if (fs::exists(arm.folder / "archive.jsonl")) {
    throw ConfigError(
        fmt::format("{}: holds an archive without its search.json; choose another --out", arm.folder.string()));
  }
  const std::unique_ptr<SearchChat> chat = this->chat(arm);
  write_with_digest(file, record);
  Archive archive(arm.folder / "archive.jsonl");
  evaluator.know(archive.history());
  const Validator validator(space_, options_, request_.train.batch);
  const auto own = designer(arm, validator, chat.get());
  const std::size_t before = archive.history().evaluations.size();
  const auto stop = [&](const std::string& reason) {
    record["status"] = "stopped";
    record["reason"] = reason;
    archive.flush();
    record.update(summarise(archive.history(), rule_));
    if (chat) record["ledger"] = chat->ledger();
    record["files"] = search_file_hashes(arm.folder, archive.history(), record);
    write_with_digest(file, record);
  };
  try {
    const SearchOutcome outcome =
        run_search(*own, validator, evaluator, archive, request_.search,
                   [&](const Evaluation& evaluation) { log(arm, evaluation, request_.search.iterations); });
    if (outcome.failure) {
      stop(outcome.reason);
      return {record, outcome.failure};
    }
    record["status"] = outcome.reason.empty() ? "finished" : "stopped";
    record["reason"] = outcome.reason;
    const std::size_t done = archive.history().evaluations.size() - before;
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

}  // namespace flnas::cli
