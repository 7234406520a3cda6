#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "harness/base/error.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"
#include "harness/nn/state.h"

namespace flnas::nn {
namespace {

class StageModuleImpl : public torch::nn::Module {
 public:
  StageModuleImpl(const Stage& stage, std::int64_t in) : pooling_(stage.pooling) {
    const ConvOptions conv{.in = in,
                           .out = stage.channels,
                           .kernel = stage.kernel,
                           .stride = stage.stride,
                           .padding = stage.padding,
                           .bias = stage.bias,
                           .norm = stage.norm,
                           .activation = stage.activation};
    switch (stage.form) {
      case Form::kPlain:
        plain_ = register_module("block", ConvNormAct(conv));
        break;
      case Form::kDepthwiseSeparable:
        separable_ = register_module("block", DepthwiseSeparable(conv, stage.norm));
        break;
      case Form::kResidual:
        residual_ = register_module("block", BasicBlock(BasicBlockOptions{.in = in,
                                                                          .middle = stage.channels,
                                                                          .out = stage.channels,
                                                                          .kernel = stage.kernel,
                                                                          .stride = stage.stride,
                                                                          .bias = stage.bias,
                                                                          .norm = stage.norm,
                                                                          .activation = stage.activation}));
        break;
    }
    if (stage.dropout > 0) dropout_ = register_module("dropout", torch::nn::Dropout2d(stage.dropout));
  }

  torch::Tensor forward(torch::Tensor x) {
    if (plain_) {
      x = plain_->forward(x);
    } else if (separable_) {
      x = separable_->forward(x);
    } else {
      x = residual_->forward(x);
    }
    if (pooling_ == Pooling::kMax) x = torch::max_pool2d(x, 2);
    if (pooling_ == Pooling::kAverage) x = torch::avg_pool2d(x, 2);
    return dropout_ ? dropout_->forward(x) : x;
  }

 private:
  Pooling pooling_;
  ConvNormAct plain_{nullptr};
  DepthwiseSeparable separable_{nullptr};
  BasicBlock residual_{nullptr};
  torch::nn::Dropout2d dropout_{nullptr};
};
TORCH_MODULE(StageModule);

/// The names of those parts of `module` that are one layer of an nn.Sequential and have weights, in their order.
void collect_layers(const torch::nn::Module& module, const std::string& name, std::vector<std::string>& names) {
  if (module.as<BasicBlockImpl>() != nullptr || !module.named_parameters(/*recurse=*/false).is_empty()) {
    names.push_back(name);
    return;
  }
  for (const auto& child : module.named_children()) {
    collect_layers(*child.value(), name.empty() ? child.key() : name + "." + child.key(), names);
  }
}

class ArchitectureClassifier : public Classifier {
 public:
  ArchitectureClassifier(const Architecture& architecture, const ModelOptions& options, std::vector<std::string> layers)
      : architecture_(architecture),
        options_(options),
        layers_(std::move(layers)),
        reduce_(architecture.head.reduce),
        activation_(architecture.head.activation) {
    const MapShape last = map_shapes(architecture, options.size).back();
    auto stages = register_module("stages", std::make_shared<Group>());
    std::int64_t width = 3;
    for (const Stage& stage : architecture.stages) {
      stages_.push_back(stages->add(StageModule(stage, width)));
      width = stage.channels;
    }
    if (reduce_ == Reduce::kFlatten) width *= last.height * last.width;
    auto head = register_module("head", std::make_shared<Group>());
    for (const std::int64_t hidden : architecture.head.hidden) {
      linears_.push_back(head->add(torch::nn::Linear(width, hidden)));
      width = hidden;
    }
    linears_.push_back(head->add(torch::nn::Linear(width, options.classes)));
    if (architecture.head.dropout > 0) {
      dropout_ = register_module("dropout", torch::nn::Dropout(architecture.head.dropout));
    }
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = images;
    for (auto& stage : stages_) x = stage->forward(x);
    x = reduce_ == Reduce::kFlatten ? x.flatten(1) : global_average(x);
    for (std::size_t i = 0; i < linears_.size(); ++i) {
      if (i > 0) x = activate_(x, activation_);
      if (dropout_) x = dropout_->forward(x);
      x = linears_[i]->forward(x);
    }
    return x;
  }

  std::map<std::string, std::string> pytorch_names() const override {
    std::vector<std::string> own;
    collect_layers(*this, "", own);
    const std::vector<std::string> theirs = layers_.empty() ? pytorch_layers(architecture_, options_) : layers_;
    if (own.size() != theirs.size()) {
      throw Error(fmt::format("{} layers with weights are named where the network has {}", theirs.size(), own.size()));
    }
    std::map<std::string, std::string> names;
    for (const auto& [name, unused] : state_view(*this)) {
      for (std::size_t i = 0; i < own.size(); ++i) {
        if (name.starts_with(own[i] + ".")) names[name] = theirs[i] + name.substr(own[i].size());
      }
    }
    return names;
  }

 private:
  Architecture architecture_;
  ModelOptions options_;
  std::vector<std::string> layers_;
  Reduce reduce_;
  Activation activation_;
  std::vector<StageModule> stages_;
  std::vector<torch::nn::Linear> linears_;
  torch::nn::Dropout dropout_{nullptr};
};

/// Weights of the widest linear layer; as a double, since it may exceed any integer.
double largest_linear(const Architecture& architecture, const ModelOptions& options) {
  const MapShape last = map_shapes(architecture, options.size).back();
  double width = static_cast<double>(last.channels);
  if (architecture.head.reduce == Reduce::kFlatten) width *= static_cast<double>(last.height * last.width);
  double largest = 0;
  for (const std::int64_t hidden : architecture.head.hidden) {
    largest = std::max(largest, width * static_cast<double>(hidden));
    width = static_cast<double>(hidden);
  }
  return std::max(largest, width * static_cast<double>(options.classes));
}

}  // namespace

std::shared_ptr<Classifier> build_classifier(const Architecture& architecture, const ModelOptions& options,
                                             std::vector<std::string> layers) {
  const std::string name = architecture.name.empty() ? "architecture" : architecture.name;
  require_geometry(name, options, 1);
  if (largest_linear(architecture, options) > std::numeric_limits<std::int32_t>::max()) {
    throw ConfigError(
        fmt::format("{}: a linear layer of the head has more than 2^31 weights at {} px; use "
                    "global_average, more pooling or narrower layers",
                    name, options.size));
  }
  return std::make_shared<ArchitectureClassifier>(architecture, options, std::move(layers));
}

}  // namespace flnas::nn
