#include "harness/apps/search/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/apps/program/options.h"
#include "harness/apps/search/files.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/latency/this_machine.h"
#include "harness/nn/pytorch_source.h"
#include "harness/results/digest.h"
#include "searches/evolution_designer.h"
#include "searches/fahana_designer.h"
#include "searches/llm_designer.h"
#include "searches/niche_designer.h"
#include "searches/niche_llm_designer.h"
#include "searches/random_designer.h"
#include "searches/summary.h"

namespace flnas::apps {
namespace {

namespace fs = std::filesystem;
using namespace searches;

constexpr char kRecord[] = "search.json";
constexpr char kNoTarget[] = "none";

/// A platform that no machine is and that cannot be estimated, so that designs have no latency.
Platform no_target() {
  Platform platform;
  platform.name = kNoTarget;
  platform.title = "no device in particular";
  platform.recognised_by.device_tree = {kNoTarget};
  return platform;
}

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

/// What a prompt calls the target.
std::string device_text(const Platform& target, bool present) {
  if (!present || !target.recognised_by.any_machine()) return target.title;
  const Json machine = describe_machine();
  const std::string cpu = machine["cpu"].is_string() ? machine["cpu"].get<std::string>() : "unknown processor";
  return fmt::format("a computer with {} cores ({})", machine["cores"].dump(), cpu);
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

const std::vector<std::string>& designer_names() {
  static const std::vector<std::string> names = {"llm", "file", "replay", "evolution", "random", "fahana", "niches"};
  return names;
}

SearchSession::SearchSession(SearchRequest request) : request_(std::move(request)) {
  require_valid(request_.train.problems());
  if (request_.search.iterations < 1 || request_.search.attempts < 1) {
    throw ConfigError("--iterations and --attempts must be at least 1");
  }
  find_name("--best", request_.best, {"paper", "pareto"});
  space_ = load_space(request_.template_file, request_.choices_file);
  prompt_ = PromptTemplate::load(request_.prompt);
  target_ = request_.target == kNoTarget ? no_target() : load_platform(request_.target);
  machine_ = this_machine();
  const RunData data(request_.data, request_.train.task, request_.train.size);
  data_ = data.info();
  data_title_ = data.table().adapter.title;
  options_ = {.classes = static_cast<std::int64_t>(data_.classes.size()), .size = request_.train.size};
  rule_ = BestRule::for_classes(data_.classes.size());
  Validator(space_, options_, request_.train.batch).require_members();
  if (!request_.chat.record.empty() && is_present(target_, machine_)) {
    fmt::print(stderr,
               "warning: {} is this machine: measured latencies stand in the prompts and never come twice, so that "
               "{} will not replay in another folder; take --target none, or a device that is not here\n",
               target_.name, request_.chat.record.string());
  }
  if (target_.name != kNoTarget && !is_present(target_, machine_)) {
    fmt::print(stderr, "{} is not here: latencies of designs are {}\n", target_.title,
               target_.can_be_estimated() ? "estimated, and marked so"
                                          : "not known, since its file has no rates and efficiencies to estimate by");
  }
}

std::unique_ptr<TrainingEvaluator> SearchSession::evaluator(const fs::path& out, std::uint64_t seed) const {
  // Beside the runs: whoever verifies them compares their images with it.
  if (const fs::path copy = out / "split.json"; !fs::exists(copy)) write_file(copy, read_file(request_.data.split));
  TrainingEvaluatorConfig config;
  config.train = request_.train;
  config.train.seed = seed;
  config.data = request_.data;
  config.out = out;
  config.target = target_;
  config.machine = machine_;
  config.frozen_head = request_.frozen_head;
  config.basic = space_.basic;
  config.search_command = request_.command;
  config.command = [train = config.train, data = request_.data](const fs::path& design, const fs::path& folder) {
    std::vector<std::string> words = {
        "flnas",    "train",      design.string(), "--data",       data.folder.string(), "--split", data.split.string(),
        "--subset", "validation", "--out",         folder.string()};
    if (data.adapter != DataSource{}.adapter) words.insert(words.end(), {"--adapter", data.adapter});
    for (auto& flag : changed_flags(train)) words.push_back(std::move(flag));
    return command_line(words);
  };
  return std::make_unique<TrainingEvaluator>(std::move(config));
}

std::unique_ptr<Designer> SearchSession::designer(const SearchArm& arm, const Validator& validator,
                                                  SearchChat* chat) const {
  if (arm.designer == "niches") {
    const int niches = request_.niches > 0 ? request_.niches : kUsualNiches;
    return std::make_unique<NicheDesigner>(validator, macs_niches(validator, niches), arm.seed);
  }
  if (arm.designer == "random") return std::make_unique<RandomDesigner>(space_.choices, arm.seed);
  if (arm.designer == "evolution") {
    return std::make_unique<EvolutionDesigner>(space_.choices, EvolutionConfig::for_budget(request_.search.iterations),
                                               rule_, arm.seed);
  }
  if (arm.designer == "fahana") {
    return std::make_unique<FahanaDesigner>(space_, FahanaConfig{.frozen_head = request_.frozen_head}, arm.seed);
  }
  PromptSetting setting{.data = data_title_,
                        .classes = data_.classes,
                        .size = request_.train.size,
                        .device = device_text(target_, is_present(target_, machine_)),
                        .space = space_,
                        .rule = rule_,
                        .parts = arm.parts};
  LlmConfig config{.model = request_.chat.model,
                   .temperature = request_.chat.temperature,
                   .max_tokens = request_.chat.max_tokens,
                   .seed = arm.seed};
  if (request_.niches > 0) {
    return std::make_unique<NicheLlmDesigner>(chat->client(), prompt_, std::move(setting), std::move(config), validator,
                                              macs_niches(validator, request_.niches));
  }
  return std::make_unique<LlmDesigner>(chat->client(), prompt_, std::move(setting), std::move(config), options_);
}

Json SearchSession::settings(const SearchArm& arm) const {
  TrainConfig train = request_.train;
  train.seed = arm.seed;
  Json json = {{"designer", arm.designer}, {"seed", arm.seed}, {"attempts", request_.search.attempts}};
  // The size of evolution's population depends on the budget: another budget is another search.
  if (arm.designer == "evolution") json["iterations"] = request_.search.iterations;
  if (needs_chat(arm.designer)) {
    json["model"] = request_.chat.model;
    json["temperature"] = request_.chat.temperature;
    json["prompt"] = sha256(prompt_.text());
    json["parts"] = record_to_json(arm.parts);
  }
  json["train"] = config_to_json(train);
  json["template"] = canonical(space_.basic);
  json["choices"] = space_.choices.json;
  json["target"] = target_.name;
  json["frozen_head"] = request_.frozen_head;
  if (request_.niches > 0) json["niches"] = request_.niches;
  json["data"] = data_.fingerprint;
  json["split"] = data_.split_sha256;
  return json;
}

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

std::unique_ptr<SearchChat> SearchSession::chat(const SearchArm& arm) const {
  if (!needs_chat(arm.designer)) return nullptr;
  request_.chat.require_for(arm.designer);
  ChatRequestOptions options = request_.chat;
  if (arm.designer == "llm" && options.record.empty()) options.record = arm.folder / "exchanges.jsonl";
  return std::make_unique<SearchChat>(arm.designer, options, arm.folder);
}

void SearchSession::require_chats(const std::vector<SearchArm>& arms) const {
  for (SearchArm arm : arms) {
    arm.folder = request_.out;
    chat(arm);
  }
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

}  // namespace flnas::apps
