#include "harness/study/plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <thread>

#include "datasets/adapters/adapter_files.h"
#include "datasets/splits/split.h"
#include "datasets/synthetic/synth.h"
#include "datasets/tabular/synth.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/jobs/slurm.h"
#include "harness/latency/measure.h"
#include "harness/nn/models/model.h"
#include "harness/runs/reference.h"
#include "harness/study/train_model.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

std::string own_path() { return fs::read_symlink("/proc/self/exe").string(); }

/// Puts what was asked for in place of the profile's setting; returns whether that changed it.
bool override_setting(const char* flag, int value, int& setting, std::vector<std::string>& overrides, int unset = 0) {
  if (value < std::min(unset, 0)) throw ConfigError(fmt::format("{} must be above {}, not {}", flag, unset, value));
  if (value == unset || value == setting) return false;
  overrides.push_back(fmt::format("{} {}", flag, value));
  setting = value;
  return true;
}

/// The task asked for; else the profile's, or the first of data that do not have it.
std::string task_of(const ReproduceRequest& request, const Profile& profile) {
  if (!request.task.empty()) return request.task;
  const auto adapter = [&] {
    if (!request.data.folder.empty()) return load_adapter(request.data.adapter, request.data.folder);
    return profile.kind == "table" ? synthetic_table_adapter() : synthetic_adapter();
  }();
  const auto is_profiles = [&](const Task& task) { return task.name == profile.task; };
  return std::ranges::any_of(adapter.tasks, is_profiles) ? profile.task : adapter.tasks.front().name;
}

/// The profile asked for; where none is, the one for the kind of the data.
std::string profile_of(const ReproduceRequest& request) {
  if (!request.profile.empty()) return request.profile;
  const bool table = !request.data.folder.empty() && load_adapter(request.data.adapter, request.data.folder).is_table();
  return table ? kTableProfile : "quick";
}

/// What a run's folder and records call a model that has not its own name.
std::string name_for(const ReproducedModel& model) { return model.name != model.model ? model.name : ""; }

/// The words of `flnas ...` as a job of this very program.
Job job_of(const std::string& name, const fs::path& log, std::vector<std::string> words) {
  words.front() = own_path();
  return {.name = name, .command = std::move(words), .log = log};
}

/// "search1-s1-0a1b2c3d", or of a fold "search1-f2-s1-0a1b2c3d".
std::string run_name(const ReproducedModel& model, int fold, std::uint64_t seed, const TrainConfig& config) {
  const std::string of_fold = fold == 0 ? "" : fmt::format("-f{}", fold);
  return fmt::format("{}{}-s{}-{:.8}", model.name, of_fold, seed, config_hash(config));
}

PlannedRun plan_run(const Plan& plan, const DataSource& source, const ReproducedModel& model, int fold,
                    std::uint64_t seed) {
  TrainRequest train;
  train.config = plan.profile.train_config(model.model, seed);
  if (model.mitigation != "none") train.config.mitigation = model.mitigation;
  if (plan.request.threads > 0) train.config.threads = plan.request.threads;
  if (plan.jobs > 1 && train.config.threads == 0 && !plan.request.slurm) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    train.config.threads = std::max(1, cores / plan.jobs);
  }
  const std::string name = run_name(model, fold, seed, train.config);
  PlannedRun run{.folder = "runs/" + name, .model = model.name};
  if (fold != 0) run.pooled = "pooled/" + run_name(model, 0, seed, train.config);
  train.model = model.model;
  train.name = name_for(model);
  train.title = model.title;
  train.data = source;
  train.min_support = plan.profile.min_support;
  train.data.fold = fold;
  train.limits = plan.request.limits;
  train.out = plan.request.out / run.folder;
  run.job = job_of(name, plan.request.out / "logs" / (name + ".log"), command_words(train));
  return run;
}

/// Table I's devices, after this machine; one that is not here is estimated.
const std::vector<std::string> kPlatforms = {"host", "a10", "pi4"};

PlannedRun plan_measurement(const Plan& plan, const ReproducedModel& model, const std::string& platform,
                            const std::vector<std::int64_t>& columns) {
  const bool host = platform == "host";
  const std::string name = model.name + (host ? "" : "-" + platform);
  PlannedRun run{.folder = "hardware/" + name};
  MeasureRequest measure;
  measure.model = model.model;
  measure.out = plan.request.out / run.folder;
  measure.name = name_for(model);
  measure.platform = platform;
  measure.columns = fmt::format("{}", fmt::join(columns, ","));
  if (host) measure.device = plan.profile.train_config(model.model, 1).device;
  run.job =
      job_of("hardware of " + name, plan.request.out / "logs" / ("hardware-" + name + ".log"), command_words(measure));
  return run;
}

}  // namespace

