// Networks layer: the Classifier interface, the registry, shared blocks, architectures from JSON, cost, TorchScript.
// It does not know data sets, training, metrics, records or latencies.
#pragma once

#include <torch/nn/module.h>

#include <map>
#include <string>

namespace flnas::nn {

/// A classifier of images, or of the rows of a table.
/// Shapes: images [N, 3, H, W] float32 in [0, 1], or rows [N, F] float32 (ModelOptions::columns) -> logits [N, C]. N
/// may be 0 in evaluation mode. The names of its parameters and buffers (`named_parameters()`, `named_buffers()`) are a
/// stable contract: they are the reference implementation's state-dict keys where there is one, and checkpoints are
/// keyed by them.
class Classifier : public torch::nn::Module {
 public:
  virtual torch::Tensor forward(const torch::Tensor& images) = 0;

  /// The name of each parameter and buffer -> the name that it has in a state dict of the same network in PyTorch,
  /// where that one is an nn.Sequential ("stages.0.block.0.weight" -> "0.weight"). Empty: the names are the same.
  virtual std::map<std::string, std::string> pytorch_names() const { return {}; }
};

/// Puts a module into evaluation mode (batch norm uses running statistics, dropout is off) and back into its
/// former mode when it goes out of scope, also by an exception. Gradients: see torch::NoGradGuard.
class EvalMode {
 public:
  explicit EvalMode(torch::nn::Module& module) : module_(module), was_training_(module.is_training()) {
    module_.eval();
  }
  ~EvalMode() {
    if (was_training_) module_.train();
  }
  EvalMode(const EvalMode&) = delete;
  EvalMode& operator=(const EvalMode&) = delete;

 private:
  torch::nn::Module& module_;
  bool was_training_;
};

}  // namespace flnas::nn
