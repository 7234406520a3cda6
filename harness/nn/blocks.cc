#include "harness/nn/blocks.h"

#include <torch/nn/init.h>

#include <algorithm>
#include <numeric>

namespace flnas::nn {
namespace {

torch::nn::Conv2d make_conv(const ConvOptions& o) {
  return torch::nn::Conv2d(torch::nn::Conv2dOptions(o.in, o.out, o.kernel)
                               .stride(o.stride)
                               .padding(o.padding.value_or((o.kernel - 1) / 2))
                               .groups(o.groups)
                               .bias(o.bias));
}

/// The stride of a 1x1 convolution of few channels; 1 for all others.
std::int64_t pixel_stride(const ConvOptions& o) {
  constexpr std::int64_t kFew = 32;
  const bool pointwise = o.kernel == 1 && o.padding.value_or(0) == 0 && o.groups == 1;
  return pointwise && std::min(o.in, o.out) <= kFew ? o.stride : 1;
}

/// The convolution. oneDNN 2.6, which Debian's libtorch 1.13 has, writes beyond its buffers in the weights' gradient of
/// a strided 1x1 convolution of few channels in channels-last layout; on the pixels that it would see, without a
/// stride, it computes the same and does not.
torch::Tensor convolve(torch::nn::Conv2d& conv, const torch::Tensor& x, std::int64_t stride) {
  if (stride == 1 || !at::GradMode::is_enabled() || !x.is_cpu()) return conv->forward(x);
  return at::conv2d(x.slice(2, 0, x.size(2), stride).slice(3, 0, x.size(3), stride), conv->weight, conv->bias);
}

torch::nn::GroupNorm make_group_norm(Norm norm, std::int64_t channels) {
  const std::int64_t groups = norm == Norm::kGroup ? std::gcd(std::int64_t{8}, channels) : 1;
  return torch::nn::GroupNorm(torch::nn::GroupNormOptions(groups, channels));
}

bool is_group_norm(Norm norm) { return norm == Norm::kGroup || norm == Norm::kLayer; }

torch::Tensor normalise(const torch::Tensor& x, torch::nn::BatchNorm2d& batch, torch::nn::GroupNorm& group) {
  if (batch) return batch->forward(x);
  if (group) return group->forward(x);
  return x;
}

}  // namespace

torch::Tensor activate_(torch::Tensor x, Activation activation) {
  switch (activation) {
    case Activation::kNone:
      return x;
    case Activation::kRelu:
      return x.relu_();
    case Activation::kRelu6:
      return torch::hardtanh_(x, 0.0, 6.0);  // optimize_for_inference refuses integers
    case Activation::kLeakyRelu:
      return torch::leaky_relu_(x);
    case Activation::kElu:
      return torch::elu(x);
    case Activation::kGelu:
      return torch::gelu(x);
    case Activation::kSilu:
      return torch::silu(x);
    case Activation::kHardswish:
      return torch::hardswish(x);
    case Activation::kTanh:
      return torch::tanh(x);
  }
  return x;
}

ConvNormActImpl::ConvNormActImpl(const ConvOptions& o)
    : conv_(register_module("0", make_conv(o))), activation_(o.activation), pixel_stride_(pixel_stride(o)) {
  if (o.norm == Norm::kBatch) batch_norm_ = register_module("1", torch::nn::BatchNorm2d(o.out));
  if (is_group_norm(o.norm)) group_norm_ = register_module("1", make_group_norm(o.norm, o.out));
}

torch::Tensor ConvNormActImpl::forward(const torch::Tensor& x) {
  return activate_(normalise(convolve(conv_, x, pixel_stride_), batch_norm_, group_norm_), activation_);
}

DepthwiseSeparableImpl::DepthwiseSeparableImpl(const ConvOptions& o, Norm depthwise_norm)
    : depthwise_(nullptr), pointwise_(nullptr) {
  ConvOptions depthwise = o;
  depthwise.out = depthwise.groups = o.in;
  depthwise.norm = depthwise_norm;
  ConvOptions pointwise = o;
  pointwise.kernel = pointwise.stride = 1;
  pointwise.padding = 0;
  depthwise_ = register_module("0", ConvNormAct(depthwise));
  pointwise_ = register_module("1", ConvNormAct(pointwise));
}

torch::Tensor DepthwiseSeparableImpl::forward(const torch::Tensor& x) {
  return pointwise_->forward(depthwise_->forward(x));
}

BasicBlockImpl::BasicBlockImpl(const BasicBlockOptions& o)
    : conv1_(register_module(
          "conv1", make_conv({.in = o.in, .out = o.middle, .kernel = o.kernel, .stride = o.stride, .bias = o.bias}))),
      conv2_(nullptr),
      activation_(o.activation),
      pixel_stride_(pixel_stride({.in = o.in, .out = o.middle, .kernel = o.kernel, .stride = o.stride})) {
  if (o.norm == Norm::kBatch) bn1_ = register_module("bn1", torch::nn::BatchNorm2d(o.middle));
  if (is_group_norm(o.norm)) gn1_ = register_module("bn1", make_group_norm(o.norm, o.middle));
  conv2_ = register_module("conv2", make_conv({.in = o.middle, .out = o.out, .kernel = o.kernel, .bias = o.bias}));
  if (o.norm == Norm::kBatch) bn2_ = register_module("bn2", torch::nn::BatchNorm2d(o.out));
  if (is_group_norm(o.norm)) gn2_ = register_module("bn2", make_group_norm(o.norm, o.out));
  if (o.stride != 1 || o.in != o.out) {
    downsample_ = register_module("downsample", ConvNormAct(ConvOptions{.in = o.in,
                                                                        .out = o.out,
                                                                        .kernel = 1,
                                                                        .stride = o.stride,
                                                                        .bias = o.bias,
                                                                        .norm = o.norm,
                                                                        .activation = Activation::kNone}));
  }
}

torch::Tensor BasicBlockImpl::forward(const torch::Tensor& x) {
  torch::Tensor y = activate_(normalise(convolve(conv1_, x, pixel_stride_), bn1_, gn1_), activation_);
  y = normalise(conv2_->forward(y), bn2_, gn2_);
  y += downsample_ ? downsample_->forward(x) : x;
  return activate_(y, activation_);
}

InvertedResidualImpl::InvertedResidualImpl(const InvertedResidualOptions& o)
    : depthwise_(nullptr), project_(nullptr), norm_(nullptr), residual_(o.stride == 1 && o.in == o.out) {
  auto conv = register_module("conv", std::make_shared<Group>());
  if (o.hidden != o.in) {
    expand_ = conv->add(ConvNormAct(ConvOptions{.in = o.in, .out = o.hidden, .kernel = 1, .activation = o.activation}));
  }
  depthwise_ = conv->add(ConvNormAct(ConvOptions{.in = o.hidden,
                                                 .out = o.hidden,
                                                 .kernel = o.kernel,
                                                 .stride = o.stride,
                                                 .groups = o.hidden,
                                                 .activation = o.activation}));
  project_ = conv->add(make_conv({.in = o.hidden, .out = o.out, .kernel = 1}));
  norm_ = conv->add(torch::nn::BatchNorm2d(o.out));
}

torch::Tensor InvertedResidualImpl::forward(const torch::Tensor& x) {
  torch::Tensor y = norm_->forward(project_->forward(depthwise_->forward(expand_ ? expand_->forward(x) : x)));
  if (residual_) y += x;
  return y;
}

void initialise_convs(torch::nn::Module& module, Fan fan) {
  const torch::NoGradGuard no_grad;
  for (const auto& child : module.modules(false)) {
    auto* conv = child->as<torch::nn::Conv2dImpl>();
    if (conv == nullptr) continue;
    if (fan == Fan::kIn) {
      torch::nn::init::kaiming_normal_(conv->weight, 0, torch::kFanIn, torch::kReLU);
    } else {
      torch::nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
    }
    if (conv->bias.defined()) torch::nn::init::zeros_(conv->bias);
  }
}

torch::Tensor global_average(const torch::Tensor& x) { return x.mean({2, 3}); }

}  // namespace flnas::nn
