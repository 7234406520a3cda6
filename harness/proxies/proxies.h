// Proxies layer: zero-cost proxies, computed from a network with random weights before any training. It does not know
// data sets, training, tables of accuracies or searches.
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

/// The batch that the network is given.
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
/// the loss is the mean cross entropy. One forward pass serves all proxies but grasp, synflow, zen, params and flops.
///
/// Measured agreement with the values that NAS-Bench-Suite-Zero published for CIFAR-10, Spearman over 200 random cells
/// at batch 64 (`flnas proxies --cells random:200 --tables DIR`, with `--images DIR` of 224 px skin lesions), and how
/// far its own values for two data sets agree on the same cells:
///
///                    noise   images  two data sets                     noise   images  two data sets
///     params, flops   1       1       1                     jacov       0.858   0.941   0.932
///     synflow         1.000   1.000   0.999                 fisher      0.878   0.976   0.980
///     zen             0.997   0.997   0.996                 epe_nas     0.830   0.903   0.370
///     nwot            0.947   0.994   0.992                 grasp       0.677   0.545   0.628
///     snip            0.975   0.982   0.984                 plain       0.020  -0.000   0.360
///     grad_norm       0.974   0.980   0.985                 l2_norm     0.941   0.941   0.950
///
/// Noise has no correlated pixels, which is what nwot, jacov and fisher see: drawn lesions (`flnas dataset synth`) are
/// enough for 0.993, 0.943 and 0.981. l2_norm tells cells with equally many convolutions apart by chance alone: over
/// all 9,445 cells its own two data sets agree by 0.944, and the number of convolutions by 0.970. Drawing the weights
/// again does not help: 24 seeds agree by 0.934 to 0.947 on the 200 cells, and their mean by 0.945. `plain` is zero by
/// construction for every layer before a batch norm, since the loss does not see that layer's scale: what is left is
/// chance. grasp is a sum of large terms of both signs.
///
///     forward -> activations -> nwot
///         `--> d logits / d images -> jacov, epe_nas
///         `--> d loss / d weights, outputs -> grad_norm, snip, plain, fisher
///     forward -> d loss / d weights -> again by the weights -> grasp
///
/// `seed` draws zen's weights and noise. The same weights, batch, seed and number of threads give the same values.
/// Throws ConfigError: unknown name; a model without convolutions and linear layers of libtorch (TorchScript).
std::map<std::string, double> compute_proxies(nn::Classifier& model, const ProxyBatch& batch,
                                              const std::vector<std::string>& names, std::uint64_t seed);

}  // namespace flnas::proxies
