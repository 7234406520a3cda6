#include "baselines/mobilenet_v2.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>

#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"

namespace flnas::baselines {
namespace {

/// t, c, n, s of the paper's table 2, the channels doubled.
struct Row {
  std::int64_t expansion;
  std::int64_t out;
  int blocks;
  std::int64_t stride;
};
constexpr Row kRows[] = {{1, 32, 1, 1},  {6, 48, 2, 2},  {6, 64, 3, 2}, {6, 128, 4, 2},
                         {6, 192, 3, 1}, {6, 320, 3, 2}, {6, 640, 1, 1}};

class MobileNetV2 : public nn::Classifier {
 public:
  explicit MobileNetV2(const nn::ModelOptions& options) {
    auto features = register_module("features", std::make_shared<nn::Group>());
    std::int64_t width = 64;
    stem_ = features->add(
        nn::ConvNormAct(nn::ConvOptions{.in = 3, .out = width, .stride = 2, .activation = nn::Activation::kRelu6}));
    for (const auto& [expansion, out, blocks, stride] : kRows) {
      for (int i = 0; i < blocks; ++i) {
        blocks_.push_back(features->add(nn::InvertedResidual(nn::InvertedResidualOptions{
            .in = width, .hidden = expansion * width, .out = out, .stride = i == 0 ? stride : 1})));
        width = out;
      }
    }
    auto classifier = register_module("classifier", std::make_shared<nn::Group>());
    dropout_ = classifier->add(torch::nn::Dropout(0.2));
    linear_ = classifier->add(torch::nn::Linear(width, options.classes));
    nn::initialise_convs(*this, nn::Fan::kOut);
    torch::nn::init::normal_(linear_->weight, 0, 0.01);
    torch::nn::init::zeros_(linear_->bias);
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = stem_->forward(images);
    for (auto& block : blocks_) x = block->forward(x);
    return linear_->forward(dropout_->forward(nn::global_average(x)));
  }

 private:
  nn::ConvNormAct stem_{nullptr};
  std::vector<nn::InvertedResidual> blocks_;
  torch::nn::Dropout dropout_{nullptr};
  torch::nn::Linear linear_{nullptr};
};

}  // namespace

std::shared_ptr<nn::Classifier> make_mobilenet_v2(const nn::ModelOptions& options) {
  nn::require_geometry("mobilenet_v2", options, 32);
  return std::make_shared<MobileNetV2>(options);
}

}  // namespace flnas::baselines
