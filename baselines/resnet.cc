#include "baselines/resnet.h"

#include <torch/nn/modules/linear.h>

#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"

namespace flnas::baselines {
namespace {

class ResNet : public nn::Classifier {
 public:
  ResNet(const std::array<int, 4>& blocks, const nn::ModelOptions& options)
      : conv1_(register_module("conv1", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 64, 3).padding(1).bias(false)))),
        bn1_(register_module("bn1", torch::nn::BatchNorm2d(64))) {
    std::int64_t width = 64;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      auto layer = register_module("layer" + std::to_string(i + 1), std::make_shared<nn::Group>());
      const std::int64_t out = std::int64_t{64} << i;
      for (int j = 0; j < blocks[i]; ++j) {
        const std::int64_t stride = i > 0 && j == 0 ? 2 : 1;
        blocks_.push_back(layer->add(
            nn::BasicBlock(nn::BasicBlockOptions{.in = width, .middle = out, .out = out, .stride = stride})));
        width = out;
      }
    }
    fc_ = register_module("fc", torch::nn::Linear(width, options.classes));
    nn::initialise_convs(*this, nn::Fan::kOut);
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = bn1_->forward(conv1_->forward(images)).relu_();
    for (auto& block : blocks_) x = block->forward(x);
    return fc_->forward(nn::global_average(x));
  }

 private:
  torch::nn::Conv2d conv1_;
  torch::nn::BatchNorm2d bn1_;
  std::vector<nn::BasicBlock> blocks_;
  torch::nn::Linear fc_{nullptr};
};

}  // namespace

std::shared_ptr<nn::Classifier> make_resnet(const std::array<int, 4>& blocks, const nn::ModelOptions& options) {
  nn::require_geometry("resnet", options, 8);
  return std::make_shared<ResNet>(blocks, options);
}

}  // namespace flnas::baselines
