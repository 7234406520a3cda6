#include "harness/runs/run.h"

#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <optional>
#include <set>

#include "datasets/adapters/adapter_files.h"
#include "datasets/adapters/groups.h"
#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/folder_lock.h"
#include "harness/base/hash.h"
#include "harness/base/one_line.h"
#include "harness/base/plural.h"
#include "harness/base/progress.h"
#include "harness/base/random.h"
#include "harness/base/system.h"
#include "harness/base/text_table.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/group_thresholds.h"
#include "harness/nn/classifier.h"
#include "harness/nn/standardised.h"
#include "harness/nn/torchscript.h"
#include "harness/records/files.h"
#include "harness/records/summaries.h"
#include "harness/runs/empty_run.h"
#include "harness/runs/run_record.h"
#include "harness/train/device.h"
#include "harness/train/memory.h"
#include "harness/train/predict.h"
#include "harness/train/trainer.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

Json environment(const DeviceSetup& setup) {
  return {{"machine", describe_machine()}, {"build", describe_build()}, {"libtorch", describe_libtorch(setup.device)}};
}

/// Throws ConfigError naming the first thing in which the folder's run differs from the one asked for.
void require_same_run(const fs::path& folder, const RunRecord& found, const RunRecord& asked) {
  const auto require = [&](const std::string& what, const Json& before, const Json& now) {
    if (before == now) return;
    throw ConfigError(
        fmt::format("{}: holds a run with {} {} where this one has {}; choose another --out, or delete "
                    "the folder",
                    folder.string(), what, before.dump(), now.dump()));
  };
  require("model", found.model.name, asked.model.name);
  require("parameters", Json(found.model.parameters.value_or(0)), Json(asked.model.parameters.value_or(0)));
  // What records of earlier versions do not name was as the defaults are.
  const Json defaults = config_to_json(TrainConfig{});
  for (const auto& [key, value] : asked.effective.items()) {
    require(key, found.effective.value(key, defaults.at(key)), value);
  }
  require("data", found.data.fingerprint, asked.data.fingerprint);
  require("fold", Json(found.fold.value_or(0)), Json(asked.fold.value_or(0)));
  require("split", found.data.split_sha256, asked.data.split_sha256);
  // Records of earlier versions do not have it.
  if (const auto images = found.inputs.find("images"); images != found.inputs.end()) {
    require("images", images->second, asked.inputs.at("images"));
  }
  const auto hash = [](const RunRecord& record, const char* input) {
    const auto at = record.inputs.find(input);
    return at == record.inputs.end() ? Json() : Json(at->second);
  };
  require("weights to start from", hash(found, "weights"), hash(asked, "weights"));
  if (found.inputs.contains("model")) require("a model", hash(found, "model"), hash(asked, "model"));
}

bool is_weights(const std::string& file) { return file == kCheckpointFile || file == kWeightsFile; }

/// The folder's record where its run is finished and its files are there (weights may be left out); where it is not,
/// but may be continued or begun, nothing.
std::optional<RunRecord> finished_run(const fs::path& folder, const RunRecord& asked) {
  if (!fs::exists(folder / kRunFile)) {
    if (is_empty_run(folder)) return std::nullopt;
    throw ConfigError(fmt::format("{}: not empty and not a run; choose another --out", folder.string()));
  }
  RunRecord found = read_run(folder);
  require_same_run(folder, found, asked);
  bool finished = found.status == kPassed || found.status == kUnreliable;
  // What was removed since is made again, from the checkpoint.
  for (const auto& [name, hash] : found.files) finished &= is_weights(name) || fs::exists(folder / name);
  return finished ? std::optional(std::move(found)) : std::nullopt;
}

void write_history(const fs::path& file, const std::vector<Epoch>& history) {
  std::string lines;
  for (const auto& epoch : history) lines += record_to_json(epoch).dump() + "\n";
  write_file(file, lines);
}

