#include "harness/latency/bench.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/error.h"
#include "harness/base/system.h"
#include "harness/latency/environment.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/benchmark_flags.h"
#include "harness/latency/timing/run_benchmarks.h"
#include "harness/latency/timing/suite.h"
#include "harness/nn/models/model.h"

namespace flnas {
namespace {

struct ChosenModel {
  nn::ModelEntry entry;
  nn::ModelOptions options;
};

std::vector<ChosenModel> choose_models(const BenchRequest& request, const nn::Registry& registry,
                                       const std::vector<std::string>& listed) {
  std::vector<ChosenModel> models;
  for (const auto& name : request.models.empty() ? listed : request.models) {
    const nn::ModelEntry entry = nn::find_model(registry, name);
    const nn::ModelOptions options = request.classes == 0
                                         ? nn::hardware_geometry(registry, name, request.size)
                                         : nn::ModelOptions{.classes = request.classes, .size = request.size};
    models.push_back({entry, options});
  }
  return models;
}

/// One for each number of threads that differs on this machine.
std::vector<TrainConfig> choose_configs(const BenchRequest& request, const Platform& here) {
  std::vector<TrainConfig> configs;
  for (const int threads : request.threads.empty() ? here.threads : request.threads) {
    TrainConfig config;
    config.device = here.device;
    config.threads = threads;
    config.precision = request.precision.empty() ? here.precisions.front() : request.precision;
    require_valid(config.problems());
    config = effective_config(config);
    const bool known = std::any_of(configs.begin(), configs.end(),
                                   [&](const TrainConfig& other) { return other.threads == config.threads; });
    if (!known) configs.push_back(config);
  }
  return configs;
}

std::vector<ExecutionMode> choose_modes(const BenchRequest& request, bool cuda) {
  std::vector<ExecutionMode> modes;
  for (const auto& name : request.modes) modes.push_back(mode_from_name(name));
  return modes.empty() ? modes_of(cuda) : modes;
}

/// The cases on the device that is here: the platform's, or else this host's.
std::vector<TimingCase> make_cases(const BenchRequest& request, const Platform& here,
                                   const std::vector<ChosenModel>& models) {
  const auto modes = choose_modes(request, here.device == "cuda");
  const auto configs = choose_configs(request, here);
  std::vector<TimingCase> cases;
  for (const auto& [entry, options] : models) {
    for (const int batch : request.batch.empty() ? here.batch : request.batch) {
      for (const auto& config : configs) {
        for (const ExecutionMode& mode : modes) cases.push_back({entry, options, batch, config, mode});
      }
    }
  }
  return cases;
}

/// For a platform that is not here. A model that cannot be built has none: its benchmarks say why.
std::vector<LatencyEstimateResult> estimate_all(const BenchRequest& request, const Platform& platform,
                                                const std::vector<ChosenModel>& models) {
  std::vector<LatencyEstimateResult> all;
  for (const auto& [entry, options] : models) {
    try {
      const auto estimates =
          estimate_on(platform, entry, options, request.batch.empty() ? platform.batch : request.batch,
                      request.threads.empty() ? platform.threads : request.threads);
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
      "--platform {} on the board, or from here with --ssh USER@BOARD\n",
      platform.title,
      platform.can_be_estimated() ? fmt::format("estimates for the {}, marked estimated", platform.title)
                                  : "nothing else, since its file has no rates and efficiencies to estimate by",
      name);
}

SuiteConfig suite_config(const BenchRequest& request, const MachineIdentity& machine) {
  SuiteConfig config;
  config.rules.passes = request.passes;
  config.rules.retries = request.retries;
  config.rules.mark = machine.emulated ? "emulated" : "measured";
  config.training_memory = !request.no_training_memory;
  return config;
}

}  // namespace

void require_bench(const BenchRequest& request, const nn::Registry& registry) {
  require_valid(request.problems());
  load_platform(request.platform);
  choose_models(request, registry, {});
  for (const auto& name : request.modes) mode_from_name(name);
}

LatencySuite run_bench(const BenchRequest& request, const nn::Registry& registry,
                       const std::vector<std::string>& listed) {
  require_valid(request.problems());
  const Platform platform = load_platform(request.platform);
  const MachineIdentity machine = this_machine();
  const bool present = is_present(platform, machine);
  if (!present && request.require_device) {
    throw Error(
        fmt::format("this machine is no {}; run on it, or leave out --require-device for estimates", platform.title));
  }
  if (!present) explain_absence(platform, request.platform);
  const Platform here = present ? platform : load_platform("host");
  const auto models = choose_models(request, registry, listed);
  const auto cases = make_cases(request, here, models);

  LatencySuite record;
  record.started = utc_now();
  record.command = command_line(words_of(request));
  record.platform = platform.name;
  record.device = here.name;
  const TrainConfig& config = cases.front().config;
  Suite suite(suite_config(request, machine), cases, machine_of(config));
  if (!run_benchmarks(suite, request.benchmark)) return record;
  record.results = suite.results();
  if (!present && platform.can_be_estimated()) record.estimates = estimate_all(request, platform, models);
  record.environment = describe_environment(machine, config);
  record.environment["benchmark"] = {{"version", benchmark_version()}};
  warn_of_openblas(record.environment["libtorch"]);
  set_verdict(record, about_machine(machine));
  record.finished = utc_now();
  write_latency_suite(request.out, record);
  return record;
}

}  // namespace flnas
