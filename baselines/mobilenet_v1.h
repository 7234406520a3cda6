#pragma once

#include <memory>

#include "harness/nn/registry.h"

namespace flnas::baselines {

/// MobileNetV1: a 3x3 stem to 32 channels, 13 depthwise-separable blocks up to 1024 channels, global average pool,
/// linear "classifier".
/// Shapes: images [N, 3, S, S], S at least 16 -> logits [N, C].
/// Expected parameters at two classes: 3,199,106.
/// Source: Howard et al., MobileNets, arXiv 1704.04861, table 1. Differs, as Table I's count and memory show: no batch
/// norm after the depthwise convolutions (ReLU stays), a stem of stride 1. He initialisation by fan-in.
std::shared_ptr<nn::Classifier> make_mobilenet_v1(const nn::ModelOptions& options);

}  // namespace flnas::baselines
