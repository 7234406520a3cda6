#include "harness/train/trainer.h"

#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <chrono>
#include <cmath>
#include <numbers>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/progress.h"
#include "harness/base/random.h"
#include "harness/nn/classifier.h"
#include "harness/train/adam.h"
#include "harness/train/augment.h"
#include "harness/train/batches.h"
#include "harness/train/checkpoint.h"
#include "harness/train/step.h"

namespace flnas {
namespace {

/// Validation has no gradients to keep, so its batches may be larger than the trained ones.
constexpr int kEvaluationBatch = 32;

std::vector<float> class_weights(const PixelRows& rows, std::size_t classes, bool balanced) {
  std::vector<float> weights(classes, 1.0F);
  if (!balanced) return weights;
  std::vector<std::size_t> counts(classes, 0);
  for (const std::int64_t label : rows.label) ++counts[static_cast<std::size_t>(label)];
  for (std::size_t k = 0; k < classes; ++k) {
    // A class without an image is never trained; in validation it weighs nothing rather than infinitely much.
    const double count = static_cast<double>(counts[k]);
    weights[k] = counts[k] == 0
                     ? 0.0F
                     : static_cast<float>(static_cast<double>(rows.count()) / (static_cast<double>(classes) * count));
  }
  return weights;
}

double learning_rate(const TrainConfig& config, int epoch) {
  if (config.schedule == "constant") return config.lr;
  return config.lr * 0.5 * (1 + std::cos(std::numbers::pi * (epoch - 1) / config.epochs));
}

}  // namespace

struct Trainer::State {
  nn::Classifier& model;
  const PixelData& data;
  TrainConfig config;
  DeviceSetup setup;
  at::Tensor weights;
  Adam optimizer;
  std::vector<Epoch> history;
  NamedTensors best;

  State(nn::Classifier& classifier, const PixelData& pixels, const TrainConfig& effective, const DeviceSetup& device)
      : model(classifier),
        data(pixels),
        config(effective),
        setup(device),
        optimizer(classifier.parameters(), effective.lr, effective.weight_decay) {
    const auto balanced = class_weights(data.train, data.classes.size(), config.class_weights == "balanced");
    weights = at::tensor(balanced).to(setup.device);
  }

  at::Tensor on_device(const at::Tensor& images) const { return images.to(setup.device, /*non_blocking=*/true); }

  MeanLoss train(int epoch, double& waited) {
    model.train();
    Progress progress(fmt::format("epoch {}/{}", epoch, config.epochs), static_cast<std::int64_t>(data.train.count()));
    BatchReader reader(data.train, shuffled(data.train.count(), config.seed, epoch), config.batch,
                       setup.device.is_cuda());
    const std::uint64_t stream = mix_seed(config.seed, 1000 + static_cast<std::uint64_t>(epoch));
    torch::manual_seed(stream);
    StepSums sums;
    Batch batch;
    std::int64_t seen = 0;
    for (std::uint64_t step = 0; reader.next(batch); ++step) {
      at::Tensor images = on_device(batch.images);
      images = config.augment == "standard" ? augment(images, mix_seed(stream, step)) : to_unit_range(images);
      sums.add(train_step(model, optimizer, images.contiguous(setup.memory_format), on_device(batch.labels), weights,
                          setup));
      seen += batch.labels.size(0);
      progress.update(seen);
    }
    waited = reader.waited_seconds();
    return mean_loss(sums, data.train.count());
  }

  MeanLoss validate() {
    const nn::EvalMode evaluation(model);
    const at::NoGradGuard no_grad;
    BatchReader reader(data.validation, in_order(data.validation.count()), kEvaluationBatch, setup.device.is_cuda());
    StepSums sums;
    for (Batch batch; reader.next(batch);) {
      const at::Tensor images = to_unit_range(on_device(batch.images)).contiguous(setup.memory_format);
      sums.add(evaluate_step(model, images, on_device(batch.labels), weights, setup));
    }
    return mean_loss(sums, data.validation.count());
  }
};

Trainer::Trainer(nn::Classifier& model, const PixelData& data, const TrainConfig& effective, const DeviceSetup& setup) {
  place(model, setup);
  state_ = std::make_unique<State>(model, data, effective, setup);
}

Trainer::~Trainer() = default;

bool Trainer::stopped_early() const {
  const int done = static_cast<int>(state_->history.size());
  return state_->config.patience > 0 && done - best_epoch() >= state_->config.patience && done > 0;
}

bool Trainer::finished() const {
  return static_cast<int>(state_->history.size()) >= state_->config.epochs || stopped_early();
}

const Epoch& Trainer::run_epoch() {
  const auto start = std::chrono::steady_clock::now();
  Epoch record;
  record.epoch = static_cast<int>(state_->history.size()) + 1;
  record.lr = learning_rate(state_->config, record.epoch);
  state_->optimizer.set_lr(record.lr);
  const MeanLoss train = state_->train(record.epoch, record.data_wait_seconds);
  const MeanLoss validation = state_->validate();
  if (!std::isfinite(train.loss) || !std::isfinite(validation.loss)) {
    throw Error(fmt::format("epoch {}: the loss is not a number (train {}, validation {}); try a lower --lr",
                            record.epoch, train.loss, validation.loss));
  }
  record.train_loss = train.loss;
  record.train_accuracy = train.accuracy;
  record.validation_loss = validation.loss;
  record.validation_accuracy = validation.accuracy;
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  state_->history.push_back(record);
  if (flnas::best_epoch(state_->history) == record.epoch) state_->best = copy_state(state_->model);
  return state_->history.back();
}

const std::vector<Epoch>& Trainer::history() const { return state_->history; }
int Trainer::best_epoch() const { return flnas::best_epoch(state_->history); }
void Trainer::restore_best() { load_state(state_->model, state_->best); }

void Trainer::save(const std::filesystem::path& file) const {
  Json history = Json::array();
  for (const auto& record : state_->history) history.push_back(record_to_json(record));
  const Json meta = {{"format", "flnas-checkpoint/2"}, {"config", config_hash(state_->config)}, {"history", history}};
  write_checkpoint(file, meta, state_view(state_->model), state_->best, state_->optimizer);
}

void Trainer::load(const std::filesystem::path& file) {
  NamedTensors model = state_view(state_->model);
  NamedTensors best = copy_state(state_->model);
  const Json meta =
      read_checkpoint(file, config_hash(state_->config), model, best, state_->optimizer, state_->setup.device);
  state_->best = best;
  state_->history.clear();
  for (const auto& line : meta.at("history")) {
    state_->history.push_back(record_from_json<Epoch>(line, file.string()));
  }
}

}  // namespace flnas
