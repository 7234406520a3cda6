#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/fields.h"
#include "harness/nn/registry.h"
#include "harness/runs/limits.h"
#include "harness/train/run_data.h"

namespace flnas::study {

/// The request of `flnas reproduce`. A blank text and 0 mean the profile's setting, but for `images`.
struct ReproduceRequest {
  static constexpr char kCommand[] = "flnas reproduce";
  std::string profile;  ///< blank: quick, or table where the data are one
  DataSource data;      ///< folder empty: they are drawn; the split is made here
  std::string task, protocol;
  std::vector<std::string> models;  ///< none: Table I's
  int images = -1;                  ///< 0: all; -1: the profile's
  int folds = 0, seeds = 0, epochs = 0, size = 0;
  std::string device;
  bool no_hardware = false;
  bool paper = false;  ///< show the paper's rows and claims also for own data and models
  std::string title;
  int threads = 0;  ///< of each run; 0: the profile's, or the cores shared among the jobs
  int jobs = 0;  ///< runs at a time; 0: one, or kMostQueued with Slurm. On one machine it sets the threads of each run.
  bool slurm = false;
  std::string slurm_options;
  RunLimits limits;  ///< of each run
  std::filesystem::path out;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("profile", self.profile,
          "what is trained and how long, or a profile's .json (default: quick; table where the data are a table)",
          {.value = "quick|cpu|gpu|paper|table|FILE"});
    visit("data", self.data.folder,
          "folder with the data; without it they are drawn: images, or people with --profile table", {.value = "DIR"});
    visit("adapter", self.data.adapter, adapter_help(), {.value = "NAME|FILE"});
    visit("out", self.out, "folder of the reproduction; the same command continues there",
          {.value = "DIR", .required = true});
    const char* changes = "In place of the profile's";
    visit("task", self.task, "a task of the data set's adapter; its first where it has not the profile's",
          {.value = "TASK", .group = changes});
    visit("protocol", self.protocol, "how images are divided",
          {.value = "clean|crossfit|stated|inferred", .group = changes});
    visit("folds", self.folds, "of protocol crossfit: models for each seed, one a fold (default: 5)",
          {.value = "K", .group = changes});
    visit("models", self.models, "only these: names, or files: architecture .json, nn.Sequential .py, TorchScript .pt",
          {.value = "A,B", .group = changes});
    visit("images", self.images, "images to select; 0: all of the data; -1: as the profile says",
          {.value = "N", .group = changes});
    visit("seeds", self.seeds, "runs of each model; 0: as the profile says", {.value = "N", .group = changes});
    visit("epochs", self.epochs, "epochs at most; 0: as the profile says", {.value = "N", .group = changes});
    visit("size", self.size, "side of the input in training; 0: as the profile says",
          {.value = "PIXELS", .group = changes});
    visit("device", self.device, "where runs train", {.value = "auto|cpu|cuda", .group = changes});
    visit("no_hardware", self.no_hardware, "no latencies and no memory", {.group = changes});
    const char* shown = "Report";
    visit("title", self.title, "of the report (default: what is compared on which data)",
          {.value = "TEXT", .group = shown});
    visit("paper", self.paper, "the paper's rows and claims, also beside models and data of your own",
          {.group = shown});
    const char* execution = "Execution";
    visit("threads", self.threads, "CPU threads of each run (default: the cores, shared among --jobs)",
          {.value = "N", .group = execution});
    visit("jobs", self.jobs, "runs at a time, which share the cores of one machine (default: 1; with --slurm: 64)",
          {.value = "N", .group = execution});
    visit_part(self.limits, execution, visit);
    visit("slurm", self.slurm, "each run as a Slurm job, by srun", {.group = execution});
    visit("slurm_options", self.slurm_options, "for srun: \"--partition=gpu --gres=gpu:1\"",
          {.value = "TEXT", .group = execution});
  }
};

/// Slurm jobs that wait or run at a time, unless --jobs says so.
inline constexpr int kMostQueued = 64;

struct ReproduceResult {
  int failed = 0;                  ///< failed runs and measurements, each recorded with its reason
  std::vector<std::string> notes;  ///< what the report had to leave out
  std::filesystem::path report;    ///< its folder
};

/// Trains and measures every model in a folder, or continues there, and reports:
///
///     data (synthetic unless given) -> split.json -> runs/constant, runs/<model>-s<seed>-<hash> (child processes)
///         with crossfit for each fold: runs/constant-f<fold>, runs/<model>-f<fold>-s<seed>-<hash>, and as soon as all
///         folds of a model and seed are there: pooled/constant, pooled/<model>-s<seed>-<hash> (evaluation/pool.h)
///         -> hardware/<model>, <model>-a10, <model>-pi4 (child processes, one at a time) -> statistics.json
///         -> reproduce.json -> report/
///
/// Where the data are not ISIC 2019's, or a model is none of Table I's, it is a study of its own: its report has its
/// own title and none of the paper's rows, and hardware is measured on this machine alone, unless `paper` is asked for.
///
/// The first seed of all models comes first, so that a table is complete early. A run that fails is recorded and does
/// not stop the others. `listed`: the names of Table I's models. Throws
/// ConfigError for settings, and where the folder holds another reproduction.
ReproduceResult reproduce(const ReproduceRequest& request, const nn::Registry& registry,
                          const std::vector<std::string>& listed);

}  // namespace flnas::study
