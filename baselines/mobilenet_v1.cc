#include "baselines/mobilenet_v1.h"

#include <torch/nn/modules/linear.h>

#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"

namespace flnas::baselines {
namespace {

struct Row {
  std::int64_t out;
  std::int64_t stride;
};
constexpr Row kRows[] = {{64, 1},  {128, 2}, {128, 1}, {256, 2}, {256, 1},  {512, 2}, {512, 1},
                         {512, 1}, {512, 1}, {512, 1}, {512, 1}, {1024, 2}, {1024, 1}};

class MobileNetV1 : public nn::Classifier {
 public:
  explicit MobileNetV1(const nn::ModelOptions& options) {
    auto features = register_module("features", std::make_shared<nn::Group>());
    std::int64_t width = 32;
    stem_ = features->add(nn::ConvNormAct(nn::ConvOptions{.in = 3, .out = width}));
    for (const auto& [out, stride] : kRows) {
      blocks_.push_back(features->add(
          nn::DepthwiseSeparable(nn::ConvOptions{.in = width, .out = out, .stride = stride}, nn::Norm::kNone)));
      width = out;
    }
    classifier_ = register_module("classifier", torch::nn::Linear(width, options.classes));
    nn::initialise_convs(*this, nn::Fan::kIn);
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = stem_->forward(images);
    for (auto& block : blocks_) x = block->forward(x);
    return classifier_->forward(nn::global_average(x));
  }

 private:
  nn::ConvNormAct stem_{nullptr};
  std::vector<nn::DepthwiseSeparable> blocks_;
  torch::nn::Linear classifier_{nullptr};
};

}  // namespace

std::shared_ptr<nn::Classifier> make_mobilenet_v1(const nn::ModelOptions& options) {
  nn::require_geometry("mobilenet_v1", options, 16);
  return std::make_shared<MobileNetV1>(options);
}

}  // namespace flnas::baselines
