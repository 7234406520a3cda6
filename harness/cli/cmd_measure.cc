#include <fmt/format.h>
#include <torch/utils.h>

#include <filesystem>
#include <memory>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/hash.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/model_registry.h"
#include "harness/cli/options.h"
#include "harness/latency/estimation/estimates.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/machine/validity.h"
#include "harness/latency/timing/measure.h"
#include "harness/nn/classifier.h"
#include "harness/nn/models/model.h"
#include "harness/train/device.h"
#include "harness/train/run.h"

namespace flnas::cli {
namespace {

/// The paper's geometry: 224 px, training at batch 8 and inference at batch 2, and two outputs but for a TorchScript
/// file that has others.
constexpr int kTrainingBatch = 8;

struct MeasureArguments {
  std::string model;
  std::string name;
  std::string platform = "host";
  std::filesystem::path out;
  LatencyConfig latency;
  TrainConfig config;
};

std::string repeat(const MeasureArguments& arguments) {
  std::vector<std::string> words = {"flnas", "measure", arguments.model, "--out", arguments.out.string()};
  if (!arguments.name.empty()) words.insert(words.end(), {"--name", arguments.name});
  if (arguments.platform != "host") words.insert(words.end(), {"--platform", arguments.platform});
  for (auto& flag : arguments_of(arguments.config)) words.push_back(std::move(flag));
  return command_line(words);
}

/// A run of samples, and what speaks against it.
struct Attempt {
  MachineState before, after;
  LatencySamples samples;
  LatencySummary summary;

