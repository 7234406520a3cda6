#include "harness/train/trainer.h"

#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/base/progress.h"
#include "harness/base/random.h"
#include "harness/metrics/scores/auroc.h"
#include "harness/nn/classifier.h"
#include "harness/train/adam.h"
#include "harness/train/augment.h"
#include "harness/train/batches.h"
#include "harness/train/checkpoint.h"
#include "harness/train/ema.h"
#include "harness/train/mitigation/cells.h"
#include "harness/train/mitigation/group_dro.h"
#include "harness/train/schedule.h"
#include "harness/train/step.h"

namespace flnas {
namespace {

/// Validation has no gradients to keep, so its batches may be larger than the trained ones.
constexpr int kEvaluationBatch = 32;

std::vector<float> class_weights(const Examples& rows, std::size_t classes, bool balanced) {
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

/// AUROC and balanced accuracy of probabilities [N, C] float32 on the CPU; undefined where labels of a kind lack.
void add_validation_figures(Epoch& record, const at::Tensor& probabilities, const std::vector<std::int64_t>& labels) {
  const auto classes = static_cast<std::size_t>(probabilities.size(1));
  const float* shares = probabilities.data_ptr<float>();
  record.validation_auroc = metrics::macro_auroc({shares, labels.size() * classes}, labels, classes);
  std::vector<double> images(classes, 0), correct(classes, 0);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const float* row = shares + i * classes;
    const auto label = static_cast<std::size_t>(labels[i]);
    ++images[label];
    correct[label] += std::max_element(row, row + classes) - row == labels[i] ? 1 : 0;
  }
  double recalls = 0, occurring = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    if (images[k] == 0) continue;
    recalls += correct[k] / images[k];
    ++occurring;
  }
  if (occurring > 1) record.validation_balanced_accuracy = recalls / occurring;
}

at::Tensor training_weights(const ExampleData& data, const TrainConfig& config) {
  const bool balanced = config.class_weights == "balanced";
  if (balanced && config.mitigation == "balanced-sampling")
    return at::tensor(balanced_draw_class_weights(data.train.cells));
  return at::tensor(class_weights(data.train, data.classes.size(), balanced));
}

bool needs_cells(const TrainConfig& config) {
  return config.mitigation == "reweight" || config.mitigation == "balanced-sampling" ||
         config.mitigation == "group-dro";
}

/// Cells without a training image have no loss and no weight.
std::unique_ptr<GroupDro> make_dro(const ExampleData& data, const TrainConfig& config, const DeviceSetup& setup) {
  if (config.mitigation != "group-dro") return nullptr;
  return std::make_unique<GroupDro>(data.train.cells.count, config.dro_step, setup.device);
}

at::Tensor cell_weights(const ExampleData& data, const TrainConfig& config) {
  if (config.mitigation != "reweight") return {};
  return at::tensor(reweighing(data.train.cells)).to(at::kFloat);
}

}  // namespace

struct Trainer::State {
  nn::Classifier& model;
  const ExampleData& data;
  TrainConfig config;
  DeviceSetup setup;
  std::int64_t steps;  ///< of an epoch
  std::unique_ptr<GroupDro> dro;
  Objective training;
  Objective validation;
  Adam optimizer;
  std::optional<AveragedWeights> averaged;
  std::vector<Epoch> history;
  nn::NamedTensors best;

  State(nn::Classifier& classifier, const ExampleData& examples, const TrainConfig& effective,
        const DeviceSetup& device)
      : model(classifier),
        data(examples),
        config(effective),
        setup(device),
        steps(steps_per_epoch(examples.train.count(), effective.batch)),
        dro(make_dro(examples, effective, device)),
        training(training_weights(examples, effective).to(device.device)),
        validation(
            at::tensor(class_weights(examples.train, examples.classes.size(), effective.class_weights == "balanced"))
                .to(device.device)),
        optimizer(classifier.parameters(), effective.lr, effective.weight_decay,
                  effective.optimizer == "adamw" ? Decay::kDecoupled : Decay::kL2) {
    training.label_smoothing = config.label_smoothing;
    training.clip = config.clip;
    training.dro = dro.get();
    training.cell_weights = cell_weights(data, config);
    if (training.cell_weights.defined()) training.cell_weights = training.cell_weights.to(setup.device);
    if (config.ema > 0) averaged.emplace(model, config.ema);
  }

  at::Tensor on_device(const at::Tensor& tensor) const {
    return tensor.defined() ? tensor.to(setup.device, /*non_blocking=*/true) : tensor;
  }

  std::vector<std::size_t> order(int epoch) const {
    const bool balanced = config.mitigation == "balanced-sampling" || config.mitigation == "group-dro";
    return balanced ? balanced_order(data.train.cells, config.seed, epoch)
                    : shuffled(data.train.count(), config.seed, epoch);
  }

