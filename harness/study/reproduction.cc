#include "harness/study/reproduction.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <thread>

#include "datasets/adapter_files.h"
#include "datasets/images/alike.h"
#include "datasets/split.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/folder_lock.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/evaluation/pool.h"
#include "harness/evaluation/statistics.h"
#include "harness/jobs/slurm.h"
#include "harness/latency/measure.h"
#include "harness/nn/models/model.h"
#include "harness/records/report_settings.h"
#include "harness/records/store.h"
#include "harness/runs/run.h"
#include "harness/study/collection.h"
#include "harness/study/grid.h"
#include "harness/study/models.h"
#include "harness/study/profile.h"
#include "harness/study/train_model.h"
#include "reports/report.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

std::string own_path() { return fs::read_symlink("/proc/self/exe").string(); }

/// A request with its profile resolved.
struct Plan {
  const ReproduceRequest& request;
  Profile profile;                      ///< with the request's changes in it
  std::vector<std::string> overrides;   ///< those changes, as flags
  std::vector<ReproducedModel> models;  ///< in the report's order
  bool has_own_models = false;          ///< one that is none of Table I's
  std::vector<int> folds = {0};         ///< of crossfit 1 to K; else 0 alone
  int jobs = 1;
};

constexpr char kConstant[] = "constant";

/// Puts what was asked for in place of the profile's setting; returns whether that changed it.
bool override_setting(const char* flag, int value, int& setting, std::vector<std::string>& overrides) {
  if (value < 0) throw ConfigError(fmt::format("{} must be above 0, not {}", flag, value));
  if (value == 0 || value == setting) return false;
  overrides.push_back(fmt::format("{} {}", flag, value));
  setting = value;
  return true;
}

/// The task asked for; else the profile's, or the first of data that do not have it.
std::string task_of(const ReproduceRequest& request, const Profile& profile) {
  if (!request.task.empty()) return request.task;
  if (request.data.folder.empty()) return profile.task;
  return task_of_data(load_adapter(request.data.adapter, request.data.folder), profile.task, profile.task).name;
}

Plan make_plan(const ReproduceRequest& request, const nn::Registry& registry, const std::vector<std::string>& listed) {
  if (request.threads < 0) throw ConfigError(fmt::format("--threads must be above 0, not {}", request.threads));
  if (request.jobs < 0) throw ConfigError(fmt::format("--jobs must be above 0, not {}", request.jobs));
  if (!request.slurm && !request.slurm_options.empty()) throw ConfigError("--slurm-options needs --slurm");
  split_options(request.slurm_options);  // throws
  Plan plan{.request = request, .profile = load_profile(request.profile)};
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
  override_setting("--images", request.images, profile.images, plan.overrides);
  override_setting("--seeds", request.seeds, profile.seeds, plan.overrides);
  int size = profile.train.value("size", TrainConfig{}.size),
      epochs = profile.train.value("epochs", TrainConfig{}.epochs);
  if (override_setting("--size", request.size, size, plan.overrides)) profile.train["size"] = size;
  if (override_setting("--epochs", request.epochs, epochs, plan.overrides)) {
    profile.train["epochs"] = epochs;
    for (auto& [model, own] : profile.epochs) own = std::min(own, epochs);
  }
  plan.models = reproduced_models(registry, request.models.empty() ? listed : request.models);
  plan.has_own_models = std::ranges::any_of(
      plan.models, [&](const auto& model) { return std::ranges::find(listed, model.model) == listed.end(); });
  if (!request.models.empty()) plan.overrides.push_back(fmt::format("--models {}", fmt::join(request.models, ",")));
  if (request.no_hardware) plan.overrides.emplace_back("--no-hardware");
  return plan;
}

