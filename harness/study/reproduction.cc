#include "harness/study/reproduction.h"

#include <fmt/format.h>

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
#include "harness/train/run.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

std::string own_path() { return fs::read_symlink("/proc/self/exe").string(); }

/// Where the images are; draws them first where none were given.
DataSource prepare_data(const ReproduceRequest& request) {
  DataSource source = request.data;
  if (source.folder.empty()) {
    source.folder = request.out / "data";
    const SynthConfig synth = request.profile.synth_config();
    if (write_synthetic(source.folder, synth)) {
      fmt::print(stderr, "data: {} synthetic images of {} px in {}\n", synth.images, synth.size,
                 source.folder.string());
    }
  }
  source.split = request.out / "split.json";
  return source;
}

Reproduction describe(const ReproduceRequest& request, const Table& table, const Split& split,
                      const fs::path& split_file) {
  Reproduction record;
  record.command = request.command;
  record.started = utc_now();
  record.profile.name = request.profile.name;
  record.profile.comparable = request.profile.comparable && !table.synthetic;
  record.profile.note = request.profile.note;
  record.profile.settings = config_to_json(request.profile);
  record.narrowed = request.narrowed;
  record.task = request.profile.task;
  record.protocol = request.profile.protocol;
  for (int seed = 1; seed <= request.profile.seeds; ++seed) record.seeds.push_back(static_cast<std::uint64_t>(seed));
  for (const auto& model : request.models) record.models.push_back(model.name);
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

/// A model from a file goes by the name that tells it apart.
void add_name(Job& job, const ReproducedModel& model) {
  if (model.name != model.model) job.command.insert(job.command.end(), {"--name", model.name});
}

PlannedRun plan_run(const ReproduceRequest& request, const DataSource& source, const ReproducedModel& model,
                    std::uint64_t seed) {
  TrainConfig config = request.profile.train_config(model.model, seed);
  if (request.jobs > 1 && config.threads == 0 && !request.slurm) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    config.threads = std::max(1, cores / request.jobs);
  }
  const std::string name = fmt::format("{}-s{}-{:.8}", model.name, seed, config_hash(config));
  PlannedRun run{"runs/" + name, {}};
  run.job.name = name;
  run.job.log = request.out / "logs" / (name + ".log");
  run.job.command = {own_path(),
                     "train",
                     model.model,
                     "--data",
                     source.folder.string(),
                     "--split",
                     source.split.string(),
                     "--out",
                     (request.out / run.folder).string(),
                     "--adapter",
                     source.adapter};
  add_name(run.job, model);
  for (auto& flag : arguments_of(config)) run.job.command.push_back(std::move(flag));
  return run;
}

/// Table I's devices, after this machine; one that is not here is estimated.
constexpr const char* kPlatforms[] = {"host", "a10", "pi4"};

PlannedRun plan_measurement(const ReproduceRequest& request, const ReproducedModel& model,
                            const std::string& platform) {
  const bool host = platform == "host";
  const std::string name = model.name + (host ? "" : "-" + platform);
  PlannedRun run{"hardware/" + name, {}};
  run.job.name = "hardware of " + name;
  run.job.log = request.out / "logs" / ("hardware-" + name + ".log");
  run.job.command = {own_path(), "measure", model.model, "--out", (request.out / run.folder).string()};
  const auto add = [&](const char* flag, const std::string& value) {
    run.job.command.insert(run.job.command.end(), {flag, value});
  };
  const TrainConfig config = request.profile.train_config(model.model, 1);
  add_name(run.job, model);
  if (!host) add("--platform", platform);
  if (host && config.device != TrainConfig{}.device) add("--device", config.device);
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

}  // namespace

int reproduce(const ReproduceRequest& request) {
  if (holds_files(request.out) && !fs::exists(request.out / "reproduce.json") && !fs::exists(request.out / "data") &&
      !fs::exists(request.out / "split.json")) {
    throw ConfigError(fmt::format("{}: not empty and not a reproduction; choose another --out", request.out.string()));
  }
  const DataSource source = prepare_data(request);
  const Table table = read_table(source.folder, load_adapter(source.adapter));
  table.adapter.task(request.profile.task);
  const Split split = make_split(table, {.protocol = request.profile.protocol, .images = request.profile.images});
  for (const auto& note : split.notes) fmt::print(stderr, "split: {}\n", note);
  const fs::path proposed = request.out / ".split.json";
  write_json(proposed, split_to_json(split));
  Reproduction record = describe(request, table, split, proposed);
  if (fs::exists(request.out / "reproduce.json")) {
    const Reproduction found = read_reproduction(request.out);
    require_same(request.out, found, record);
    record.started = found.started;
  }
  fs::rename(proposed, source.split);

  std::vector<PlannedRun> runs, measurements;
  for (const auto& model : request.models) {
    for (const char* platform : kPlatforms) measurements.push_back(plan_measurement(request, model, platform));
    for (const std::uint64_t seed : record.seeds) runs.push_back(plan_run(request, source, model, seed));
  }
  record.runs = {"runs/constant"};
  for (const auto& run : runs) record.runs.push_back(run.folder);
  for (const auto& measurement : measurements) record.hardware.push_back(measurement.folder);
  write_reproduction(request.out, record);

  const TrainConfig config = request.profile.train_config("", 1);
  if (!is_finished(request.out / "runs/constant")) {
    run_constant(source, config, request.out / "runs/constant", request.command);
  }
  int failed = run_all(request, runs, request.jobs);
  // One at a time: latencies need the machine for themselves.
  failed += run_all(request, measurements, 1);
  write_statistics(request.out);
  record.finished = utc_now();
  write_reproduction(request.out, record);
  return failed;
}

}  // namespace flnas::study
