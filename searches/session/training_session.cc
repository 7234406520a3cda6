#include "searches/session/training_session.h"

#include <fmt/format.h>

#include <charconv>

#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "harness/base/system.h"
#include "harness/latency/estimation/this_machine.h"
#include "searches/spaces/cnn/design.h"
#include "searches/strategies/strategies.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

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

TrainingSession::TrainingSession(const SearchRequest& request, std::string command)
    : request_(request), command_(std::move(command)) {
  flnas::require_valid(request_.train.problems());
  if (request_.target.empty()) request_.target = "host";
  find_name("--best", request_.best, {"paper", "pareto"});
  prompt_ = PromptTemplate::load(request_.llm.prompt);
  target_ = request_.target == kNoTarget ? no_target() : load_platform(request_.target);
  machine_ = this_machine();
  images_ = std::make_shared<const RunData>(request_.data, request_.train.task, request_.train.size);
  data_ = images_->info();
  rule_ = BestRule::for_classes(data_.classes.size());
  const nn::ModelOptions options{.classes = static_cast<std::int64_t>(data_.classes.size()),
                                 .size = request_.train.size};
  const bool has_niches = request_.strategy == "llmnas" || request_.strategy.empty();
  if (!has_niches && !request_.niches.empty()) throw ConfigError("--niches is for strategy llmnas");
  const int niches = has_niches ? macs_niches_asked(request_.niches) : 1;
  auto definition = load_cnn(request_.template_file, request_.choices_file);
  CnnSpace(definition, options, request_.train.batch).require_members();
  space_ =
      std::make_unique<CnnSpace>(std::move(definition), options, request_.train.batch, niches, request_.frozen_head);
  if (!request_.llm.record.empty() && is_present(target_, machine_)) {
    fmt::print(stderr,
               "warning: {} is this machine: measured latencies stand in the prompts and never come twice, so that "
               "{} will not replay in another folder; take --target none, or a device that is not here\n",
               target_.name, request_.llm.record.string());
  }
  if (target_.name != kNoTarget && !is_present(target_, machine_)) {
    fmt::print(stderr, "{} is not here: latencies of designs are {}\n", target_.title,
               target_.can_be_estimated() ? "estimated, and marked so"
                                          : "not known, since its file has no rates and efficiencies to estimate by");
  }
}

std::unique_ptr<TrainingEvaluator> TrainingSession::evaluator(const fs::path& out, std::uint64_t seed) const {
  // Beside the runs: whoever verifies them compares their images with it.
  if (const fs::path copy = out / "split.json"; !fs::exists(copy)) write_file(copy, read_file(request_.data.split));
  TrainingEvaluatorConfig config;
  config.train = request_.train;
  config.train.seed = seed;
  config.data = request_.data;
  config.loaded = images_;
  config.out = out;
  config.target = target_;
  config.machine = machine_;
  config.frozen_head = request_.frozen_head;
  config.search_command = command_;
  config.command = [train = config.train, data = request_.data](const fs::path& design, const fs::path& folder) {
    std::vector<std::string> words = {
        "flnas",    "train",      design.string(), "--data",       data.folder.string(), "--split", data.split.string(),
        "--subset", "validation", "--out",         folder.string()};
    if (data.fold != 0) words.insert(words.end(), {"--fold", std::to_string(data.fold)});
    if (data.adapter != DataSource{}.adapter) words.insert(words.end(), {"--adapter", data.adapter});
    for (auto& flag : arguments_of(train)) words.push_back(std::move(flag));
    return command_line(words);
  };
  return std::make_unique<TrainingEvaluator>(*space_, std::move(config));
}

bool TrainingSession::asks(const SearchArm& arm) const {
  return request_.llm.answers() && find_strategy(arm.strategy).takes_language_model;
}

std::unique_ptr<SearchStrategy> TrainingSession::strategy(const SearchArm& arm, const TrainingEvaluator& evaluator,
                                                          LlmCaller* llm) const {
  StrategyContext context{.space = *space_,
                          .evaluator = evaluator,
                          .budget = static_cast<std::size_t>(request_.budget),
                          .seed = arm.seed,
                          .latency_limit_us = space_->definition().choices.limits.latency_us,
                          .llm = llm,
                          .llm_settings = llm_settings(request_),
                          .question = {}};
  const PromptSetting setting{.data = images_->table().adapter.title,
                              .classes = data_.classes,
                              .size = request_.train.size,
                              .device = device_text(target_, is_present(target_, machine_)),
                              .space = space_->definition(),
                              .rule = rule_,
                              .parts = arm.parts};
  context.question = [prompt = prompt_, setting](const Archive& archive) {
    return prompt.fill(prompt_values(setting, archive.history()));
  };
  return make_strategy(arm.strategy, context);
}

Json TrainingSession::settings(const SearchArm& arm) const {
  TrainConfig train = request_.train;
  train.seed = arm.seed;
  const StrategyEntry& entry = find_strategy(arm.strategy);
  Json json = {{"strategy", arm.strategy}, {"seed", arm.seed}, {"attempts", request_.attempts}, {"space", kCnn}};
  json["strategy_settings"] = entry.settings(static_cast<std::size_t>(request_.budget), /*is_costly=*/true);
  if (asks(arm)) {
    json.update(request_.llm.settings());
    json["prompt"] = sha256(prompt_.text());
    json["parts"] = record_to_json(arm.parts);
  }
  json["train"] = config_to_json(train);
  json["template"] = canonical(space_->definition().basic);
  json["choices"] = space_->definition().choices.json;
  json["target"] = target_.name;
  json["frozen_head"] = request_.frozen_head;
  if (arm.strategy == "llmnas") json["niches"] = space_->niches();
  json["data"] = data_.fingerprint;
  json["split"] = data_.split_sha256;
  return json;
}

std::unique_ptr<SearchChat> TrainingSession::chat(const SearchArm& arm) const {
  return asks(arm) ? std::make_unique<SearchChat>(request_.llm, arm.folder) : nullptr;
}

void TrainingSession::require_possible(const std::vector<SearchArm>& arms) const {
  bool any = false;
  for (SearchArm arm : arms) {
    const StrategyEntry& entry = find_strategy(arm.strategy);
    if (entry.needs_language_model && !request_.llm.answers()) {
      throw ConfigError(
          fmt::format("strategy {} asks a language model: give --llm server, file or replay", arm.strategy));
    }
    any |= asks(arm);
    arm.folder = request_.out;
    chat(arm);
  }
  if (request_.llm.answers() && !any) {
    throw ConfigError(fmt::format("--llm {}: none of these strategies asks a language model", request_.llm.llm));
  }
}

int macs_niches_asked(const std::string& text) {
  constexpr std::string_view kMacs = "macs:";
  constexpr int kUsual = 4;
  if (text.empty()) return kUsual;
  int count = 0;
  const char* end = text.data() + text.size();
  const bool read = text.rfind(kMacs, 0) == 0 && std::from_chars(text.data() + kMacs.size(), end, count).ptr == end;
  if (!read || count < 1) throw ConfigError(unknown_name("--niches", text, {"macs:4"}));
  return count;
}

}  // namespace flnas::searches
