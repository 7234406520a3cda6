#include "searches/training/training_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "datasets/adapters/adapter_files.h"
#include "datasets/example_word.h"
#include "datasets/splits/split.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/names.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/records/files.h"
#include "searches/core/designs_csv.h"
#include "searches/core/summary.h"
#include "searches/problem/objective_settings.h"
#include "searches/training/design_sizes.h"
#include "searches/training/macs_niches.h"
#include "searches/training/prompt_values.h"
#include "searches/training/run_image_counts.h"
#include "searches/training/short_training.h"
#include "searches/training/training_evaluator.h"
#include "searches/training/training_recipe.h"
#include "searches/training/training_settings.h"
#include "searches/training/training_text.h"
#include "searches/training/validation_scores.h"

namespace flnas::searches {
namespace {

namespace fs = std::filesystem;

/// 1: the first edition's, whose settings have a designer in place of the strategy and whose archive knows no proxies.
constexpr int kSearchSchema = 2;

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

std::string shown(const Evaluation& evaluation) {
  const auto share = [](const std::optional<double>& value) { return value ? fmt::format("{:.3f}", *value) : "-"; };
  const DesignScores& scores = evaluation.scores;
  const std::string parameters = short_count(static_cast<double>(evaluation.cost.parameters)) + " parameters, ";
  if (evaluation.status == kFailed) return parameters + "failed: " + evaluation.reason;
  return parameters + fmt::format("accuracy {}, balanced {}, Unfairness {} ({:.1f} s)", share(scores.accuracy),
                                  share(scores.balanced_accuracy), share(scores.unfairness_sum), evaluation.seconds);
}

/// The metrics that tables show, and those that the search went by, with their intervals.
Json reported_metrics(const Json& metrics, const Objectives& objectives) {
  Json kept = Json::object();
  for (const char* name : {"version", "min_support", "bootstrap", "n", "accuracy", "balanced_accuracy", "worst_group",
                           "unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2", "predictions_sha256"}) {
    if (metrics.contains(name)) kept[name] = metrics[name];  // metrics of version 1 have fewer
  }
  for (const std::string& name : objectives) {
    if (metrics.contains(name)) kept[name] = metrics[name];  // costs are none of them
  }
  return kept;
}

/// The split of a request that names none: all examples, by protocol clean.
fs::path split_in(const fs::path& out, const DataSource& source) {
  fs::path file = out / kSplitFile;
  if (!fs::exists(file)) {
    const Table table = read_table(source.folder, load_adapter(source.adapter, source.folder));
    const Split split = make_split(table, {.protocol = "clean", .images = 0});
    for (const auto& note : split.notes) fmt::print(stderr, "split: {}\n", note);
    write_json(file, split_to_json(split));
  }
  return file;
}

class TrainingProblem : public Problem {
 public:
  TrainingProblem(const SearchPlan& plan, const MakeTrainedSpace& make_space)
      : request_(plan.request),
        source_(request_.own.of<DataSettings>().data),
        own_(request_.own.of<TrainingSettings>()),
        objectives_(request_.own.of<ObjectiveSettings>().objectives),
        command_(plan.command),
        is_alone_(plan.is_alone) {
    flnas::require_valid(request_.train.problems());
    if (request_.target.empty()) request_.target = "host";
    find_name("--best", own_.best, {"paper", "pareto"});
    require_objectives(objectives_);
    if (own_.repeats < 0 || own_.repeats == 1) {
      throw ConfigError("--repeats must be 0 or at least 2: a spread takes two trainings");
    }
    if (own_.repeats > 0 && !request_.llm.answers()) {
      throw ConfigError("--repeats is told to a language model, and none is asked: give --llm, or leave it out");
    }
    if (!plan.needs_niches() && !request_.niches.empty()) {
      throw ConfigError("--niches is for strategies that go by niches, as llmnas does");
    }
    prompt_ = PromptTemplate::load(request_.llm.prompt);
    target_ = request_.target == kNoTarget ? no_target() : load_platform(request_.target);
    machine_ = this_machine();
    if (source_.split.empty()) source_.split = split_in(request_.out, source_);
    loaded_ = std::make_shared<const RunData>(source_, request_.train.task, request_.train.size);
    request_.train.task = loaded_->task().name;
    data_ = loaded_->info();
    rule_ = BestRule::for_classes(data_.classes.size(), objectives_);
    require_figures();
    space_ = make_space(plan, *loaded_, plan.needs_niches() ? macs_niches_asked(request_.niches) : 1);
    warn_of_target();
    // In a space of its own, so that what is drawn takes no number in the search's.
    const std::string sizes = design_sizes_text(*make_space(plan, *loaded_, 1).space, example());
    if (!sizes.empty()) fmt::print(stderr, "{}\n", wrap(sizes, 0, 2));
  }

