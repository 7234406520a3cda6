#pragma once

#include <memory>

#include "harness/nn/registry.h"

namespace flnas::baselines {

/// MobileNetV2 of width 2.0 without the last 1x1 convolution: a 3x3 stem of stride 2 to 64 channels, 17 inverted
/// residuals up to 640 channels, global average pool, dropout 0.2, linear "classifier.1".
/// Shapes: images [N, 3, S, S], S at least 32 -> logits [N, C].
/// Expected parameters at two classes: 7,054,850. Parameter names are torchvision's.
/// Source: Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR 2018, table 2. Differs: without
/// the last convolution, as Table I's count shows; the strides, which no count fixes, are the paper's. Initialisation
/// is torchvision's.
std::shared_ptr<nn::Classifier> make_mobilenet_v2(const nn::ModelOptions& options);

}  // namespace flnas::baselines
