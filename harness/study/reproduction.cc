#include "harness/study/reproduction.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <thread>

#include "datasets/split.h"
#include "harness/base/command_line.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/base/progress.h"
#include "harness/base/system.h"
#include "harness/evaluation/statistics.h"
#include "harness/jobs/pool.h"
#include "harness/jobs/slurm.h"
#include "harness/records/store.h"
#include "harness/study/models.h"
#include "harness/study/profile.h"
#include "harness/study/train_model.h"
#include "harness/train/run.h"
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
  int jobs = 1;
};

/// Puts what was asked for in place of the profile's setting; returns whether that changed it.
bool override_setting(const char* flag, int value, int& setting, std::vector<std::string>& overrides) {
  if (value < 0) throw ConfigError(fmt::format("{} must be above 0, not {}", flag, value));
  if (value == 0 || value == setting) return false;
  overrides.push_back(fmt::format("{} {}", flag, value));
  setting = value;
  return true;
}

Plan make_plan(const ReproduceRequest& request, const nn::Registry& registry, const std::vector<std::string>& listed) {
  if (request.jobs < 0) throw ConfigError(fmt::format("--jobs must be above 0, not {}", request.jobs));
  if (!request.slurm && !request.slurm_options.empty()) throw ConfigError("--slurm-options needs --slurm");
  Plan plan{.request = request, .profile = load_profile(request.profile)};
  plan.jobs = request.jobs > 0 ? request.jobs : request.slurm ? kMostQueued : 1;
  Profile& profile = plan.profile;
  if (!request.task.empty()) profile.task = request.task;
  if (!request.protocol.empty()) profile.protocol = request.protocol;
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
  if (!request.models.empty()) plan.overrides.push_back(fmt::format("--models {}", fmt::join(request.models, ",")));
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
  record.split.images = {static_cast<std::int64_t>(split.train.size()),
                         static_cast<std::int64_t>(split.validation.size()),
                         static_cast<std::int64_t>(split.test.size())};
  record.environment = {{"machine", describe_machine()}, {"build", describe_build()}};
  return record;
}

/// A folder is continued only with what it was begun with; models and seeds may be added. With another --jobs, which
/// sets the threads of a run, or another narrowing there are other runs beside the old ones.
void require_same(const fs::path& out, const Reproduction& found, const Reproduction& asked) {
  const auto differs = found.profile.name != asked.profile.name           ? "profile"
                       : found.task != asked.task                         ? "task"
                       : found.protocol != asked.protocol                 ? "protocol"
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
  return std::any_of(begin(entries), end(entries), [](const auto& entry) { return !entry.is_directory(); });
}

struct PlannedRun {
  std::string folder;  ///< relative to OUT
  Job job;
};

/// What a run's folder and records call a model that has not its own name.
std::string name_for(const ReproducedModel& model) { return model.name != model.model ? model.name : ""; }

/// The words of `flnas ...` as a job of this very program.
Job job_of(const std::string& name, const fs::path& log, std::vector<std::string> words) {
  words.front() = own_path();
  return {.name = name, .command = std::move(words), .log = log};
}

PlannedRun plan_run(const Plan& plan, const DataSource& source, const ReproducedModel& model, std::uint64_t seed) {
  TrainRequest train;
  train.config = plan.profile.train_config(model.model, seed);
  if (plan.jobs > 1 && train.config.threads == 0 && !plan.request.slurm) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    train.config.threads = std::max(1, cores / plan.jobs);
  }
  const std::string name = fmt::format("{}-s{}-{:.8}", model.name, seed, config_hash(train.config));
  PlannedRun run{"runs/" + name, {}};
  train.model = model.model;
  train.name = name_for(model);
  train.data = source;
  train.out = plan.request.out / run.folder;
  run.job = job_of(name, plan.request.out / "logs" / (name + ".log"), command_words(train));
  return run;
}

/// Table I's devices, after this machine; one that is not here is estimated.
constexpr const char* kPlatforms[] = {"host", "a10", "pi4"};