  Searched open(const SearchRun& run) const override;
  std::optional<double> latency_limit_us() const override { return space_.words.latency_limit_us; }
  std::function<ChatMessages(const Turn&)> question(const SearchRun& run) const override;
  const BestRule* rule() const override { return &rule_; }

  const char* record_file() const override { return kSearchFile; }
  Json header() const override;
  Json settings(const SearchRun& run) const override;
  void summarise(Json& record, const History& history) const override {
    record.update(record_to_json(searches::summarise(history, rule_)));
  }
  void finish(Json& record, const SearchRun& run, const RunState& state) const override;

  void show(const SearchRun& run, const Evaluation& evaluation) const override {
    fmt::print(stderr, "{} {}/{}: {}\n", run.configuration.name, evaluation.name, request_.budget, shown(evaluation));
  }
  std::string example() const override { return loaded_->table().adapter.example; }
  std::string text(const Json& record, const fs::path& out, const TableForm& form) const override {
    return training_search_text(record, out, form, example());
  }

 private:
  std::unique_ptr<TrainingEvaluator> make_evaluator(const fs::path& out, std::uint64_t seed) const;
  /// Throws ConfigError where designs cannot have a figure that is an objective.
  void require_figures() const;
  void warn_of_target() const;
  int frozen_stages() const { return space_.frozen ? space_.frozen->stages : 0; }

