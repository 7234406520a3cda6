#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <fmt/format.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include "harness/base/error.h"
#include "harness/nn/autoformer/autoformer.h"
#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"

namespace flnas::nn {
namespace {

constexpr double kDeviation = 0.02;

torch::nn::Linear make_linear(std::int64_t in, std::int64_t out) {
  torch::nn::Linear linear(in, out);
  const at::NoGradGuard no_grad;
  linear->weight.normal_(0, kDeviation);
  linear->bias.zero_();
  return linear;
}

torch::nn::LayerNorm make_norm(std::int64_t width) {
  return torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}));
}

/// Offsets from token i to token j along one side of the grid of patches, [T, T]: 1 to 29 for -14 to 14, 0 where either
/// is the class token, which is the first.
at::Tensor offsets(std::int64_t side, bool vertical) {
  const at::Tensor place = at::arange(side * side, at::kLong);
  const at::Tensor coordinate = vertical ? at::floor_divide(place, side) : place.remainder(side);
  at::Tensor table = at::zeros({side * side + 1, side * side + 1}, at::kLong);
  const at::Tensor between = coordinate.unsqueeze(0) - coordinate.unsqueeze(1);
  table.narrow(0, 1, side * side)
      .narrow(1, 1, side * side)
      .copy_(between.clamp(-kLongestOffset, kLongestOffset) + (kLongestOffset + 1));
  return table;
}

/// Learned vectors of the vertical and of the horizontal offsets, [30, 64] each.
class RelativePositions : public torch::nn::Module {
 public:
  RelativePositions()
      : vertical_(register_parameter("embeddings_table_v", table())),
        horizontal_(register_parameter("embeddings_table_h", table())) {}

  /// Products of queries [N, H, T, 64] with the vector of each pair's offset -> [N, H, T, T].
  at::Tensor scores(const at::Tensor& queries, const at::Tensor& v, const at::Tensor& h, const at::Tensor& like) const {
    return at::gather(queries.matmul(vertical_.t()), 3, v.expand_as(like)) +
           at::gather(queries.matmul(horizontal_.t()), 3, h.expand_as(like));
  }

  /// Vectors of each pair's offset, weighted by attention [N, H, T, T] -> [N, H, T, 64]. The weights of pairs with
  /// equal offsets are added up first.
  at::Tensor mixture(const at::Tensor& attention, const at::Tensor& v, const at::Tensor& h) const {
    const at::Tensor zeros = at::zeros_like(attention.narrow(3, 0, 1)).repeat({1, 1, 1, vertical_.size(0)});
    return zeros.scatter_add(3, v.expand_as(attention), attention).matmul(vertical_) +
           zeros.scatter_add(3, h.expand_as(attention), attention).matmul(horizontal_);
  }

 private:
  static at::Tensor table() { return at::randn({2 * kLongestOffset + 2, kHeadSize}) * kDeviation; }

  at::Tensor vertical_, horizontal_;
};

class Attention : public torch::nn::Module {
 public:
  Attention(std::int64_t width, std::int64_t heads)
      : heads_(heads),
        qkv_(register_module("qkv", make_linear(width, 3 * heads * kHeadSize))),
        keys_(register_module("rel_pos_embed_k", std::make_shared<RelativePositions>())),
        values_(register_module("rel_pos_embed_v", std::make_shared<RelativePositions>())),
        project_(register_module("proj", make_linear(heads * kHeadSize, width))) {}

  // A batch of any size goes through a trace: sizes are -1 or taken from tensors.
  at::Tensor forward(const at::Tensor& x, const at::Tensor& v, const at::Tensor& h) {
    const std::int64_t tokens = x.size(1);
    const at::Tensor qkv = qkv_->forward(x).reshape({-1, tokens, 3, heads_, kHeadSize}).permute({2, 0, 3, 1, 4});
    const at::Tensor queries = qkv.select(0, 0), keys = qkv.select(0, 1), values = qkv.select(0, 2);
    const at::Tensor products = queries.matmul(keys.transpose(2, 3));
    const at::Tensor scores = products + keys_->scores(queries, v, h, products);
    const at::Tensor attention = (scores * (1.0 / 8)).softmax(3);  // the square root of kHeadSize
    const at::Tensor mixed = attention.matmul(values) + values_->mixture(attention, v, h);
    return project_->forward(mixed.transpose(1, 2).reshape({-1, tokens, heads_ * kHeadSize}));
  }

