#include "harness/train/adam.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>

#include <cmath>
#include <utility>

namespace flnas {
namespace {

/// Elements that one thread takes at least.
constexpr std::int64_t kGrain = 1 << 14;

struct Factors {
  double step;  ///< lr / (1 - beta1^t)
  double root;  ///< sqrt(1 - beta2^t)
  double l2;    ///< times the parameter, added to the gradient
  double keep;  ///< of the parameter before the step: 1, or less with decoupled weight decay
};

/// One parameter with what belongs to it.
struct Slot {
  at::Tensor parameter, gradient, mean, variance;
};

/// Element i of one is element i of the other in memory; the stride of a dimension of one element means nothing.
bool same_order(const at::Tensor& a, const at::Tensor& b) {
  for (std::int64_t d = 0; d < a.dim(); ++d) {
    if (a.size(d) != 1 && a.stride(d) != b.stride(d)) return false;
  }
  return a.scalar_type() == b.scalar_type();
}

bool fits_one_pass(const Slot& slot) {
  return slot.parameter.is_cpu() && slot.parameter.scalar_type() == at::kFloat &&
         slot.parameter.is_non_overlapping_and_dense() && same_order(slot.parameter, slot.gradient) &&
         same_order(slot.parameter, slot.mean) && same_order(slot.parameter, slot.variance);
}

void update_in_one_pass(const Slot& slot, const Factors& factors) {
  constexpr auto kKeep1 = static_cast<float>(Adam::kBeta1), kNew1 = static_cast<float>(1 - Adam::kBeta1);
  constexpr auto kKeep2 = static_cast<float>(Adam::kBeta2), kNew2 = static_cast<float>(1 - Adam::kBeta2);
  constexpr auto kEpsilon = static_cast<float>(Adam::kEpsilon);
  const auto step = static_cast<float>(factors.step), root = static_cast<float>(factors.root);
  const auto l2 = static_cast<float>(factors.l2), keep = static_cast<float>(factors.keep);
  auto* const parameter = slot.parameter.data_ptr<float>();
  const auto* const gradient = slot.gradient.data_ptr<float>();
  auto* const mean = slot.mean.data_ptr<float>();
  auto* const variance = slot.variance.data_ptr<float>();
  at::parallel_for(0, slot.parameter.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
    float* __restrict p = parameter;
    float* __restrict m = mean;
    float* __restrict v = variance;
    const float* __restrict g = gradient;
    for (std::int64_t i = begin; i < end; ++i) {
      const float slope = g[i] + l2 * p[i];
      m[i] = kKeep1 * m[i] + kNew1 * slope;
      v[i] = kKeep2 * v[i] + kNew2 * slope * slope;
      p[i] = keep * p[i] - step * m[i] / (std::sqrt(v[i]) / root + kEpsilon);
    }
  });
}

void update_by_operators(std::vector<Slot>& slots, const Factors& factors) {
  std::vector<at::Tensor> parameters, gradients, means, variances;
  for (const auto& slot : slots) {
    parameters.push_back(slot.parameter);
    gradients.push_back(slot.gradient);
    means.push_back(slot.mean);
    variances.push_back(slot.variance);
  }
  if (factors.l2 != 0) gradients = at::_foreach_add(gradients, parameters, factors.l2);
  if (factors.keep != 1) at::_foreach_mul_(parameters, factors.keep);
  at::_foreach_mul_(means, Adam::kBeta1);
  at::_foreach_add_(means, gradients, 1 - Adam::kBeta1);
  at::_foreach_mul_(variances, Adam::kBeta2);
  at::_foreach_addcmul_(variances, gradients, gradients, 1 - Adam::kBeta2);
  std::vector<at::Tensor> roots = at::_foreach_sqrt(variances);
  at::_foreach_div_(roots, factors.root);
  at::_foreach_add_(roots, Adam::kEpsilon);
  at::_foreach_addcdiv_(parameters, means, roots, -factors.step);
}

}  // namespace

Adam::Adam(std::vector<at::Tensor> parameters, double lr, double weight_decay, Decay decay)
    : parameters_(std::move(parameters)), lr_(lr), weight_decay_(weight_decay), decay_(decay) {
  for (const auto& parameter : parameters_) {
    state_.mean.push_back(at::zeros_like(parameter.detach()));
    state_.uncentred_variance.push_back(at::zeros_like(parameter.detach()));
  }
}

void Adam::step() {
  const at::NoGradGuard no_grad;
  ++state_.steps;
  const auto t = static_cast<double>(state_.steps);
  const bool decoupled = decay_ == Decay::kDecoupled;
  const Factors plain{.step = lr_ / (1 - std::pow(kBeta1, t)),
                      .root = std::sqrt(1 - std::pow(kBeta2, t)),
                      .l2 = decoupled ? 0 : weight_decay_,
                      .keep = 1};
  Factors shrinking = plain;
  if (decoupled) shrinking.keep = 1 - lr_ * weight_decay_;
  std::vector<Slot> others, shrinking_others;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i].grad().defined()) continue;
    const bool shrinks = decoupled && parameters_[i].dim() > 1;
    Slot slot{parameters_[i].detach(), parameters_[i].grad(), state_.mean[i], state_.uncentred_variance[i]};
    if (fits_one_pass(slot)) {
      update_in_one_pass(slot, shrinks ? shrinking : plain);
    } else {
      (shrinks ? shrinking_others : others).push_back(std::move(slot));
    }
  }
  if (!others.empty()) update_by_operators(others, plain);
  if (!shrinking_others.empty()) update_by_operators(shrinking_others, shrinking);
}

void Adam::clip_gradients(double largest) {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> gradients;
  for (const auto& parameter : parameters_) {
    if (parameter.grad().defined()) gradients.push_back(parameter.grad());
  }
  if (gradients.empty()) return;
  std::vector<at::Tensor> norms = at::_foreach_norm(gradients);
  // On the device: a step does not wait for the norm.
  const at::Tensor factor = (largest / (at::stack(norms).norm() + 1e-6)).clamp_max(1);
  for (auto& gradient : gradients) gradient.mul_(factor);
}

void Adam::release_gradients() {
  for (auto& parameter : parameters_) parameter.mutable_grad().reset();
}

}  // namespace flnas
