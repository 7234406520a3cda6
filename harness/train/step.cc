#include "harness/train/step.h"

#include <ATen/Functions.h>

#include "harness/nn/classifier.h"
#include "harness/train/adam.h"

namespace flnas {
namespace {

struct Forward {
  at::Tensor loss;  ///< the weighted mean, to be differentiated
  StepSums sums;
};

Forward forward(nn::Classifier& model, const at::Tensor& images, const at::Tensor& labels,
                const at::Tensor& class_weights, const DeviceSetup& setup) {
  at::Tensor logits;
  {
    const Autocast autocast(setup);
    logits = model.forward(images);
  }
  logits = logits.to(at::kFloat);
  at::Tensor loss = at::cross_entropy_loss(logits, labels, class_weights, at::Reduction::Mean);
  const at::NoGradGuard no_grad;
  const at::Tensor weight = class_weights.index_select(0, labels).sum();
  return {loss, {loss.detach() * weight, weight, logits.argmax(1).eq(labels).sum()}};
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

StepSums train_step(nn::Classifier& model, Adam& optimizer, const at::Tensor& images, const at::Tensor& labels,
                    const at::Tensor& class_weights, const DeviceSetup& setup) {
  Forward result = forward(model, images, labels, class_weights, setup);
  optimizer.release_gradients();
  result.loss.backward();
  optimizer.step();
  return result.sums;
}

StepSums evaluate_step(nn::Classifier& model, const at::Tensor& images, const at::Tensor& labels,
                       const at::Tensor& class_weights, const DeviceSetup& setup) {
  return forward(model, images, labels, class_weights, setup).sums;
}

}  // namespace flnas
