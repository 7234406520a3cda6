#pragma once

#include <array>
#include <memory>

#include "harness/nn/registry.h"

namespace flnas::baselines {

/// ResNet with basic blocks and the stem used for small images: one 3x3 convolution of stride 1, no max-pool.
/// Four layers of `blocks` blocks at 64, 128, 256 and 512 channels, global average pool, linear "fc".
/// Shapes: images [N, 3, S, S], S at least 8 -> logits [N, C].
/// Expected parameters at two classes: 11,169,858 for {2, 2, 2, 2}, 21,278,018 for {3, 4, 6, 3}.
/// Parameter names are torchvision's; all shapes but conv1's are, too.
/// Source: He et al., Deep Residual Learning for Image Recognition, CVPR 2016. Differs: the stem, as Table I's counts
/// show; shortcuts are 1x1 convolutions (option B) and initialisation is He's by fan-out, as in torchvision.
std::shared_ptr<nn::Classifier> make_resnet(const std::array<int, 4>& blocks, const nn::ModelOptions& options);

}  // namespace flnas::baselines
