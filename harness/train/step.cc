#include "harness/train/step.h"

#include <ATen/Functions.h>

#include "harness/nn/classifier.h"
#include "harness/train/adam.h"
#include "harness/train/mitigation/group_dro.h"

namespace flnas {
namespace {

constexpr std::int64_t kNothingIgnored = -100;

struct Loss {
  at::Tensor value;   ///< to be differentiated
  at::Tensor weight;  ///< of the batch's images together
};

Loss loss_of(const at::Tensor& logits, const Targets& targets, const Objective& objective) {
  const at::Tensor& labels = targets.labels;
  const auto cross_entropy = [&](const at::Tensor& weights, at::Reduction::Reduction reduction) {
    return at::cross_entropy_loss(logits, labels, weights, reduction, kNothingIgnored, objective.label_smoothing);
  };
  if (objective.dro != nullptr) {
    const at::Tensor value = objective.dro->loss(cross_entropy({}, at::Reduction::None), targets.cells);
    return {value, at::full_like(value.detach(), static_cast<double>(labels.size(0)))};
  }
  const at::Tensor class_weights = objective.class_weights.index_select(0, labels);
  if (objective.cell_weights.defined()) {
    const at::Tensor cell_weights = objective.cell_weights.index_select(0, targets.cells);
    const at::Tensor weight = (class_weights * cell_weights).sum();
    return {(cross_entropy(objective.class_weights, at::Reduction::None) * cell_weights).sum() / weight, weight};
  }
  return {cross_entropy(objective.class_weights, at::Reduction::Mean), class_weights.sum()};
}

struct Forward {
  at::Tensor loss;
  at::Tensor logits;
  StepSums sums;
};

Forward forward(nn::Classifier& model, const at::Tensor& images, const Targets& targets, const Objective& objective,
                const DeviceSetup& setup) {
  at::Tensor logits;
  {
    const Autocast autocast(setup);
    logits = model.forward(images);
  }
  logits = logits.to(at::kFloat);
  const Loss loss = loss_of(logits, targets, objective);
  const at::NoGradGuard no_grad;
  return {
      loss.value, logits, {loss.value.detach() * loss.weight, loss.weight, logits.argmax(1).eq(targets.labels).sum()}};
}

}  // namespace

void StepSums::add(const StepSums& other) {
  if (!loss.defined()) {
    *this = other;
    return;
  }
  loss = loss + other.loss;
  weight = weight + other.weight;
  correct = correct + other.correct;
}

MeanLoss mean_loss(const StepSums& sums, std::size_t images) {
  const at::Tensor loss = (sums.loss / sums.weight).cpu();
  return {loss.item<double>(), sums.correct.cpu().item<double>() / static_cast<double>(images)};
}

StepSums train_step(nn::Classifier& model, Adam& optimizer, const at::Tensor& images, const Targets& targets,
                    const Objective& objective, const DeviceSetup& setup) {
  Forward result = forward(model, images, targets, objective, setup);
  optimizer.release_gradients();
  result.loss.backward();
  if (objective.clip > 0) optimizer.clip_gradients(objective.clip);
  optimizer.step();
  return result.sums;
}

EvaluatedBatch evaluate_step(nn::Classifier& model, const at::Tensor& images, const Targets& targets,
                             const Objective& objective, const DeviceSetup& setup) {
  Forward result = forward(model, images, targets, objective, setup);
  return {result.sums, result.logits};
}

}  // namespace flnas