  CommonRequest request_;
  DataSource source_;
  TrainingSettings own_;
  Objectives objectives_;
  std::string command_;
  bool is_alone_;
  TrainedSpace space_;
  PromptTemplate prompt_;
  BestRule rule_;
  std::shared_ptr<const RunData> loaded_;
  DataInfo data_;
  Platform target_;
  MachineIdentity machine_;
  mutable std::shared_ptr<TrainingEvaluator> evaluator_;  ///< of the seed that was opened last
  mutable std::uint64_t seed_ = 0;
};

void TrainingProblem::warn_of_target() const {
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

Searched TrainingProblem::open(const SearchRun& run) const {
  // What one configuration has trained with a seed, others need not.
  if (!evaluator_ || seed_ != run.seed) {
    evaluator_ = make_evaluator(is_alone_ ? run.folder : run.folder.parent_path(), run.seed);
    seed_ = run.seed;
  }
  return {
      .space = space_.space, .evaluator = evaluator_, .limits = {.budget = static_cast<std::size_t>(request_.budget)}};
}

void TrainingProblem::require_figures() const {
  if (needs_robustness(objectives_) && loaded_->size() == 0) {
    throw ConfigError("--objectives: robust_accuracy and fgsm_accuracy are of images, and these data are a table");
  }
  const bool timed = is_present(target_, machine_) || target_.can_be_estimated();
  if (timed || std::ranges::find(objectives_, "latency") == objectives_.end()) return;
  throw ConfigError(
      fmt::format("--objectives latency: designs have no latency on --target {}; name another device", target_.name));
}

std::unique_ptr<TrainingEvaluator> TrainingProblem::make_evaluator(const fs::path& out, std::uint64_t seed) const {
  // Beside the runs: whoever verifies them compares their images with it.
  if (const fs::path copy = out / kSplitFile; !fs::exists(copy)) write_file(copy, read_file(source_.split));
  keep_adapter(loaded_->table().adapter, out);
  TrainingEvaluatorConfig config;
  config.train = request_.train;
  config.train.seed = seed;
  config.data = source_;
  config.loaded = loaded_;
  config.out = out;
  config.target = target_;
  config.machine = machine_;
  config.example = example();
  config.objectives = objectives_;
  config.search_command = command_;
  config.command = [train = config.train, data = source_](const fs::path& design, std::uint64_t train_seed,
                                                          const fs::path& folder) {
    std::vector<std::string> words = {
        "flnas",    "train",      design.string(), "--data",       data.folder.string(), "--split", data.split.string(),
        "--subset", "validation", "--out",         folder.string()};
    if (data.fold != 0) words.insert(words.end(), {"--fold", std::to_string(data.fold)});
    if (!data.adapter.empty()) words.insert(words.end(), {"--adapter", data.adapter});
    TrainConfig seeded = train;
    seeded.seed = train_seed;
    for (auto& flag : arguments_of(seeded)) words.push_back(std::move(flag));
    return command_line(words);
  };
  return std::make_unique<TrainingEvaluator>(space_, std::move(config));
}

std::function<ChatMessages(const Turn&)> TrainingProblem::question(const SearchRun& run) const {
  const ImageCounts counts = count_images(*loaded_);
  const TrainConfig train = effective_config(request_.train, loaded_->table().adapter.is_table());
  PromptSetting setting{.data = loaded_->table().adapter.title,
                        .classes = data_.classes,
                        .size = loaded_->size(),
                        .device = device_text(target_, is_present(target_, machine_)),
                        .space = space_.words,
                        .rule = rule_,
                        .parts = run.configuration.parts,
                        .counts = counts,
                        .recipe = recipe_text(train, counts, data_.classes, frozen_stages()),
                        .budget = static_cast<std::size_t>(request_.budget)};
  if (run.configuration.asks && run.configuration.parts.metrics) {
    setting.repeats = evaluator_->repeat_basic(own_.repeats);
  }
  setting.detail = [trained = evaluator_](const Evaluation& evaluation) { return trained->detail(evaluation); };
  return [prompt = prompt_, setting, example = example()](const Turn& turn) {
    ChatMessages messages = prompt.fill(prompt_values(setting, turn.archive.history()));
    for (ChatMessage& message : messages) message.content = in_words_of(message.content, example);
    return messages;
  };
}

Json TrainingProblem::header() const {
  return {{"schema", kSearchSchema},
          {"kind", "search"},
          {"data", record_to_json(data_)},
          {"target", record_to_json(SearchTarget{target_.name, target_.title, is_present(target_, machine_)})}};
}

Json TrainingProblem::settings(const SearchRun& run) const {
  TrainConfig train = request_.train;
  train.seed = run.seed;
  Json json = Json::object();
  if (run.configuration.asks) {
    json["prompt"] = sha256(prompt_.text());
    json["parts"] = record_to_json(run.configuration.parts);
    json["budget"] = request_.budget;  // the prompt tells how many designs are left
    if (own_.repeats > 0) json["repeats"] = own_.repeats;
  }
  json["train"] = config_to_json(train);
  json.update(space_.settings);
  json["target"] = target_.name;
  if (!objectives_.empty()) json["objectives"] = objectives_;
  if (run.configuration.by_niches) json["niches"] = space_.space->niches();
  json["data"] = data_.fingerprint;
  json["split"] = data_.split_sha256;
  if (source_.fold != 0) json["fold"] = source_.fold;
  return json;
}

void TrainingProblem::finish(Json& record, const SearchRun& run, const RunState& state) const {
  const Configuration& configuration = run.configuration;
  const History& history = state.history;
  if (configuration.by_niches) {
    record["partition"] = record_to_json(summarise_niches(history, space_.niches, objectives_));
  }
  write_file(run.folder / "designs.csv", designs_csv(searches::summarise(history, rule_)));
  if (record["best"].is_null()) return;
  const auto name = record["best"]["name"].get<std::string>();
  const std::string source = fmt::format("flnas search, {}, seed {}, {}", configuration.strategy, run.seed, name);
  space_.write(run.folder / "best.json", "Best of " + configuration.name, record["best"]["design"], source);
  const auto& trained = dynamic_cast<const TrainingEvaluator&>(*state.searched.evaluator);
  record["short_training"] = short_training(trained.out(), history, request_.train.selection);
  record["reported"] = Json::array();
  for (const auto& chosen : record[own_.best == "pareto" ? "front" : "top"]) {
    const auto& evaluations = history.evaluations;
    const auto found =
        std::find_if(evaluations.begin(), evaluations.end(), [&](const Evaluation& e) { return chosen == e.name; });
    const Json& design = history.design_of(*found);
    record["reported"].push_back(record_to_json(
        ReportedDesign{found->name, found->hash, reported_metrics(trained.report(*found, design), objectives_)}));
    if (own_.best == "pareto") {
      space_.write(run.folder / "front" / (found->name + ".json"), found->name, design, source);
    }
  }
}

}  // namespace

std::unique_ptr<ProblemSet> open_training(const SearchPlan& plan, const MakeTrainedSpace& make_space) {
  return set_of(std::make_unique<TrainingProblem>(plan, make_space));
}

bool has_data(const CommonRequest& request) { return !request.own.of<DataSettings>().data.folder.empty(); }

bool has_split_data(const CommonRequest& request) {
  return has_data(request) && !request.own.of<DataSettings>().data.split.empty();
}

bool is_on_table(const CommonRequest& request) {
  const DataSource& data = request.own.of<DataSettings>().data;
  return has_data(request) && load_adapter(data.adapter, data.folder).is_table();
}

bool is_on_images(const CommonRequest& request) { return !is_on_table(request); }

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