PlannedRun plan_measurement(const Plan& plan, const ReproducedModel& model, const std::string& platform) {
  const bool host = platform == "host";
  const std::string name = model.name + (host ? "" : "-" + platform);
  PlannedRun run{"hardware/" + name, {}};
  std::vector<std::string> words = {"flnas", "measure", model.model, "--out", (plan.request.out / run.folder).string()};
  const auto add = [&](const char* flag, const std::string& value) { words.insert(words.end(), {flag, value}); };
  if (!name_for(model).empty()) add("--name", model.name);
  if (!host) add("--platform", platform);
  const TrainConfig config = plan.profile.train_config(model.model, 1);
  if (host && config.device != TrainConfig{}.device) add("--device", config.device);
  run.job = job_of("hardware of " + name, plan.request.out / "logs" / ("hardware-" + name + ".log"), std::move(words));
  return run;
}

bool is_finished(const fs::path& folder) {
  if (!fs::exists(folder / "run.json")) return false;
  const std::string status = read_json(folder / "run.json").value("status", "");
  return status == kPassed || status == kMistrusted;
}

/// Runs those that are not finished; returns how many failed.
int run_all(const ReproduceRequest& request, const std::vector<PlannedRun>& planned, int parallel) {
  std::vector<Job> jobs;
  for (const auto& run : planned) {
    if (!is_finished(request.out / run.folder)) jobs.push_back(run.job);
  }
  if (request.slurm) jobs = through_slurm(std::move(jobs), request.slurm_options);
  Progress progress("reproduce", static_cast<std::int64_t>(jobs.size()));
  int failed = 0;
  std::int64_t done = 0;
  run_jobs(jobs, parallel, [&](const Job& job, int exit_code) {
    ++done;
    if (exit_code == 0) {
      fmt::print(stderr, "[{}/{}] {}\n", done, jobs.size(), job.name);
    } else {
      ++failed;
      fmt::print(stderr, "[{}/{}] {} failed with exit code {}{}\n", done, jobs.size(), job.name, exit_code,
                 parallel > 1 ? "; see " + job.log.string() : std::string());
    }
    if (parallel > 1) progress.update(done);
  });
  return failed;
}

/// Refuses a folder that holds something else.
void require_own_folder(const fs::path& out) {
  if (holds_files(out) && !fs::exists(out / "reproduce.json") && !fs::exists(out / "data") &&
      !fs::exists(out / "split.json")) {
    throw ConfigError(fmt::format("{}: not empty and not a reproduction; choose another --out", out.string()));
  }
}

/// The record of a reproduction that begins or goes on; writes split.json.
Reproduction begin(const Plan& plan, const DataSource& source) {
  const fs::path& out = plan.request.out;
  const Table table = read_table(source.folder, load_adapter(source.adapter));
  table.adapter.task(plan.profile.task);
  const Split split = make_split(table, {.protocol = plan.profile.protocol, .images = plan.profile.images});
  for (const auto& note : split.notes) fmt::print(stderr, "split: {}\n", note);
  const fs::path proposed = out / ".split.json";
  write_json(proposed, split_to_json(split));
  Reproduction record = describe(plan, table, split, proposed);
  if (fs::exists(out / "reproduce.json")) {
    const Reproduction found = read_reproduction(out);
    require_same(out, found, record);
    record.started = found.started;
  }
  fs::rename(proposed, source.split);
  return record;
}

}  // namespace

ReproduceResult reproduce(const ReproduceRequest& request, const nn::Registry& registry,
                          const std::vector<std::string>& listed) {
  const Plan plan = make_plan(request, registry, listed);
  require_own_folder(request.out);
  const DataSource source = prepare_data(plan);
  Reproduction record = begin(plan, source);
  std::vector<PlannedRun> runs, measurements;
  for (const auto& model : plan.models) {
    for (const char* platform : kPlatforms) measurements.push_back(plan_measurement(plan, model, platform));
    for (const std::uint64_t seed : record.seeds) runs.push_back(plan_run(plan, source, model, seed));
  }
  record.runs = {"runs/constant"};
  for (const auto& run : runs) record.runs.push_back(run.folder);
  for (const auto& measurement : measurements) record.hardware.push_back(measurement.folder);
  write_reproduction(request.out, record);

  const TrainConfig config = plan.profile.train_config("", 1);
  if (!is_finished(request.out / "runs/constant")) {
    run_constant(source, config, request.out / "runs/constant", record.command);
  }
  ReproduceResult result{.report = request.out / "report"};
  result.failed = run_all(request, runs, plan.jobs);
  // One at a time: latencies need the machine for themselves.
  result.failed += run_all(request, measurements, 1);
  write_statistics(request.out);
  record.finished = utc_now();
  write_reproduction(request.out, record);
  result.notes = reports::write_report(request.out, result.report);
  return result;
}

}  // namespace flnas::study