/// Where the images are; draws them first where none were given.
DataSource prepare_data(const Plan& plan) {
  DataSource source = plan.request.data;
  if (source.folder.empty()) {
    source.folder = plan.request.out / "data";
    const SynthConfig synth = plan.profile.synth_config();
    if (write_synthetic(source.folder, synth)) {
      fmt::print(stderr, "data: {} synthetic images of {} px in {}\n", synth.images, synth.size,
                 source.folder.string());
    }
  }
  source.split = plan.request.out / "split.json";
  return source;
}

Reproduction describe(const Plan& plan, const Table& table, const Split& split, const fs::path& split_file) {
  Reproduction record;
  record.command = command_of(plan.request);
  record.started = utc_now();
  record.profile.name = plan.profile.name;
  record.profile.comparable = plan.profile.comparable && !table.synthetic;
  record.profile.note = plan.profile.note;
  record.profile.settings = config_to_json(plan.profile);
  record.narrowed = plan.overrides;
  record.task = plan.profile.task;
  record.protocol = plan.profile.protocol;
  for (int seed = 1; seed <= plan.profile.seeds; ++seed) record.seeds.push_back(static_cast<std::uint64_t>(seed));
  for (const auto& model : plan.models) record.models.push_back(model.name);
  record.data = {table.adapter.name, table.name, table.fingerprint, table.synthetic,
                 static_cast<std::int64_t>(table.rows.size())};
  record.split.file = "split.json";
  record.split.sha256 = sha256_file(split_file);
  const Subsets subsets = split.folds.empty() ? Subsets{split.train, split.validation, split.test} : split.folds[0];
  record.split.images = {static_cast<std::int64_t>(subsets.train.size()),
                         static_cast<std::int64_t>(subsets.validation.size()),
                         static_cast<std::int64_t>(subsets.test.size())};
  if (!split.folds.empty()) record.folds = static_cast<std::int64_t>(split.folds.size());
  record.environment = {{"machine", describe_machine()}, {"build", describe_build()}};
  const bool own = plan.has_own_models || table.adapter.source != load_adapter("isic2019").source;
  ReportSettings report{.title = plan.request.title, .paper = plan.request.paper || !own};
  if (!report.paper && report.title.empty()) report.title = own_title(table.adapter);
  if (!report.title.empty()) set_report_settings(record, report);
  return record;
}

/// A folder is continued only with what it was begun with; models and seeds may be added. With another --jobs, which
/// sets the threads of a run, or another narrowing there are other runs beside the old ones.
void require_same(const fs::path& out, const Reproduction& found, const Reproduction& asked) {
  const auto differs = found.profile.name != asked.profile.name           ? "profile"
                       : found.task != asked.task                         ? "task"
                       : found.protocol != asked.protocol                 ? "protocol"
                       : found.folds != asked.folds                       ? "number of folds"
                       : found.data.fingerprint != asked.data.fingerprint ? "data"
                       : found.split.sha256 != asked.split.sha256         ? "split"
                                                                          : nullptr;
  if (differs == nullptr) return;
  throw ConfigError(fmt::format("{}: holds a reproduction with another {}; choose another --out, or delete the folder",
                                out.string(), differs));
}

/// Folders alone are no obstacle: searches may lie where a reproduction is to be.
bool holds_files(const fs::path& folder) {
  if (!fs::exists(folder)) return false;
  const auto entries = fs::directory_iterator(folder);
  return std::any_of(begin(entries), end(entries), [](const auto& entry) {
    return !entry.is_directory() && entry.path().filename() != FolderLock::kFile;
  });
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
  train.out = plan.request.out / run.folder;
  run.job = job_of(name, plan.request.out / "logs" / (name + ".log"), command_words(train));
  return run;
}