void log_epoch(const RunRequest& request, const TrainConfig& config, const Epoch& epoch, bool best) {
  if (request.quiet) return;
  const std::string line = fmt::format(
      "{} epoch {}/{}: loss {:.3f}; validation loss {:.3f}, accuracy {:.3f}{}; {}", shown_name(request.model),
      epoch.epoch, config.epochs, epoch.train_loss.value_or(0), epoch.validation_loss.value_or(0),
      epoch.validation_accuracy.value_or(0), best ? " (best)" : "", format_duration(epoch.seconds));
  fmt::print(stderr, "{}\n", wrap(line, 0, 2));
}

/// What reweighing, sampling and group DRO came to: {name, attributes, by_group: {group: {class: figure}}} with weights
/// of images, images, or the cells' last weights.
std::optional<Json> describe_mitigation(const TrainConfig& config, const Adapter& adapter, const Cells& cells,
                                        const Trainer& trainer) {
  if (cells.empty()) return std::nullopt;
  std::vector<double> figures;
  if (config.mitigation == "reweight") figures = reweighing(cells);
  if (config.mitigation == "balanced-sampling") {
    for (const auto& row : cells.count) figures.insert(figures.end(), row.begin(), row.end());
  }
  for (const float weight : trainer.group_weights()) figures.push_back(weight);
  Json by_group = Json::object();
  for (std::size_t i = 0; i < figures.size(); ++i) {
    by_group[cells.groups[i / cells.classes.size()]][cells.classes[i % cells.classes.size()]] = figures[i];
  }
  const auto attributes = attribute_names(adapter, attribute_indices(adapter, config.mitigation_attributes));
  return Json{{"name", config.mitigation}, {"attributes", attributes}, {"by_group", by_group}};
}

/// The epochs; ends with the best weights in the model.
TrainingSummary train(const RunRequest& request, const TrainConfig& config, const DeviceSetup& setup,
                      const RunData& data, const ExampleData& examples, nn::Classifier& model) {
  Trainer trainer(model, examples, config, setup);
  const fs::path checkpoint = request.out / kCheckpointFile;
  if (fs::exists(checkpoint)) {
    trainer.load(checkpoint);
    write_history(request.out / kHistoryFile, trainer.history());
    if (!request.quiet)
      fmt::print(stderr, "{}: continues after epoch {}\n", shown_name(request.model), trainer.history().size());
  }
  reset_peak_bytes(setup.device);
  const Watchdog watchdog(request.limits);
  while (!trainer.finished()) {
    const Epoch& epoch = trainer.run_epoch([&] { watchdog.check(trainer.history().size()); });
    trainer.save(checkpoint);
    write_history(request.out / kHistoryFile, trainer.history());
    log_epoch(request, config, epoch, trainer.best_epoch() == epoch.epoch);
  }
  trainer.restore_best();
  TrainingSummary summary = summarise_training(trainer.history(), training_rules(config_to_json(config)));
  summary.mitigation = describe_mitigation(config, data.table().adapter, examples.train.cells, trainer);
  summary.peak_bytes = peak_bytes(setup.device);
  return summary;
}

/// Adds the answers on the validation part to those on the test part, so that the metrics can choose an operating point
/// there: none for tasks without a positive class, nor where the parts share images (protocol inferred).
void add_validation(nn::Classifier& model, const RunData& data, const DeviceSetup& setup, Predictions& predictions) {
  if (data.task().positive < 0) return;
  const Predictions validation = predict(model, data, "validation", setup);
  std::set<std::string> tested;
  for (const auto& row : predictions.rows) tested.insert(row.image);
  const auto is_tested = [&](const PredictionRow& row) { return tested.count(row.image) > 0; };
  if (std::any_of(validation.rows.begin(), validation.rows.end(), is_tested)) return;
  predictions.rows.insert(predictions.rows.end(), validation.rows.begin(), validation.rows.end());
}

bool acts_in_training(const TrainConfig& config) {
  return config.mitigation != "none" && config.mitigation != "thresholds";
}

GroupThresholds chosen_thresholds(nn::Classifier& model, const RunData& data, const TrainConfig& config,
                                  const DeviceSetup& setup) {
  const Adapter& adapter = data.table().adapter;
  return choose_thresholds(predict(model, data, "validation", setup), adapter, data.task(),
                           attribute_indices(adapter, config.mitigation_attributes), config.criterion);
}

