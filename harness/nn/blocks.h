#pragma once

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/normalization.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/nn/norm_activation.h"

namespace flnas::nn {

// Building blocks of the baselines and of searched architectures, [N, C, H, W] -> [N, C, H, W]. Parameter names are
// those of torchvision, so that state dicts can be compared and copied.

/// May work in place: the result replaces `x`.
torch::Tensor activate_(torch::Tensor x, Activation activation);

struct ConvOptions {
  std::int64_t in;
  std::int64_t out;
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
  std::optional<std::int64_t> padding = std::nullopt;  ///< default (kernel - 1) / 2
  std::int64_t groups = 1;
  bool bias = false;
  Norm norm = Norm::kBatch;
  Activation activation = Activation::kRelu;
};

/// Convolution "0", norm "1" (absent for Norm::kNone), activation. torchvision's Conv2dNormActivation.
class ConvNormActImpl : public torch::nn::Module {
 public:
  explicit ConvNormActImpl(const ConvOptions& options);
  torch::Tensor forward(const torch::Tensor& x);

 private:
  torch::nn::Conv2d conv_;
  torch::nn::BatchNorm2d batch_norm_{nullptr};
  torch::nn::GroupNorm group_norm_{nullptr};
  Activation activation_;
  std::int64_t pixel_stride_;
};
TORCH_MODULE(ConvNormAct);

/// Depthwise convolution "0" and pointwise convolution "1", each with norm and activation as `options` say.
/// `depthwise_norm` may differ: MobileNetV1 in Table I has none there.
class DepthwiseSeparableImpl : public torch::nn::Module {
 public:
  DepthwiseSeparableImpl(const ConvOptions& options, Norm depthwise_norm);
  torch::Tensor forward(const torch::Tensor& x);

 private:
  ConvNormAct depthwise_;
  ConvNormAct pointwise_;
};
TORCH_MODULE(DepthwiseSeparable);

struct BasicBlockOptions {
  std::int64_t in;
  std::int64_t middle;
  std::int64_t out;
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
  bool bias = false;
  Norm norm = Norm::kBatch;
  Activation activation = Activation::kRelu;
};

/// Residual block: conv1, bn1, activation, conv2, bn2, plus the shortcut, activation. The shortcut is the identity,
/// or a 1x1 convolution with norm ("downsample") where the stride or the channels change.
/// Source: He et al., Deep Residual Learning for Image Recognition, CVPR 2016, figure 2. Differs: widths, kernel, norm
/// and activation are free; `middle` = `out`, 3x3, batch norm and ReLU are the paper's.
class BasicBlockImpl : public torch::nn::Module {
 public:
  explicit BasicBlockImpl(const BasicBlockOptions& options);
  torch::Tensor forward(const torch::Tensor& x);

 private:
  torch::nn::Conv2d conv1_, conv2_;
  torch::nn::BatchNorm2d bn1_{nullptr}, bn2_{nullptr};
  torch::nn::GroupNorm gn1_{nullptr}, gn2_{nullptr};
  ConvNormAct downsample_{nullptr};
  Activation activation_;
  std::int64_t pixel_stride_;
};
TORCH_MODULE(BasicBlock);

struct InvertedResidualOptions {
  std::int64_t in;
  std::int64_t hidden;  ///< channels of the depthwise convolution; no expansion where it equals `in`
  std::int64_t out;
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
  Activation activation = Activation::kRelu6;
};

/// Pointwise expansion, depthwise, linear pointwise projection, each with batch norm; the input is added where
/// stride is 1 and the channels stay. Everything is registered below "conv".
/// Source: Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR 2018. Differs: none.
class InvertedResidualImpl : public torch::nn::Module {
 public:
  explicit InvertedResidualImpl(const InvertedResidualOptions& options);
  torch::Tensor forward(const torch::Tensor& x);

 private:
  ConvNormAct expand_{nullptr};
  ConvNormAct depthwise_;
  torch::nn::Conv2d project_;
  torch::nn::BatchNorm2d norm_;
  bool residual_;
};
TORCH_MODULE(InvertedResidual);

/// A list of modules without behaviour of its own: gives the names below it, as torch.nn.Sequential does in Python.
class Group : public torch::nn::Module {
 public:
  template <class Holder>
  Holder add(Holder module) {
    return add(std::to_string(children().size()), std::move(module));
  }
  template <class Holder>
  Holder add(const std::string& name, Holder module) {
    return register_module(name, std::move(module));
  }
};

/// He initialisation of every convolution below `module`: normal, ReLU gain, by fan-out (as torchvision's ResNets) or
/// fan-in. Biases become 0. Norms keep weight 1 and bias 0.
/// Source: He et al., Delving Deep into Rectifiers, ICCV 2015.
enum class Fan { kIn, kOut };
void initialise_convs(torch::nn::Module& module, Fan fan);

/// Mean over height and width: [N, C, H, W] -> [N, C].
torch::Tensor global_average(const torch::Tensor& x);

}  // namespace flnas::nn
