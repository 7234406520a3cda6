#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "harness/nn/classifier.h"
#include "harness/train/robustness/corruptions.h"

namespace flnas {

at::Tensor fgsm(nn::Classifier& model, const at::Tensor& images, const at::Tensor& labels, double epsilon) {
  at::Tensor gradient;
  {
    const at::AutoGradMode with_gradients(true);
    const at::Tensor inputs = images.detach().clone().requires_grad_(true);
    const at::Tensor loss = at::cross_entropy_loss(model.forward(inputs).to(at::kFloat), labels);
    gradient = torch::autograd::grad({loss}, {inputs}).front();
  }
  return (images + epsilon * gradient.sign()).clamp(0, 1);
}

}  // namespace flnas
