#include "searches/spaces/nas_bench_201/miniature/cell_trainer.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "datasets/splits/split.h"
#include "datasets/synthetic/synth.h"
#include "harness/base/fields.h"
#include "harness/base/files.h"
#include "harness/base/random.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/latency/timing/measure_model.h"
#include "harness/nn/classifier.h"
#include "harness/proxies/proxies.h"
#include "harness/records/files.h"
#include "harness/train/predict.h"
#include "harness/train/trainer.h"

namespace flnas::searches {
namespace {

constexpr int kBatch = 16;

double percent(const Predictions& predictions) {
  const auto right = std::count_if(predictions.rows.begin(), predictions.rows.end(),
                                   [](const auto& row) { return row.label == row.prediction; });
  return 100.0 * static_cast<double>(right) / static_cast<double>(predictions.rows.size());
}

TrainConfig train_config(const NasMiniatureConfig& config) {
  TrainConfig train;
  train.task = "binary";
  train.size = config.size;
  train.epochs = config.epochs;
  train.patience = 0;
  train.batch = config.batch;
  train.lr = config.lr;
  train.schedule = "cosine";
  train.augment = "none";
  train.class_weights = "none";
  train.seed = config.seed;
  train.device = "cpu";
  train.threads = config.threads;
  require_valid(train.problems());
  return effective_config(train);
}

DataSource data_source(const NasMiniatureConfig& config, const std::filesystem::path& work) {
  const DataSource source{.folder = work / "data", .split = work / kSplitFile};
  write_synthetic(source.folder, {.images = config.images, .size = config.size, .seed = config.seed});
  const Table table = read_table(source.folder, load_adapter(source.adapter, source.folder));
  write_json(source.split, split_to_json(make_split(table, {.images = 0, .seed = config.seed})));
  return source;
}

}  // namespace

CellTrainer::CellTrainer(const NasMiniatureConfig& config, const std::filesystem::path& work)
    : config_(config),
      train_(train_config(config)),
      setup_(use_device(train_)),
      data_(data_source(config, work), train_.task, train_.size) {}

std::shared_ptr<nn::Classifier> CellTrainer::network(const nn::Cell& cell, const nn::ModelOptions& options) const {
  return nn::make_cell_network(cell, options, {.channels = config_.channels, .cells_per_stage = 1});
}

Json CellTrainer::measure(const nn::Cell& cell) const {
  torch::manual_seed(mix_seed(config_.seed, nn::table_index(cell)));
  const nn::ModelOptions options{.classes = 2, .size = config_.size};
  const auto model = network(cell, options);
  Json row = proxies(*model);
  const ExampleData pixels = data_.examples();
  Trainer trainer(*model, pixels, train_, setup_);
  while (!trainer.finished()) trainer.run_epoch();
  const auto at = [&](int epoch) {
    return 100 * trainer.history()[static_cast<std::size_t>(epoch - 1)].validation_accuracy.value_or(0);
  };
  row["val_short"] = at(config_.short_epochs);
  row["val_long"] = at(config_.epochs);
  row["test_long"] = percent(predict(*model, data_, "test", setup_));
  row["host"] = latency_ms(cell, 1);
  row["host_batch16"] = latency_ms(cell, kBatch) / kBatch;
  return row;
}

Json CellTrainer::proxies(nn::Classifier& model) const {
  const auto batch = proxies::noise_batch(kProxyImages, 2, config_.size, config_.seed);
  Json row = Json::object();
  for (const auto& [name, value] : proxies::compute_proxies(model, batch, proxies::proxy_names(), config_.seed)) {
    row["proxy_" + name] = std::isfinite(value) ? Json(value) : Json(nullptr);
  }
  return row;
}

double CellTrainer::latency_ms(const nn::Cell& cell, int batch) const {
  TimingCase timing;
  timing.model.name = "cell";
  timing.model.make = [&](const nn::ModelOptions& options) { return network(cell, options); };
  timing.options = {.classes = 2, .size = config_.size};
  timing.batch = batch;
  timing.config = train_;
  timing.warm_up_seconds = 0;
  // Thousands of cells, each for a moment: the table keeps medians alone.
  const LatencyResult result = measure_model(timing, {.passes = 1, .retries = 0},
                                             {.seconds = 0.05, .most_samples = 200}, *machine_of(timing.config));
  return result.latency.value().p50_us / 1000;
}

}  // namespace flnas::searches
