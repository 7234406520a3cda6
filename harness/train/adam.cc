#include "harness/train/adam.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
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
  double weight_decay;
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
  const auto decay = static_cast<float>(factors.weight_decay);
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
      const float slope = g[i] + decay * p[i];
      m[i] = kKeep1 * m[i] + kNew1 * slope;
      v[i] = kKeep2 * v[i] + kNew2 * slope * slope;
      p[i] -= step * m[i] / (std::sqrt(v[i]) / root + kEpsilon);
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
  if (factors.weight_decay != 0) gradients = at::_foreach_add(gradients, parameters, factors.weight_decay);
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

Adam::Adam(std::vector<at::Tensor> parameters, double lr, double weight_decay)
    : parameters_(std::move(parameters)), lr_(lr), weight_decay_(weight_decay) {
  for (const auto& parameter : parameters_) {
    state_.mean.push_back(at::zeros_like(parameter.detach()));
    state_.uncentred_variance.push_back(at::zeros_like(parameter.detach()));
  }
}

void Adam::step() {
  const at::NoGradGuard no_grad;
  ++state_.steps;
  const auto t = static_cast<double>(state_.steps);
  const Factors factors{lr_ / (1 - std::pow(kBeta1, t)), std::sqrt(1 - std::pow(kBeta2, t)), weight_decay_};
  std::vector<Slot> others;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i].grad().defined()) continue;
    Slot slot{parameters_[i].detach(), parameters_[i].grad(), state_.mean[i], state_.uncentred_variance[i]};
    if (fits_one_pass(slot)) {
      update_in_one_pass(slot, factors);
    } else {
      others.push_back(std::move(slot));
    }
  }
  if (!others.empty()) update_by_operators(others, factors);
}

void Adam::release_gradients() {
  for (auto& parameter : parameters_) parameter.mutable_grad().reset();
}

}  // namespace flnas
