#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/system.h"
#include "harness/cli/bench/arguments.h"
#include "harness/cli/bench/commands.h"
#include "harness/cli/bench/remote.h"
#include "harness/cli/bench/run_suite.h"
#include "harness/cli/bench/text.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/options.h"
#include "harness/cli/program.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/estimation/platform.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/benchmark_flags.h"
#include "harness/latency/timing/suite.h"
#include "harness/nn/models/model.h"
#include "harness/train/device.h"

namespace flnas::cli {
namespace {

struct ChosenModel {
  nn::ModelEntry entry;
  nn::ModelOptions options;
};

/// The cases on the device that is here: the platform's, or else this host's.
std::vector<TimingCase> make_cases(const BenchArguments& arguments, const Platform& here,
                                   const std::vector<ChosenModel>& models) {
  std::vector<Form> forms;
  for (const auto& name : arguments.forms) forms.push_back(form_from_name(name));
  if (forms.empty()) forms = forms_of(here.device == "cuda");
  std::vector<TrainConfig> configs;
  for (const int threads : arguments.threads.empty() ? here.threads : arguments.threads) {
    TrainConfig config;
    config.device = here.device;
    config.threads = threads;
    config.precision = arguments.precision.empty() ? here.precisions.front() : arguments.precision;
    require_valid(config.problems());
    config = effective_config(config);
    const bool known = std::any_of(configs.begin(), configs.end(),
                                   [&](const TrainConfig& other) { return other.threads == config.threads; });
    if (!known) configs.push_back(config);
  }
  std::vector<TimingCase> cases;
  for (const auto& [entry, options] : models) {
    for (const int batch : arguments.batch.empty() ? here.batch : arguments.batch) {
      if (batch < 1) throw ConfigError(fmt::format("--batch must be above 0, not {}", batch));
      for (const auto& config : configs) {
        for (const Form form : forms) {
          cases.push_back({entry, options, batch, config, form});
        }
      }
    }
  }
  return cases;
}

std::vector<ChosenModel> chosen_models(const BenchArguments& arguments) {
  const nn::Registry registry = named_models();
  std::vector<std::string> names = arguments.models;
  if (names.empty()) {
    const nn::Registry zoo = all_models();
    for (const auto& entry : zoo.entries()) names.push_back(entry.name);
  }
  std::vector<ChosenModel> models;
  for (const auto& name : names) {
    const nn::ModelEntry entry = nn::find_model(registry, name);
    const nn::ModelOptions options = arguments.classes == 0
                                         ? nn::hardware_geometry(registry, name, arguments.size)
                                         : nn::ModelOptions{.classes = arguments.classes, .size = arguments.size};
    models.push_back({entry, options});
  }
  return models;
}

/// For a platform that is not here. A model that cannot be built has none: its benchmarks say why.
std::vector<LatencyEstimateResult> estimate_all(const BenchArguments& arguments, const Platform& platform,
                                                const std::vector<ChosenModel>& models) {
  std::vector<LatencyEstimateResult> all;
  for (const auto& [entry, options] : models) {
    try {
      const auto estimates =
          estimate_on(platform, entry, options, arguments.batch.empty() ? platform.batch : arguments.batch,
                      arguments.threads.empty() ? platform.threads : arguments.threads);
      all.insert(all.end(), estimates.begin(), estimates.end());
    } catch (const std::exception&) {
      continue;
    }
  }
  return all;
}

/// For a processor that it does not know OpenBLAS takes the code of a very old one.
void warn_of_openblas(const Json& libtorch) {
  const auto holds = [&](const char* key, const char* part) {
    return libtorch.at(key).is_string() && libtorch.at(key).get<std::string>().find(part) != std::string::npos;
  };
  if (!holds("openblas", " Prescott ") || !holds("capability", "AVX")) return;
  fmt::print(stderr,
             "OpenBLAS computes as for a Prescott, without AVX; OPENBLAS_CORETYPE=Haswell, or SkylakeX where the "
             "processor has AVX-512, makes that faster\n");
}

/// Where the estimates begin and the measurements end.
void explain_absence(const Platform& platform, const std::string& name) {
  fmt::print(
      stderr,
      "{} is not here: what follows is this host, measured and marked host, and {}; to measure it, run flnas-bench "
      "--platform {} on the board, or from here with --host USER@BOARD\n",
      platform.title,
      platform.can_be_estimated() ? fmt::format("estimates for the {}, marked estimated", platform.title)
                                  : "nothing else, since its file has no rates and efficiencies to estimate by",
      name);
}

LatencySuite run_suite(const BenchArguments& arguments) {
  const Platform platform = load_platform(arguments.platform);
  const MachineIdentity machine = this_machine();
  const bool present = is_present(platform, machine);
  if (!present && arguments.require_device) {
    throw Error(
        fmt::format("this machine is no {}; run on it, or leave out --require-device for estimates", platform.title));
  }
  if (!present) explain_absence(platform, arguments.platform);
  const Platform here = present ? platform : load_platform("host");
  const auto models = chosen_models(arguments);

  LatencySuite record;
  record.started = utc_now();
  record.command = command_line(words_of(arguments));
  record.platform = platform.name;
  record.device = here.name;
  SuiteConfig config;
  config.passes = arguments.passes;
  config.retries = arguments.retries;
  config.training_memory = !arguments.no_training_memory;
  config.mark = machine.emulated ? "emulated" : "measured";
  const auto cases = make_cases(arguments, here, models);
  config.gpu = gpu_of(cases.front().config);
  Suite suite(config, cases);
  if (!run_benchmarks(suite, arguments.benchmark)) return record;
  record.results = suite.results();
  if (!present && platform.can_be_estimated()) record.estimates = estimate_all(arguments, platform, models);
  record.environment = {{"machine", describe_machine()},
                        {"build", describe_build()},
                        {"libtorch", describe_libtorch(use_device(cases.front().config).device)},
                        {"gpu", config.gpu ? config.gpu->describe() : Json(nullptr)},
                        {"identity", to_json(machine)},
                        {"benchmark", {{"version", benchmark_version()}}}};
  warn_of_openblas(record.environment["libtorch"]);
  std::vector<std::string> about_all;
  if (machine.emulated) about_all.emplace_back("an emulated processor: its times are no device's latency");
  judge(record, about_all);
  record.finished = utc_now();
  write_latency_suite(arguments.out, record);
  return record;
}

void run(const BenchArguments& arguments, int& exit_code) {
  if (!arguments.remote.host.empty()) {
    chosen_models(arguments);  // a name that is none is told before anything is copied
    exit_code = run_suite_remotely(arguments);
    return;
  }
  const LatencySuite suite = run_suite(arguments);
  if (suite.results.empty()) return;
  // With Google Benchmark's JSON or CSV on stdout the table would spoil it.
  const bool console = output_of(arguments.benchmark).display_format == "console";
  fmt::print(console ? stdout : stderr, "{}", suite_text(suite));
  fmt::print(stderr, "{}: {}\n", arguments.out, suite.verdict);
  if (suite.verdict != kValid) exit_code = 1;
}

}  // namespace

void add_suite(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<BenchArguments>();
  app.add_option("--platform", arguments->platform, "a name (flnas-bench platforms), or a platform's .json")
      ->capture_default_str();
  app.add_flag("--require-device", arguments->require_device, "fail where the platform is not this machine");
  app.add_option("--models", arguments->models, "names, architecture .json or TorchScript .pt files (default: the zoo)")
      ->delimiter(',');
  app.add_option("--batch", arguments->batch, "images per call (default: the platform's)")->delimiter(',');
  app.add_option("--threads", arguments->threads, "CPU threads, 0 for all cores (default: the platform's)")
      ->delimiter(',');
  app.add_option("--forms", arguments->forms, "eager, frozen, optimised, cuda-graph (default: all that run here)")
      ->delimiter(',');
  app.add_option("--precision", arguments->precision, "float32 or bfloat16 (default: the platform's first)");
  app.add_option("--classes", arguments->classes, "outputs (default: 2, those that it has of a .pt)");
  app.add_option("--size", arguments->size, "side of the images in pixels")->capture_default_str();
  app.add_option("--passes", arguments->passes,
                 "over the whole suite; medians that differ by more than 3 % are distrusted")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--retries", arguments->retries, "how often a benchmark that cannot be trusted is measured again")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_flag("--no-training-memory", arguments->no_training_memory, "leave out the peak of a training step");
  app.add_option("--out", arguments->out, "file for every sample, the verdict and its reasons")->capture_default_str();
  auto* host = app.add_option("--host", arguments->remote.host,
                              "measure there, over ssh: USER@BOARD, or a name of ~/.ssh/config");
  app.add_option("--program", arguments->remote.program,
                 "a flnas-bench to copy there (build-pi4/bin/flnas-bench); default: the one that is installed there")
      ->needs(host);
  app.add_option("--ssh-config", arguments->remote.ssh_config, "read instead of ~/.ssh/config, as ssh -F")->needs(host);
  app.allow_extras();
  app.footer(
      "Google Benchmark's own flags work too: --benchmark_filter=REGEX, --benchmark_min_time=SECONDS,\n"
      "--benchmark_repetitions=N, --benchmark_format=json, --benchmark_out=FILE, --benchmark_list_tests, --v=LEVEL "
      "...");
  app.callback([&app, arguments, &exit_code] {
    for (const auto& extra : app.remaining()) {
      if (extra.rfind("--benchmark_", 0) != 0 && extra.rfind("--v=", 0) != 0) {
        throw ConfigError(extra.rfind("--", 0) == 0
                              ? unknown_name("flag", extra.substr(0, extra.find('=')), valid_flags(app))
                              : fmt::format("unexpected argument '{}'", extra));
      }
      arguments->benchmark.push_back(extra);
    }
    if (app.get_subcommands().empty()) run(*arguments, exit_code);
  });
}

}  // namespace flnas::cli
