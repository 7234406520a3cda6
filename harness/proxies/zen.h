#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace flnas::nn {
class Classifier;
}

namespace flnas::proxies {

/// Zen-score: log of the mean over images of |f(x) - f(x + 0.01 e)|_1, plus the sum over batch norms of log sqrt(mean
/// running variance). f is the last map of features before the head (the last output with three dimensions or more);
/// x and e are standard normal, of the images' shape [N, 3, S, S]; convolutions and linear layers have standard normal
/// weights and no biases; batch norms are in training mode, and their running variances those after both passes.
/// -inf where f does not see the image. The model is left as it was.
/// Source: Lin et al., Zen-NAS, ICCV 2021; weights of linear layers and one repetition as in NASLib.
double zen(nn::Classifier& model, at::IntArrayRef shape, std::uint64_t seed);

}  // namespace flnas::proxies