 private:
  std::int64_t heads_;
  torch::nn::Linear qkv_;
  std::shared_ptr<RelativePositions> keys_, values_;
  torch::nn::Linear project_;
};

class Layer : public torch::nn::Module {
 public:
  Layer(std::int64_t width, const AutoFormerLayer& layer)
      : attention_(register_module("attn", std::make_shared<Attention>(width, layer.heads))),
        attention_norm_(register_module("attn_layer_norm", make_norm(width))),
        mlp_norm_(register_module("ffn_layer_norm", make_norm(width))) {
    const auto hidden = static_cast<std::int64_t>(static_cast<double>(width) * layer.mlp_ratio);
    expand_ = register_module("fc1", make_linear(width, hidden));
    contract_ = register_module("fc2", make_linear(hidden, width));
  }

  at::Tensor forward(const at::Tensor& tokens, const at::Tensor& v, const at::Tensor& h) {
    const at::Tensor x = tokens + attention_->forward(attention_norm_->forward(tokens), v, h);
    return x + contract_->forward(at::gelu(expand_->forward(mlp_norm_->forward(x))));
  }

 private:
  std::shared_ptr<Attention> attention_;
  torch::nn::LayerNorm attention_norm_, mlp_norm_;
  torch::nn::Linear expand_{nullptr}, contract_{nullptr};
};

class Transformer : public Classifier {
 public:
  Transformer(const AutoFormer& subnet, const ModelOptions& options)
      : patches_(torch::nn::Conv2dOptions(3, subnet.width, kPatchSize).stride(kPatchSize)),
        norm_(make_norm(subnet.width)),
        head_(make_linear(subnet.width, options.classes)) {
    const std::int64_t side = options.size / kPatchSize;
    register_module("patch_embed_super", std::make_shared<Group>())->add("proj", patches_);
    class_token_ = register_parameter("cls_token", at::randn({1, 1, subnet.width}) * kDeviation);
    positions_ = register_parameter("pos_embed", at::randn({1, side * side + 1, subnet.width}) * kDeviation);
    auto blocks = register_module("blocks", std::make_shared<Group>());
    for (const auto& layer : subnet.layers) {
      layers_.push_back(blocks->add(std::to_string(layers_.size()), std::make_shared<Layer>(subnet.width, layer)));
    }
    register_module("norm", norm_);
    register_module("head", head_);
    vertical_ = register_buffer("vertical_offsets", offsets(side, true));
    horizontal_ = register_buffer("horizontal_offsets", offsets(side, false));
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    const at::Tensor patches = patches_->forward(images).flatten(2).transpose(1, 2);
    at::Tensor x = at::cat({class_token_.expand_as(patches.narrow(1, 0, 1)), patches}, 1) + positions_;
    for (const auto& layer : layers_) x = layer->forward(x, vertical_, horizontal_);
    x = norm_->forward(x);
    return head_->forward(x.narrow(1, 1, x.size(1) - 1).mean(1));
  }

 private:
  torch::nn::Conv2d patches_;
  at::Tensor class_token_, positions_;
  std::vector<std::shared_ptr<Layer>> layers_;
  torch::nn::LayerNorm norm_;
  torch::nn::Linear head_;
  at::Tensor vertical_, horizontal_;
};

}  // namespace

std::shared_ptr<Classifier> build_autoformer(const AutoFormer& subnet, const ModelOptions& options) {
  require_geometry(subnet.space, options, kPatchSize);
  if (options.size % kPatchSize != 0) {
    throw ConfigError(fmt::format("{}: images of {} px are no multiple of its patches of {} px; give --size {}",
                                  subnet.space, options.size, kPatchSize,
                                  (options.size + kPatchSize / 2) / kPatchSize * kPatchSize));
  }
  return std::make_shared<Transformer>(subnet, options);
}

ModelEntry autoformer_entry(const AutoFormer& subnet) {
  return {.name = subnet.name,
          .title = subnet.title.empty() ? subnet.name : subnet.title,
          .source = subnet.source.empty() ? subnet.space : subnet.source,
          .paper_parameters = std::nullopt,
          .claim = Match::kNone,
          .make = [subnet](const ModelOptions& options) { return build_autoformer(subnet, options); }};
}

}  // namespace flnas::nn
