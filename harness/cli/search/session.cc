#include "harness/cli/search/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/latency/estimation/this_machine.h"
#include "searches/strategies/evolution_designer.h"
#include "searches/strategies/fahana_designer.h"
#include "searches/strategies/llm_designer.h"
#include "searches/strategies/niche_designer.h"
#include "searches/strategies/niche_llm_designer.h"
#include "searches/strategies/random_designer.h"

namespace flnas::cli {
namespace {

namespace fs = std::filesystem;
using namespace searches;

constexpr char kNoTarget[] = "none";

/// A platform that no machine is and that cannot be estimated, so that designs have no latency.
Platform no_target() {
  Platform platform;
  platform.name = kNoTarget;
  platform.title = "no device in particular";
  platform.recognised_by.device_tree = {kNoTarget};
  return platform;
}

/// What a prompt calls the target.
std::string device_text(const Platform& target, bool present) {
  if (!present || !target.recognised_by.any_machine()) return target.title;
  const Json machine = describe_machine();
  const std::string cpu = machine["cpu"].is_string() ? machine["cpu"].get<std::string>() : "unknown processor";
  return fmt::format("a computer with {} cores ({})", machine["cores"].dump(), cpu);
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
    for (auto& flag : arguments_of(train)) words.push_back(std::move(flag));
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

}  // namespace flnas::cli