/// As far as the disk takes it: what is thrown is why the run failed.
void record_failure(const fs::path& folder, RunRecord& record, const std::string& reason) {
  record.reason = reason;
  try {
    write_run(folder, record);
  } catch (const IoError&) {
  }
}

void require_trainable(const nn::Classifier& model, const std::string& name) {
  const auto parameters = model.parameters();
  const auto is_free = [](const at::Tensor& parameter) { return parameter.requires_grad(); };
  if (std::any_of(parameters.begin(), parameters.end(), is_free)) return;
  throw ConfigError(
      fmt::format("{}: has no parameters that can be trained; export it with torch.jit.script and "
                  "requires_grad, or only evaluate it",
                  name));
}

}  // namespace

std::string shown_name(const ModelInfo& model) {
  return model.name + (model.match == "approximate" ? " (approximate)" : "");
}

std::shared_ptr<const RunData> load_run_data(const DataSource& data, const TrainConfig& config) {
  return std::make_shared<RunData>(data, config.task, config.size);
}

RunRecord run_training(const RunRequest& request) {
  require_valid(request.config.problems());
  require_valid(request.limits.problems());
  const auto loaded = request.loaded ? request.loaded : load_run_data(request.data, request.config);
  const RunData& data = *loaded;
  TrainConfig config = effective_config(request.config, data.table().adapter.is_table());
  if (config.task.empty()) config.task = data.task().name;
  const DeviceSetup setup = use_device(config);
  if (data.task().name != config.task || data.size() != config.size) {
    throw Error(fmt::format("the examples were loaded for task {} at {} px, not {} at {} px", data.task().name,
                            data.size(), config.task, config.size));
  }
  if (config.mitigation == "thresholds") require_positive_class(data.task());
  for (const auto& [feature, rows] : data.unseen()) {
    fmt::print(stderr, "{}: {} have a category of '{}' that no training row has: models are shown none\n",
               shown_name(request.model), counted(static_cast<long long>(rows), "row"), feature);
  }
  RunRecord record = new_record(request.model, request.config, config, data, request.sources, request.command);
  record.environment = environment(setup);
  if (auto found = finished_run(request.out, record)) return *std::move(found);
  const FolderLock lock(request.out, "training");
  if (auto found = finished_run(request.out, record)) return *std::move(found);
  keep_adapter(data.table().adapter, request.out);
  write_run(request.out, record);
  try {
    require_memory(request.limits, shown_name(request.model), request.make, data.model_options(), config, setup);
    torch::manual_seed(mix_seed(config.seed, 0));
    ExampleData examples = data.examples();
    if (acts_in_training(config)) examples.train.cells = data.training_cells(config.mitigation_attributes);
    auto model = request.make();
    require_trainable(*model, request.model.name);
    std::optional<nn::ChannelStatistics> statistics;
    if (config.inputs == "standardised") {
      statistics = input_statistics(examples.train);
      model = nn::standardised(model, *statistics);
    }
    record.training = train(request, config, setup, data, examples, *model);
    if (statistics) {
      record.training->input_mean = statistics->mean;
      record.training->input_deviation = statistics->deviation;
    }
    Predictions predictions = predict(*model, data, request.subset, setup);
    if (request.subset == "test") add_validation(*model, data, setup, predictions);
    if (config.mitigation == "thresholds") {
      const auto thresholds = chosen_thresholds(*model, data, config, setup);
      apply_thresholds(thresholds, data.table().adapter, data.task(), predictions);
      record.training->mitigation = record_to_json(thresholds);
    }
    record.metrics = write_and_evaluate(request.out, predictions, data, request.subset, request.min_support);
    model->to(at::kCPU);
    nn::save_torchscript(*model, data.model_options(), request.out / kWeightsFile);
    finish(record, request.out, data, request.sources,
           {kAdapterFile, kPredictionsFile, kHistoryFile, kCheckpointFile, kWeightsFile});
  } catch (const std::exception& error) {
    record_failure(request.out, record, one_line(error));
    throw;
  }
  return record;
}

}  // namespace flnas
