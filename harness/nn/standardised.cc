#include "harness/nn/standardised.h"

#include <torch/types.h>

#include <utility>

#include "harness/nn/classifier.h"

namespace flnas::nn {
namespace {

torch::Tensor per_channel(const std::vector<double>& values, bool of_columns) {
  const torch::Tensor row = torch::tensor(values, torch::kFloat).unsqueeze(0);
  return of_columns ? row : row.unsqueeze(-1).unsqueeze(-1);
}

class Standardised : public Classifier {
 public:
  Standardised(std::shared_ptr<Classifier> model, const ChannelStatistics& statistics) : model_(std::move(model)) {
    for (const auto& child : model_->named_children()) register_module(child.key(), child.value());
    for (const auto& parameter : model_->named_parameters(false)) {
      register_parameter(parameter.key(), parameter.value(), parameter.value().requires_grad());
    }
    for (const auto& buffer : model_->named_buffers(false)) register_buffer(buffer.key(), buffer.value());
    mean_ = register_buffer("input_mean", per_channel(statistics.mean, statistics.of_columns));
    deviation_ = register_buffer("input_deviation", per_channel(statistics.deviation, statistics.of_columns));
    Classifier::train(model_->is_training());
  }

  torch::Tensor forward(const torch::Tensor& images) override { return model_->forward((images - mean_) / deviation_); }

  void train(bool on) override {
    model_->train(on);
    Classifier::train(on);
  }

 private:
  std::shared_ptr<Classifier> model_;
  torch::Tensor mean_, deviation_;
};

}  // namespace

std::shared_ptr<Classifier> standardised(std::shared_ptr<Classifier> model, const ChannelStatistics& statistics) {
  return std::make_shared<Standardised>(std::move(model), statistics);
}

}  // namespace flnas::nn
