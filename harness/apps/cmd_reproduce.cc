#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "harness/apps/commands.h"
#include "harness/apps/options.h"
#include "harness/apps/reproduction.h"
#include "harness/apps/wiring.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/nn/model.h"
#include "reports/report.h"

namespace flnas::apps {
namespace {

struct ReproduceArguments {
  std::string profile = "quick";
  DataSource data;
  std::string task, protocol, device;
  std::vector<std::string> models;
  int images = 0, seeds = 0, epochs = 0, size = 0;
  int jobs = 1;
  std::string out;
};

/// Puts what the command line asks for in place of the profile's setting, and remembers it where it narrows.
class Narrowing {
 public:
  explicit Narrowing(ReproduceRequest& request) : request_(request) {}

  void note(const std::string& flag) { request_.narrowed.push_back(flag); }
  void number(const char* flag, int value, int& setting) {
    if (value == 0) return;
    if (value < 0) throw ConfigError(fmt::format("{} must be above 0, not {}", flag, value));
    if (value != setting) note(fmt::format("{} {}", flag, value));
    setting = value;
  }

 private:
  ReproduceRequest& request_;
};

ReproduceRequest make_request(const ReproduceArguments& arguments) {
  ReproduceRequest request;
  request.profile = load_profile(arguments.profile);
  request.data = arguments.data;
  request.out = arguments.out;
  request.jobs = arguments.jobs;
  Profile& profile = request.profile;
  Narrowing narrowing(request);
  if (!arguments.task.empty()) profile.task = arguments.task;
  if (!arguments.protocol.empty()) profile.protocol = arguments.protocol;
  if (!arguments.device.empty()) profile.train["device"] = arguments.device;
  narrowing.number("--images", arguments.images, profile.images);
  narrowing.number("--seeds", arguments.seeds, profile.seeds);
  if (arguments.size != 0 && profile.train.value("size", 0) != arguments.size) {
    narrowing.note(fmt::format("--size {}", arguments.size));
    profile.train["size"] = arguments.size;
  }
  if (arguments.epochs != 0) {
    narrowing.note(fmt::format("--epochs {}", arguments.epochs));
    profile.train["epochs"] = arguments.epochs;
    for (auto& [model, epochs] : profile.epochs) epochs = std::min(epochs, arguments.epochs);
  }
  const nn::Registry registry = all_models();
  request.models = arguments.models.empty() ? registry.names() : arguments.models;
  if (!arguments.models.empty()) narrowing.note(fmt::format("--models {}", fmt::join(arguments.models, ",")));
  for (const auto& model : request.models) nn::find_model(registry, model);
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
  command->add_option("--jobs", arguments->jobs, "runs at a time; they share the cores")->capture_default_str();
  command->add_option("--out", arguments->out, "folder of the reproduction")->required();
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace flnas::apps