/// Models x folds x seeds; the first seed of all models comes first.
std::vector<PlannedRun> plan_runs(const Plan& plan, const DataSource& source, const Reproduction& record,
                                  const nn::Registry& registry) {
  std::map<std::string, double> work;  // by model
  const auto classes =
      static_cast<std::int64_t>(load_adapter(source.adapter, source.folder).task(plan.profile.task).classes.size());
  for (const auto& model : plan.models) {
    const TrainConfig config = plan.profile.train_config(model.model, 1);
    const ModelInfo info =
        nn::describe_model(nn::find_model(registry, model.model), {.classes = classes, .size = config.size});
    work[model.name] = static_cast<double>(info.macs.value_or(0)) * config.epochs;
  }
  std::vector<PlannedRun> runs;
  for (const std::uint64_t seed : record.seeds) {
    for (const auto& model : plan.models) {
      for (const int fold : plan.folds) {
        runs.push_back(plan_run(plan, source, model, fold, seed));
        runs.back().work = work.at(model.name);
      }
    }
  }
  return runs;
}

std::string constant_folder(int fold) {
  return fold == 0 ? fmt::format("runs/{}", kConstant) : fmt::format("runs/{}-f{}", kConstant, fold);
}

/// Writes the pooled record where all its folds have finished and it is not of them already.
void pool_if_finished(const ReproduceRequest& request, const std::string& folder, const std::vector<std::string>& folds,
                      const Reproduction& record) {
  const fs::path& out = request.out;
  std::vector<Stored<RunRecord>> members;
  std::map<std::string, std::string> inputs;
  for (const auto& fold : folds) {
    if (!is_finished(out / fold)) return;
    members.push_back({out / fold, read_run(out / fold)});
    inputs[fold] = sha256_file(out / fold / "run.json");
  }
  if (is_finished(out / folder) && read_run(out / folder).inputs == inputs) return;
  write_pooled(out / folder, members, out, kept_adapter(out, record.data.adapter), record.command);
}

/// The runs whose folds are pooled there.
std::vector<std::string> folds_of(const std::vector<PlannedRun>& runs, const std::string& pooled) {
  std::vector<std::string> folds;
  for (const auto& run : runs) {
    if (run.pooled == pooled) folds.push_back(run.folder);
  }
  return folds;
}

/// The constant predictor of each fold.
void run_constants(const Plan& plan, const DataSource& source, const Reproduction& record) {
  const TrainConfig config = plan.profile.train_config("", 1);
  std::vector<std::string> folders;
  for (const int fold : plan.folds) {
    folders.push_back(constant_folder(fold));
    DataSource of_fold = source;
    of_fold.fold = fold;
    const fs::path folder = plan.request.out / folders.back();
    if (!is_finished(folder)) run_constant(of_fold, config, folder, record.command, plan.profile.min_support);
  }
  if (record.pooled) pool_if_finished(plan.request, record.pooled->front(), folders, record);
}

/// Table I's devices, after this machine; one that is not here is estimated.
const std::vector<std::string> kPlatforms = {"host", "a10", "pi4"};

PlannedRun plan_measurement(const Plan& plan, const ReproducedModel& model, const std::string& platform) {
  const bool host = platform == "host";
  const std::string name = model.name + (host ? "" : "-" + platform);
  PlannedRun run{.folder = "hardware/" + name};
  MeasureRequest measure;
  measure.model = model.model;
  measure.out = plan.request.out / run.folder;
  measure.name = name_for(model);
  measure.platform = platform;
  if (host) measure.device = plan.profile.train_config(model.model, 1).device;
  run.job =
      job_of("hardware of " + name, plan.request.out / "logs" / ("hardware-" + name + ".log"), command_words(measure));
  return run;
}

/// Refuses a folder that holds something else.
void require_own_folder(const fs::path& out) {
  if (holds_files(out) && !fs::exists(out / "reproduce.json") && !fs::exists(out / "data") &&
      !fs::exists(out / "split.json")) {
    throw ConfigError(fmt::format("{}: not empty and not a reproduction; choose another --out", out.string()));
  }
}

/// The split that was made here before, where it is one of this data.
std::optional<Split> split_before(const fs::path& file, const Table& table) {
  try {
    if (fs::exists(file)) return read_split(file, table);
  } catch (const DataError&) {
  }
  return std::nullopt;
}

