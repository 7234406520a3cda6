#include "harness/train/ema.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

namespace flnas {

AveragedWeights::AveragedWeights(const torch::nn::Module& model, double decay)
    : decay_(decay), average_(nn::copy_state(model)) {}

void AveragedWeights::update(const torch::nn::Module& model) {
  const at::NoGradGuard no_grad;
  ++steps;
  const auto t = static_cast<double>(steps);
  const double keep = std::min(decay_, (1 + t) / (10 + t));
  const nn::NamedTensors now = nn::state_view(model);
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (now[i].second.is_floating_point()) {
      average_[i].second.lerp_(now[i].second, 1 - keep);
    } else {
      average_[i].second.copy_(now[i].second);
    }
  }
}

}  // namespace flnas
