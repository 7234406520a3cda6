#include "baselines/fahana.h"

#include <torch/nn/modules/linear.h>

#include <variant>

#include "harness/nn/blocks.h"
#include "harness/nn/classifier.h"

namespace flnas::baselines {
namespace {

enum class Kind { kMb, kDb, kRb, kCb };
struct Row {
  Kind kind;
  std::int64_t out;
  std::int64_t stride;
  int blocks;
};
constexpr std::int64_t kStem = 40;
constexpr std::int64_t kExpansion = 6;
constexpr Row kRows[] = {{Kind::kMb, 40, 1, 1},  {Kind::kMb, 56, 2, 3},  {Kind::kDb, 112, 2, 3},
                         {Kind::kRb, 240, 2, 3}, {Kind::kCb, 408, 2, 1}, {Kind::kCb, 440, 1, 1}};

using Block = std::variant<nn::InvertedResidual, nn::DepthwiseSeparable, nn::BasicBlock, nn::ConvNormAct>;

Block add_block(nn::Group& group, Kind kind, std::int64_t in, std::int64_t out, std::int64_t stride) {
  const nn::ConvOptions conv{.in = in, .out = out, .stride = stride};
  switch (kind) {
    case Kind::kMb:
      return group.add(nn::InvertedResidual(
          nn::InvertedResidualOptions{.in = in, .hidden = kExpansion * in, .out = out, .stride = stride}));
    case Kind::kDb:
      return group.add(nn::DepthwiseSeparable(conv, nn::Norm::kBatch));
    case Kind::kRb:
      return group.add(nn::BasicBlock(nn::BasicBlockOptions{.in = in, .middle = out, .out = out, .stride = stride}));
    case Kind::kCb:
      break;
  }
  return group.add(nn::ConvNormAct(conv));
}

class FahanaFair : public nn::Classifier {
 public:
  explicit FahanaFair(const nn::ModelOptions& options) {
    auto features = register_module("features", std::make_shared<nn::Group>());
    stem_ = features->add(nn::ConvNormAct(nn::ConvOptions{.in = 3, .out = kStem, .stride = 2}));
    std::int64_t width = kStem;
    for (const auto& [kind, out, stride, blocks] : kRows) {
      for (int i = 0; i < blocks; ++i) {
        blocks_.push_back(add_block(*features, kind, width, out, i == 0 ? stride : 1));
        width = out;
      }
    }
    classifier_ = register_module("classifier", torch::nn::Linear(width, options.classes));
    nn::initialise_convs(*this, nn::Fan::kOut);
  }

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = stem_->forward(images);
    for (auto& block : blocks_) {
      x = std::visit([&](auto& module) { return module->forward(x); }, block);
    }
    return classifier_->forward(nn::global_average(x));
  }

 private:
  nn::ConvNormAct stem_{nullptr};
  std::vector<Block> blocks_;
  torch::nn::Linear classifier_{nullptr};
};

}  // namespace

std::shared_ptr<nn::Classifier> make_fahana_fair(const nn::ModelOptions& options) {
  nn::require_geometry("fahana_fair", options, 32);
  return std::make_shared<FahanaFair>(options);
}

}  // namespace flnas::baselines