/// The pairs of a split that was made here before for the same selection: images are looked at once.
std::optional<RowPairs> joined_before(const fs::path& file, const Table& table, const SplitConfig& config) {
  const auto before = split_before(file, table);
  if (!before || before->folds.empty() || before->requested != config.images || before->seed != config.seed) {
    return std::nullopt;
  }
  RowPairs pairs;
  for (const auto& [a, b] : before->joined) {
    const auto rows = table.find({a, b});
    pairs.emplace_back(rows[0], rows[1]);
  }
  return pairs;
}

/// The record of a reproduction that begins or goes on; writes split.json.
Reproduction begin(const Plan& plan, const DataSource& source) {
  const fs::path& out = plan.request.out;
  const Table table = read_table(source.folder, load_adapter(source.adapter, source.folder));
  const Task& task = table.adapter.task(plan.profile.task);
  const SplitConfig config{
      .protocol = plan.profile.protocol, .images = plan.profile.images, .folds = plan.profile.folds};
  const Split split = make_split(table, config, [&](const Table& all, const RowIndices& rows) {
    if (auto known = joined_before(source.split, table, config)) return *std::move(known);
    return find_alike(all, rows);
  });
  require_classes(split, table, task);
  for (const auto& note : split.notes) fmt::print(stderr, "split: {}\n", note);
  const fs::path proposed = out / ".split.json";
  write_json(proposed, split_to_json(split));
  Reproduction record = describe(plan, table, split, proposed);
  if (fs::exists(out / "reproduce.json")) {
    const Reproduction found = read_reproduction(out);
    require_same(out, found, record);
    record.started = found.started;
  }
  keep_adapter(table.adapter, out);
  fs::rename(proposed, source.split);
  return record;
}

}  // namespace

ReproduceResult reproduce(const ReproduceRequest& request, const nn::Registry& registry,
                          const std::vector<std::string>& listed) {
  const Plan plan = make_plan(request, registry, listed);
  const FolderLock lock(request.out, "reproducing");
  require_own_folder(request.out);
  DataSource source = prepare_data(plan);
  Reproduction record = begin(plan, source);
  if (source.adapter != DataSource{}.adapter) source.adapter = (request.out / kAdapterFile).string();
  const std::vector<PlannedRun> runs = plan_runs(plan, source, record, registry);
  std::vector<PlannedRun> measurements;
  for (const auto& model : plan.models) {
    if (request.no_hardware) break;
    for (const auto& platform : report_settings(record).paper ? kPlatforms : std::vector<std::string>{"host"}) {
      measurements.push_back(plan_measurement(plan, model, platform));
    }
  }
  for (const int fold : plan.folds) record.runs.push_back(constant_folder(fold));
  for (const auto& run : runs) record.runs.push_back(run.folder);
  for (const auto& measurement : measurements) record.hardware.push_back(measurement.folder);
  if (record.folds) {
    auto& pooled = record.pooled.emplace({fmt::format("pooled/{}", kConstant)});
    for (const auto& run : runs) {
      if (pooled.back() != run.pooled) pooled.push_back(run.pooled);
    }
  }
  write_reproduction(request.out, record);

  run_constants(plan, source, record);
  const auto pool = [&](const PlannedRun& run) {
    if (!run.pooled.empty()) pool_if_finished(request, run.pooled, folds_of(runs, run.pooled), record);
  };
  for (const auto& run : runs) pool(run);  // what an earlier call could not pool any more
  ReproduceResult result{.report = request.out / "report"};
  Placement placement{request.out, plan.jobs, request.slurm, request.slurm_options};
  result.failed = run_all(runs, placement, pool);
  // One at a time: latencies need the machine for themselves.
  placement.parallel = 1;
  result.failed += run_all(measurements, placement);
  write_statistics(request.out);
  record.finished = utc_now();
  write_reproduction(request.out, record);
  result.notes = reports::write_report(request.out, result.report);
  return result;
}

}  // namespace flnas::study