Plan make_plan(const ReproduceRequest& request, const nn::Registry& registry, const std::vector<std::string>& listed) {
  if (request.threads < 0) throw ConfigError(fmt::format("--threads must be above 0, not {}", request.threads));
  if (request.jobs < 0) throw ConfigError(fmt::format("--jobs must be above 0, not {}", request.jobs));
  require_valid(request.limits.problems());
  if (!request.slurm && !request.slurm_options.empty()) throw ConfigError("--slurm-options needs --slurm");
  split_options(request.slurm_options);  // throws
  Plan plan{.request = request, .profile = load_profile(profile_of(request))};
  plan.jobs = request.jobs > 0 ? request.jobs : request.slurm ? kMostQueued : 1;
  Profile& profile = plan.profile;
  profile.task = task_of(request, profile);
  if (!request.protocol.empty()) profile.protocol = request.protocol;
  if (request.folds != 0) profile.folds = request.folds;
  profile.folds = number_of_folds({.protocol = profile.protocol, .folds = profile.folds});
  if (profile.folds > 0) {
    plan.folds.resize(static_cast<std::size_t>(profile.folds));
    std::iota(plan.folds.begin(), plan.folds.end(), 1);
  }
  if (!request.device.empty()) profile.train["device"] = request.device;
  override_setting("--images", request.images, profile.images, plan.overrides, /*unset=*/-1);
  override_setting("--seeds", request.seeds, profile.seeds, plan.overrides);
  int size = profile.train.value("size", TrainConfig{}.size),
      epochs = profile.train.value("epochs", TrainConfig{}.epochs);
  if (override_setting("--size", request.size, size, plan.overrides)) profile.train["size"] = size;
  if (override_setting("--epochs", request.epochs, epochs, plan.overrides)) {
    profile.train["epochs"] = epochs;
    for (auto& [model, own] : profile.epochs) own = std::min(own, epochs);
  }
  const auto& usual = profile.models.empty() ? listed : profile.models;
  plan.models = reproduced_models(registry, request.models.empty() ? usual : request.models);
  if (profile.kind == "table" || !request.data.folder.empty()) {
    const Adapter adapter = request.data.folder.empty() ? synthetic_table_adapter()
                                                        : load_adapter(request.data.adapter, request.data.folder);
    plan.references = references_of(adapter, adapter.task(profile.task));
  }
  plan.has_own_models = std::ranges::any_of(
      plan.models, [&](const auto& model) { return std::ranges::find(listed, model.model) == listed.end(); });
  if (!request.models.empty()) plan.overrides.push_back(fmt::format("--models {}", fmt::join(request.models, ",")));
  if (request.no_hardware) plan.overrides.emplace_back("--no-hardware");
  return plan;
}

std::vector<PlannedRun> plan_runs(const Plan& plan, const DataSource& source, const std::vector<std::uint64_t>& seeds,
                                  const nn::Registry& registry) {
  std::map<std::string, double> work;  // by model
  const Adapter adapter = load_adapter(source.adapter, source.folder);
  const auto classes = static_cast<std::int64_t>(adapter.task(plan.profile.task).classes.size());
  for (const auto& model : plan.models) {
    const TrainConfig config = plan.profile.train_config(model.model, 1);
    const ModelInfo info = nn::describe_model(nn::find_model(registry, model.model),
                                              {.classes = classes, .size = config.size, .columns = adapter.columns()});
    work[model.name] = static_cast<double>(info.macs.value_or(0)) * config.epochs;
  }
  std::vector<PlannedRun> runs;
  for (const std::uint64_t seed : seeds) {
    for (const auto& model : plan.models) {
      for (const int fold : plan.folds) {
        runs.push_back(plan_run(plan, source, model, fold, seed));
        runs.back().work = work.at(model.name);
      }
    }
  }
  return runs;
}

std::vector<PlannedRun> plan_measurements(const Plan& plan, const DataSource& source, bool papers) {
  std::vector<PlannedRun> measurements;
  const auto columns = load_adapter(source.adapter, source.folder).columns();
  if (plan.request.no_hardware) return measurements;
  for (const auto& model : plan.models) {
    for (const auto& platform : papers ? kPlatforms : std::vector<std::string>{"host"}) {
      measurements.push_back(plan_measurement(plan, model, platform, columns));
    }
  }
  return measurements;
}

std::vector<PlannedReference> plan_references(const Plan& plan) {
  std::vector<PlannedReference> planned;
  const auto add = [&](const std::string& name, int seed, const std::string& suffix) {
    PlannedReference& reference = planned.emplace_back();
    reference.name = name;
    reference.seed = static_cast<std::uint64_t>(seed);
    reference.pooled = "pooled/" + name + suffix;
    for (const int fold : plan.folds) {
      reference.folders.push_back("runs/" + name + (fold == 0 ? "" : fmt::format("-f{}", fold)) + suffix);
    }
  };
  add(kConstant, 1, "");
  for (const auto& name : plan.references) {
    const int seeds = name == kBoostedTrees ? plan.profile.seeds : 1;
    for (int seed = 1; seed <= seeds; ++seed) add(name, seed, fmt::format("-s{}", seed));
  }
  return planned;
}

}  // namespace flnas::study
