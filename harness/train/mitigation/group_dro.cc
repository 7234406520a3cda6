#include "harness/train/mitigation/group_dro.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

namespace flnas {

GroupDro::GroupDro(const std::vector<std::vector<double>>& count, double step, const at::Device& device) : step_(step) {
  std::vector<float> weights;
  for (const auto& group : count) {
    for (const double images : group) weights.push_back(images > 0 ? 1.0F : 0.0F);
  }
  weights_ = at::tensor(weights).to(device);
  weights_.div_(weights_.sum());
}

at::Tensor GroupDro::loss(const at::Tensor& losses, const at::Tensor& cells) {
  const at::Tensor none = at::zeros_like(weights_);
  const at::Tensor images = none.index_add(0, cells, at::ones_like(losses).detach());
  const at::Tensor means = none.index_add(0, cells, losses) / images.clamp_min(1);
  {
    const at::NoGradGuard no_grad;
    weights_.mul_((means * step_).exp());
    weights_.div_(weights_.sum());
  }
  return (weights_ * means).sum();
}

}  // namespace flnas