  double width() const { return summary.high_us - summary.low_us; }
  std::string problem() const {
    return why_distrusted(summary.median_us, summary.low_us, summary.high_us, before, after);
  }
};

/// Measured once more where the first time is not to be trusted; the steadier of the two is kept.
Attempt measure_steadily(nn::Classifier& model, const LatencyConfig& latency, const TrainConfig& config) {
  const auto gpu = gpu_of(config);
  const auto attempt = [&] {
    Attempt one;
    one.before = read_machine_state(gpu.get());
    one.samples = measure_latency(model, latency, config);
    one.after = read_machine_state(gpu.get());
    one.summary = summarise_latency(one.samples);
    return one;
  };
  Attempt first = attempt();
  if (first.problem().empty()) return first;
  Attempt second = attempt();
  return second.problem().empty() || second.width() < first.width() ? second : first;
}

/// What is measured, and where.
struct Subject {
  nn::ModelEntry entry;
  nn::ModelOptions geometry;
  Platform platform;
};

HardwareRecord begin(const MeasureArguments& arguments, const Subject& subject) {
  HardwareRecord record;
  record.started = utc_now();
  record.command = repeat(arguments);
  record.model = nn::describe_model(subject.entry, subject.geometry);
  if (!arguments.name.empty()) record.model.name = record.model.title = arguments.name;
  record.device = subject.platform.name;
  return record;
}

/// For a platform that is not here, on all of its cores.
HardwareRecord estimate(const MeasureArguments& arguments, const Subject& subject) {
  HardwareRecord record = begin(arguments, subject);
  const EstimateInputs inputs =
      estimate_inputs(subject.platform, subject.entry, subject.geometry, arguments.latency.batch, 0);
  const LatencyEstimate estimated = estimate_of(inputs);
  record.latency.emplace();
  record.latency->mark = "estimated";
  record.latency->batch = inputs.batch;
  record.latency->threads = subject.platform.rates->cores;
  record.latency->median_us = estimated.median_us;
  record.latency->low_us = estimated.low_us;
  record.latency->high_us = estimated.high_us;
  write_estimate(arguments.out / "estimate.json", inputs);
  record.files["estimate.json"] = sha256_file(arguments.out / "estimate.json");
  record.environment = {{"build", describe_build()}};
  record.finished = utc_now();
  write_hardware(arguments.out, record);
  return record;
}

HardwareRecord measure(const MeasureArguments& arguments, const Subject& subject) {
  TrainConfig requested = arguments.config;
  if (!subject.platform.recognised_by.any_machine()) requested.device = subject.platform.device;
  if (requested.precision == TrainConfig{}.precision) requested.precision = subject.platform.precisions.front();
  require_valid(requested.problems());
  const TrainConfig config = effective_config(requested);
  const nn::ModelOptions& options = subject.geometry;
  const auto size = static_cast<int>(options.size);
  const auto make = [&] { return subject.entry.make(options); };

  HardwareRecord record = begin(arguments, subject);
  torch::manual_seed(config.seed);
  record.memory.inference = measure_inference_peak(make, size, arguments.latency.batch, config);
  record.memory.training_step =
      measure_training_peak(make, static_cast<int>(options.classes), size, kTrainingBatch, config);
  const Attempt kept = measure_steadily(*make(), arguments.latency, config);
  write_latency(arguments.out / "latency.json", kept.samples);
  record.latency = kept.summary;
  record.files["latency.json"] = sha256_file(arguments.out / "latency.json");
  record.environment = {{"machine", describe_machine()},
                        {"build", describe_build()},
                        {"libtorch", describe_libtorch(use_device(config).device)},
                        {"state", {{"before", to_json(kept.before)}, {"after", to_json(kept.after)}}}};
  record.reason = build_is_optimised() ? kept.problem() : "a debug or sanitizer build: its latency means nothing";
  if (!record.reason.empty()) record.status = kMistrusted;
  record.finished = utc_now();
  write_hardware(arguments.out, record);
  return record;
}

std::string latency_text(const HardwareRecord& record) {
  const LatencySummary& latency = *record.latency;
  return fmt::format("latency at batch {} {:.2f} ms [{:.2f}, {:.2f}] on {}, {}", latency.batch, latency.median_us / 1e3,
                     latency.low_us / 1e3, latency.high_us / 1e3, record.device, latency.mark);
}

void run(const MeasureArguments& arguments) {
  const nn::Registry registry = named_models();
  const Platform platform = load_platform(arguments.platform);
  const Subject subject{nn::find_model(registry, arguments.model), nn::hardware_geometry(registry, arguments.model),
                        platform};
  if (subject.geometry.classes != nn::kPaperGeometry.classes) {
    fmt::print(stderr, "note: {} has {} classes; its hardware columns are taken with these, not with Table I's {}\n",
               arguments.model, subject.geometry.classes, nn::kPaperGeometry.classes);
  }
  if (!is_present(platform, this_machine())) {
    const HardwareRecord record = estimate(arguments, subject);
    fmt::print("{}: {}\n", shown_name(record.model), latency_text(record));
    return;
  }
  const HardwareRecord record = measure(arguments, subject);
  fmt::print(
      "{}: {} parameters, {} MACs; training step at batch {} peaks at {}, inference at batch {} at {}; "
      "{}\n",
      shown_name(record.model), with_thousands(*record.model.parameters), with_thousands(*record.model.macs),
      record.memory.training_step->batch, format_bytes(static_cast<double>(record.memory.training_step->peak_bytes)),
      record.memory.inference->batch, format_bytes(static_cast<double>(record.memory.inference->peak_bytes)),
      latency_text(record));
  if (record.status == kMistrusted) fmt::print(stderr, "mistrusted: {}\n", record.reason);
}

}  // namespace

void add_measure(CLI::App& app, int&) {
  auto* command =
      app.add_subcommand("measure",
                         "hardware columns of one model at Table I's geometry (2 classes, or those of a .pt; 224 px): "
                         "measured here, or estimated for a platform that is not here");
  auto arguments = std::make_shared<MeasureArguments>();
  command->add_option("model", arguments->model, "a zoo name, an architecture .json or a TorchScript .pt")
      ->required()
      ->option_text("MODEL");
  command->add_option("--out", arguments->out, "folder for run.json and latency.json")->required();
  command->add_option("--name", arguments->name, "what records and reports call the model (default: its own name)");
  command->add_option("--platform", arguments->platform, "a name (flnas-bench platforms), or a platform's .json")
      ->capture_default_str();
  command->add_option("--seconds", arguments->latency.seconds, "how long samples are taken")->capture_default_str();
  command->add_option("--device", arguments->config.device, "auto, cpu or cuda")->capture_default_str();
  command->add_option("--precision", arguments->config.precision, "float32, bfloat16, or auto: the platform's first")
      ->capture_default_str();
  command->add_option("--threads", arguments->config.threads, "CPU threads; 0: one per core")->capture_default_str();
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::cli
