#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace flnas::nn {
namespace {

torch::nn::Conv2d make_conv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1) {
  return torch::nn::Conv2d(
      torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding((kernel - 1) / 2).bias(false));
}

/// Something of the network that keeps its place and name in the reference, with parameters or without.
class LayerImpl : public torch::nn::Module {
 public:
  virtual torch::Tensor forward(const torch::Tensor& x) = 0;
};

/// ReLU "op.0", convolution "op.1", batch norm "op.2".
class ReluConvNorm : public LayerImpl {
 public:
  ReluConvNorm(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1)
      : conv_(make_conv(in, out, kernel, stride)), norm_(torch::nn::BatchNorm2d(out)) {
    auto op = register_module("op", std::make_shared<Group>());
    op->add("1", conv_);
    op->add("2", norm_);
  }
  torch::Tensor forward(const torch::Tensor& x) override { return norm_->forward(conv_->forward(x.relu())); }

 private:
  torch::nn::Conv2d conv_;
  torch::nn::BatchNorm2d norm_;
};

class AvgPool : public LayerImpl {
 public:
  torch::Tensor forward(const torch::Tensor& x) override {
    return torch::avg_pool2d(x, 3, 1, 1, /*ceil_mode=*/false, /*count_include_pad=*/false);
  }
};

class Skip : public LayerImpl {
 public:
  torch::Tensor forward(const torch::Tensor& x) override { return x; }
};

/// nullptr for `none`.
std::shared_ptr<LayerImpl> make_layer(CellOperation operation, std::int64_t channels) {
  switch (operation) {
    case CellOperation::kNone:
      return nullptr;
    case CellOperation::kSkipConnect:
      return std::make_shared<Skip>();
    case CellOperation::kConv1x1:
      return std::make_shared<ReluConvNorm>(channels, channels, 1);
    case CellOperation::kConv3x3:
      return std::make_shared<ReluConvNorm>(channels, channels, 3);
    case CellOperation::kAvgPool3x3:
      return std::make_shared<AvgPool>();
  }
  return nullptr;
}

/// The cell: "layers.<edge>".
class CellLayer : public LayerImpl {
 public:
  CellLayer(const Cell& cell, std::int64_t channels) {
    auto group = register_module("layers", std::make_shared<Group>());
    for (std::size_t i = 0; i < kCellEdgeCount; ++i) {
      edges_[i] = make_layer(cell[i], channels);
      if (edges_[i]) group->add(std::to_string(i), edges_[i]);
    }
  }

  torch::Tensor forward(const torch::Tensor& x) override {
    std::array<torch::Tensor, 4> nodes{x};
    for (std::size_t i = 0; i < kCellEdgeCount; ++i) {
      const auto [from, to] = kCellEdges[i];
      auto& node = nodes[static_cast<std::size_t>(to)];
      if (edges_[i]) {
        const torch::Tensor value = edges_[i]->forward(nodes[static_cast<std::size_t>(from)]);
        node = node.defined() ? node + value : value;
      }
      const bool complete = from + 1 == to;
      if (complete && !node.defined()) node = torch::zeros_like(x);
    }
    return nodes[3];
  }

 private:
  std::array<std::shared_ptr<LayerImpl>, kCellEdgeCount> edges_;
};

/// Halves the map and doubles the channels: conv_a (stride 2) and conv_b, plus the input by a 2x2 average and a 1x1
/// convolution, "downsample.1".
class Reduction : public LayerImpl {
 public:
  explicit Reduction(std::int64_t in)
      : conv_a_(register_module("conv_a", std::make_shared<ReluConvNorm>(in, 2 * in, 3, 2))),
        conv_b_(register_module("conv_b", std::make_shared<ReluConvNorm>(2 * in, 2 * in, 3))),
        project_(make_conv(in, 2 * in, 1)) {
    register_module("downsample", std::make_shared<Group>())->add("1", project_);
  }
  torch::Tensor forward(const torch::Tensor& x) override {
    return project_->forward(torch::avg_pool2d(x, 2)) + conv_b_->forward(conv_a_->forward(x));
  }

 private:
  std::shared_ptr<ReluConvNorm> conv_a_, conv_b_;
  torch::nn::Conv2d project_;
};

class CellNetwork : public Classifier {
 public:
  CellNetwork(const Cell& cell, const ModelOptions& options, const CellNetworkShape& shape)
      : stem_conv_(make_conv(3, shape.channels, 3)), stem_norm_(torch::nn::BatchNorm2d(shape.channels)) {
    auto stem = register_module("stem", std::make_shared<Group>());
    stem->add("0", stem_conv_);
    stem->add("1", stem_norm_);
    auto group = register_module("cells", std::make_shared<Group>());
    const auto add = [&](const std::shared_ptr<LayerImpl>& layer) {
      layers_.push_back(group->add(std::to_string(layers_.size()), layer));
    };
    std::int64_t channels = shape.channels;
    for (int stage = 0; stage < shape.stages; ++stage) {
      if (stage > 0) {
        add(std::make_shared<Reduction>(channels));
        channels *= 2;
      }
      for (int i = 0; i < shape.cells_per_stage; ++i) add(std::make_shared<CellLayer>(cell, channels));
    }
    last_norm_ = torch::nn::BatchNorm2d(channels);
    register_module("lastact", std::make_shared<Group>())->add("0", last_norm_);
    classifier_ = register_module("classifier", torch::nn::Linear(channels, options.classes));
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = stem_norm_->forward(stem_conv_->forward(images));
    for (const auto& layer : layers_) x = layer->forward(x);
    return classifier_->forward(global_average(last_norm_->forward(x).relu_()));
  }

 private:
  torch::nn::Conv2d stem_conv_;
  torch::nn::BatchNorm2d stem_norm_;
  std::vector<std::shared_ptr<LayerImpl>> layers_;
  torch::nn::BatchNorm2d last_norm_{nullptr};
  torch::nn::Linear classifier_{nullptr};
};

}  // namespace

std::shared_ptr<Classifier> make_cell_network(const Cell& cell, const ModelOptions& options,
                                              const CellNetworkShape& shape) {
  require_geometry("nas_bench_201", options, 4);
  return std::make_shared<CellNetwork>(cell, options, shape);
}

}  // namespace flnas::nn
