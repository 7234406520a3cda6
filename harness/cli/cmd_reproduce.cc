#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/cli/commands.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/options.h"
#include "harness/study/reproduction.h"
#include "reports/report.h"

namespace flnas::cli {
namespace {

using namespace study;

/// Slurm jobs that wait or run at a time, unless --jobs says so.
constexpr int kMostQueued = 64;

struct ReproduceArguments {
  std::string profile = "quick";
  DataSource data;
  std::string task, protocol, device;
  std::vector<std::string> models;
  int images = 0, seeds = 0, epochs = 0, size = 0;
  int jobs = 0;
  bool slurm = false;
  std::string slurm_options;
  std::string out;
};

/// Puts what the command line asks for in place of the profile's setting; returns whether that changed it.
bool narrow(const char* flag, int value, int& setting, std::vector<std::string>& narrowed) {
  if (value < 0) throw ConfigError(fmt::format("{} must be above 0, not {}", flag, value));
  if (value == 0 || value == setting) return false;
  narrowed.push_back(fmt::format("{} {}", flag, value));
  setting = value;
  return true;
}

ReproduceRequest make_request(const ReproduceArguments& arguments) {
  ReproduceRequest request;
  request.profile = load_profile(arguments.profile);
  request.data = arguments.data;
  request.out = arguments.out;
  request.slurm = arguments.slurm;
  request.slurm_options = arguments.slurm_options;
  request.jobs = arguments.jobs > 0 ? arguments.jobs : arguments.slurm ? kMostQueued : 1;
  Profile& profile = request.profile;
  if (!arguments.task.empty()) profile.task = arguments.task;
  if (!arguments.protocol.empty()) profile.protocol = arguments.protocol;
  if (!arguments.device.empty()) profile.train["device"] = arguments.device;
  narrow("--images", arguments.images, profile.images, request.narrowed);
  narrow("--seeds", arguments.seeds, profile.seeds, request.narrowed);
  int size = profile.train.value("size", TrainConfig{}.size),
      epochs = profile.train.value("epochs", TrainConfig{}.epochs);
  if (narrow("--size", arguments.size, size, request.narrowed)) profile.train["size"] = size;
  if (narrow("--epochs", arguments.epochs, epochs, request.narrowed)) {
    profile.train["epochs"] = epochs;
    for (auto& [model, own] : profile.epochs) own = std::min(own, epochs);
  }
  const nn::Registry registry = all_models();
  request.models = reproduced_models(registry, arguments.models.empty() ? registry.names() : arguments.models);
  if (!arguments.models.empty()) {
    request.narrowed.push_back(fmt::format("--models {}", fmt::join(arguments.models, ",")));
  }
  return request;
}

std::string repeat(const ReproduceArguments& arguments) {
  std::vector<std::string> words = {"flnas", "reproduce", "--profile", arguments.profile};
  const auto add = [&](const char* flag, const std::string& value) {
    if (!value.empty() && value != "0") words.insert(words.end(), {flag, value});
  };
  add("--data", arguments.data.folder.string());
  if (arguments.data.adapter != DataSource{}.adapter) add("--adapter", arguments.data.adapter);
  add("--task", arguments.task);
  add("--protocol", arguments.protocol);
  add("--models", fmt::format("{}", fmt::join(arguments.models, ",")));
  add("--images", fmt::format("{}", arguments.images));
  add("--seeds", fmt::format("{}", arguments.seeds));
  add("--epochs", fmt::format("{}", arguments.epochs));
  add("--size", fmt::format("{}", arguments.size));
  add("--device", arguments.device);
  add("--jobs", fmt::format("{}", arguments.jobs));  // on one machine it sets the threads of each run
  if (arguments.slurm) words.emplace_back("--slurm");
  add("--slurm-options", arguments.slurm_options);
  add("--out", arguments.out);
  return command_line(words);
}

void run(const ReproduceArguments& arguments, int& exit_code) {
  ReproduceRequest request = make_request(arguments);
  request.command = repeat(arguments);
  const int failed = reproduce(request);
  const std::filesystem::path report = request.out / "report";
  for (const auto& note : reports::write_report(request.out, report)) fmt::print(stderr, "note: {}\n", note);
  fmt::print("{}\n", read_file(report / "table1.md"));
  fmt::print("report: {}\n", (report / "report.html").string());
  if (failed > 0) {
    fmt::print(stderr, "error: {} of the runs failed; the same command tries them again\n", failed);
    exit_code = 1;
  }
}

}  // namespace

void add_reproduce(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("reproduce", "train and measure Table I's models, and report them beside the paper");
  auto arguments = std::make_shared<ReproduceArguments>();
  command->add_option("--profile", arguments->profile, "quick, small, paper, or a profile's .json")
      ->capture_default_str();
  command->add_option("--data", arguments->data.folder, "folder in ISIC 2019 layout; without it, synthetic images");
  command->add_option("--adapter", arguments->data.adapter, "data set: a known name or an adapter .json")
      ->capture_default_str();
  command->add_option("--task", arguments->task, "isic8 or binary (default: the profile's)");
  command->add_option("--protocol", arguments->protocol, "clean, stated or inferred (default: the profile's)");
  command->add_option("--models", arguments->models, "only these: names, architecture .json or TorchScript .pt files")
      ->delimiter(',');
  command->add_option("--images", arguments->images, "images to select (default: the profile's)");
  command->add_option("--seeds", arguments->seeds, "runs per model (default: the profile's)");
  command->add_option("--epochs", arguments->epochs, "epochs at most (default: the profile's)");
  command->add_option("--size", arguments->size, "side of the input in training (default: the profile's)");
  command->add_option("--device", arguments->device, "auto, cpu or cuda");
  command->add_option("--jobs", arguments->jobs, "runs at a time; on one machine (default: 1) they share its cores")
      ->check(CLI::PositiveNumber);
  auto* slurm = command->add_flag("--slurm", arguments->slurm, "each run as a Slurm job, by srun");
  command->add_option("--slurm-options", arguments->slurm_options, "for srun: \"--partition=gpu --gres=gpu:1\"")
      ->needs(slurm);
  command->add_option("--out", arguments->out, "folder of the reproduction")->required();
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace flnas::cli
