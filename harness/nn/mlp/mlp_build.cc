#include <fmt/format.h>
#include <torch/nn/functional/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/types.h>

#include "harness/base/error.h"
#include "harness/base/fields.h"
#include "harness/nn/classifier.h"
#include "harness/nn/mlp/mlp.h"

namespace flnas::nn {
namespace {

constexpr std::int64_t kSmallestImage = 8;

torch::Tensor activate(const torch::Tensor& x, const std::string& activation) {
  if (activation == "gelu") return torch::gelu(x);
  if (activation == "silu") return torch::silu(x);
  if (activation == "tanh") return torch::tanh(x);
  return torch::relu(x);
}

/// The columns of a table as numbers: [N, F] -> [N, width()].
class Encoder : public torch::nn::Module {
 public:
  Encoder(const std::vector<std::int64_t>& columns, std::int64_t embedding) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::int64_t categories = columns[i];
      width_ += categories == 0 ? 1 : embedding == 0 ? categories : embedding;
      if (categories == 0) {
        tables_.emplace_back();
      } else if (embedding == 0) {
        tables_.push_back(register_buffer(fmt::format("one_hot{}", i), torch::eye(categories)));
      } else {
        tables_.push_back(register_parameter(fmt::format("embedding{}", i), torch::randn({categories, embedding})));
      }
    }
  }

  torch::Tensor forward(const torch::Tensor& rows) {
    std::vector<torch::Tensor> parts;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      const torch::Tensor column = rows.select(1, static_cast<std::int64_t>(i));
      if (!tables_[i].defined()) {
        parts.push_back(column.unsqueeze(1));
        continue;
      }
      // Code 0, and one that lies outside, is no category: zeros.
      const torch::Tensor other = torch::zeros({1, tables_[i].size(1)}, tables_[i].options().requires_grad(false));
      const torch::Tensor code = column.clamp(0, static_cast<double>(tables_[i].size(0))).to(torch::kLong);
      parts.push_back(torch::cat({other, tables_[i]}).index_select(0, code));
    }
    return torch::cat(parts, 1);
  }

  std::int64_t width() const { return width_; }

 private:
  std::vector<torch::Tensor> tables_;  ///< [categories, numbers] of each column; undefined for a number
  std::int64_t width_ = 0;
};

class Block : public torch::nn::Module {
 public:
  Block(const Mlp& mlp, std::int64_t in, std::int64_t out)
      : activation_(mlp.activation), residual_(mlp.residual && in == out) {
    linear_ = register_module("linear", torch::nn::Linear(in, out));
    if (mlp.norm == "batch") batch_norm_ = register_module("norm", torch::nn::BatchNorm1d(out));
    if (mlp.norm == "layer") {
      layer_norm_ = register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({out})));
    }
    if (mlp.dropout > 0) dropout_ = register_module("dropout", torch::nn::Dropout(mlp.dropout));
  }

  torch::Tensor forward(const torch::Tensor& x) {
    torch::Tensor y = linear_->forward(x);
    if (!batch_norm_.is_empty()) y = batch_norm_->forward(y);
    if (!layer_norm_.is_empty()) y = layer_norm_->forward(y);
    y = activate(y, activation_);
    if (!dropout_.is_empty()) y = dropout_->forward(y);
    return residual_ ? x + y : y;
  }

 private:
  torch::nn::Linear linear_{nullptr};
  torch::nn::BatchNorm1d batch_norm_{nullptr};
  torch::nn::LayerNorm layer_norm_{nullptr};
  torch::nn::Dropout dropout_{nullptr};
  std::string activation_;
  bool residual_;
};

class MlpClassifier : public Classifier {
 public:
  MlpClassifier(const Mlp& mlp, const ModelOptions& options) {
    std::int64_t width = 3 * options.size * options.size;
    if (!options.columns.empty()) {
      encoder_ = register_module("encoder", std::make_shared<Encoder>(options.columns, mlp.embedding));
      width = encoder_->width();
    }
    for (const std::int64_t out : mlp.widths) {
      const std::string name = fmt::format("block{}", blocks_.size());
      blocks_.push_back(register_module(name, std::make_shared<Block>(mlp, width, out)));
      width = out;
    }
    head_ = register_module("head", torch::nn::Linear(width, options.classes));
  }

  torch::Tensor forward(const torch::Tensor& inputs) override {
    torch::Tensor x = encoder_ ? encoder_->forward(inputs) : inputs.flatten(1);
    for (const auto& block : blocks_) x = block->forward(x);
    return head_->forward(x);
  }

 private:
  std::shared_ptr<Encoder> encoder_;
  std::vector<std::shared_ptr<Block>> blocks_;
  torch::nn::Linear head_{nullptr};
};

}  // namespace

std::shared_ptr<Classifier> build_mlp(const Mlp& mlp, const ModelOptions& options) {
  require_valid(mlp.problems());
  ModelOptions bounds = options;
  if (!bounds.columns.empty()) bounds.size = kSmallestImage;  // a table has none
  bounds.columns.clear();
  require_geometry(mlp.name, bounds, kSmallestImage);
  return std::make_shared<MlpClassifier>(mlp, options);
}

ModelEntry mlp_entry(const Mlp& mlp) {
  return {.name = mlp.name,
          .title = mlp.title.empty() ? mlp.name : mlp.title,
          .source = mlp.source.empty() ? "multilayer perceptron" : mlp.source,
          .paper_parameters = std::nullopt,
          .claim = Match::kNone,
          .make = [mlp](const ModelOptions& options) { return build_mlp(mlp, options); }};
}

}  // namespace flnas::nn