  MeanLoss train(int epoch, const std::function<void()>& before_step, double& waited) {
    model.train();
    Progress progress(fmt::format("epoch {}/{}", epoch, config.epochs), static_cast<std::int64_t>(data.train.count()));
    BatchReader reader(data.train, order(epoch), config.batch, setup.device.is_cuda());
    const std::uint64_t stream = mix_seed(config.seed, 1000 + static_cast<std::uint64_t>(epoch));
    torch::manual_seed(stream);
    StepSums sums;
    Batch batch;
    std::int64_t seen = 0;
    for (std::int64_t step = 0; reader.next(batch); ++step) {
      if (before_step) before_step();
      optimizer.set_lr(learning_rate(config, (epoch - 1) * steps + step, steps));
      at::Tensor inputs = on_device(batch.inputs);
      if (config.augment == "standard") {
        inputs = augment(inputs, mix_seed(stream, static_cast<std::uint64_t>(step)), config.crop);
      }
      sums.add(train_step(model, optimizer, as_input(inputs, setup), {on_device(batch.labels), on_device(batch.cells)},
                          training, setup));
      if (averaged) averaged->update(model);
      seen += batch.labels.size(0);
      progress.update(seen);
    }
    waited = reader.waited_seconds();
    return mean_loss(sums, data.train.count());
  }

  /// Fills in the figures of the weights that would be kept.
  void validate(Epoch& record) {
    const nn::EvalMode evaluation(model);
    const at::NoGradGuard no_grad;
    nn::NamedTensors trained;
    if (averaged) {
      trained = nn::copy_state(model);
      nn::load_state(model, averaged->average());
    }
    BatchReader reader(data.validation, in_order(data.validation.count()), kEvaluationBatch, setup.device.is_cuda());
    StepSums sums;
    std::vector<at::Tensor> probabilities;
    for (Batch batch; reader.next(batch);) {
      const EvaluatedBatch result =
          evaluate_step(model, as_input(batch.inputs, setup), on_device(batch.labels), validation, setup);
      sums.add(result.sums);
      probabilities.push_back(at::softmax(result.logits, 1));
    }
    if (averaged) nn::load_state(model, trained);
    const MeanLoss mean = mean_loss(sums, data.validation.count());
    record.validation_loss = mean.loss;
    record.validation_accuracy = mean.accuracy;
    add_validation_figures(record, at::cat(probabilities).cpu().contiguous(), data.validation.label);
  }
};

Trainer::Trainer(nn::Classifier& model, const ExampleData& data, const TrainConfig& effective,
                 const DeviceSetup& setup) {
  if (needs_cells(effective) && data.train.cells.empty()) {
    throw ConfigError(fmt::format("mitigation {} needs the images' groups", effective.mitigation));
  }
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

const Epoch& Trainer::run_epoch(const std::function<void()>& before_step) {
  const auto start = std::chrono::steady_clock::now();
  Epoch record;
  record.epoch = static_cast<int>(state_->history.size()) + 1;
  record.lr = learning_rate(state_->config, (record.epoch - 1) * state_->steps, state_->steps);
  const MeanLoss train = state_->train(record.epoch, before_step, record.data_wait_seconds);
  record.train_loss = train.loss;
  record.train_accuracy = train.accuracy;
  state_->validate(record);
  if (!std::isfinite(train.loss) || !std::isfinite(*record.validation_loss)) {
    throw Error(fmt::format("epoch {}: the loss is not a number (train {}, validation {}); try a lower --lr",
                            record.epoch, train.loss, *record.validation_loss));
  }
  record.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  state_->history.push_back(record);
  if (best_epoch() == 0) {
    throw Error(fmt::format("the validation part has no {}: it needs examples of two classes; take --selection loss",
                            state_->config.selection));
  }
  if (best_epoch() == record.epoch) {
    state_->best = nn::copy_state(state_->model);
    if (state_->averaged) nn::copy_tensors(state_->averaged->average(), state_->best);
  }
  return state_->history.back();
}

const std::vector<Epoch>& Trainer::history() const { return state_->history; }
int Trainer::best_epoch() const { return flnas::best_epoch(state_->history, state_->config.selection); }
void Trainer::restore_best() { nn::load_state(state_->model, state_->best); }

std::vector<float> Trainer::group_weights() const {
  if (!state_->dro) return {};
  const at::Tensor weights = state_->dro->weights().cpu();
  return {weights.data_ptr<float>(), weights.data_ptr<float>() + weights.numel()};
}

void Trainer::save(const std::filesystem::path& file) const {
  Json history = Json::array();
  for (const auto& record : state_->history) history.push_back(record_to_json(record));
  Json meta = {{"format", "flnas-checkpoint/3"}, {"config", config_hash(state_->config)}, {"history", history}};
  LearnedState learned{nn::state_view(state_->model), state_->best, {}};
  if (state_->averaged) {
    meta["averaged_steps"] = state_->averaged->steps;
    learned.average = state_->averaged->average();
  }
  if (state_->dro) meta["group_weights"] = group_weights();
  write_checkpoint(file, meta, learned, state_->optimizer);
}

void Trainer::load(const std::filesystem::path& file) {
  LearnedState learned{nn::state_view(state_->model), nn::copy_state(state_->model), {}};
  if (state_->averaged) learned.average = state_->averaged->average();
  const Json meta =
      read_checkpoint(file, config_hash(state_->config), learned, state_->optimizer, state_->setup.device);
  state_->best = learned.best;
  if (state_->averaged) state_->averaged->steps = meta.at("averaged_steps").get<std::int64_t>();
  if (state_->dro) state_->dro->set_weights(at::tensor(meta.at("group_weights").get<std::vector<float>>()));
  state_->history.clear();
  for (const auto& line : meta.at("history")) {
    state_->history.push_back(record_from_json<Epoch>(line, file.string()));
  }
}

}  // namespace flnas
