// Zero-cost proxies: what a network with random weights tells before any training. This layer does not know data
// sets, training, tables of accuracies or searches.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace flnas::nn {
class Classifier;
}

namespace flnas::proxies {

/// The names of NAS-Bench-Suite-Zero, in its order: epe_nas, fisher, flops, grad_norm, grasp, jacov, l2_norm, nwot,
/// params, plain, snip, synflow, zen. Definitions and sources stand in jacobian.h, gradients.h, flops.h, layers.h,
/// naswot.h, synflow.h and zen.h; `params` are the trainable parameters. params and flops are in millions.
const std::vector<std::string>& proxy_names();

/// What the network is shown.
struct ProxyBatch {
  at::Tensor images;  ///< [N, 3, S, S] float32, N at least 2
  at::Tensor labels;  ///< [N] int64, classes of the network
};

/// Standard normal images and uniform labels. Noise in place of images that are normalised by mean and deviation.
ProxyBatch noise_batch(std::int64_t images, std::int64_t classes, std::int64_t size, std::uint64_t seed);

/// Every image channel with mean 0 and deviation 1 over the batch: what data loaders do before training.
at::Tensor normalised(const at::Tensor& images);

/// The proxies asked for, by name; NaN or infinite where a proxy is undefined, as for networks that do not see the
/// image. The network is taken with the weights that it has, in training mode (batch statistics), and left as it was;
/// the loss is the mean cross entropy. One forward pass serves all proxies but synflow, zen, params and flops.
///
///     forward -> activations -> nwot
///         `--> d logits / d images -> jacov, epe_nas
///         `--> d loss / d weights, outputs -> grad_norm, snip, plain, fisher -> again by the weights -> grasp
///
/// `seed` draws zen's weights and noise. The same weights, batch, seed and number of threads give the same values.
/// Throws ConfigError: unknown name; a model without convolutions and linear layers of libtorch (TorchScript).
std::map<std::string, double> compute_proxies(nn::Classifier& model, const ProxyBatch& batch,
                                              const std::vector<std::string>& names, std::uint64_t seed);

}  // namespace flnas::proxies
