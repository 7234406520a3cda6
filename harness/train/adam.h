#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace flnas {

/// How weight decay is applied.
enum class Decay {
  kL2,         ///< added to every gradient: the rule of torch.optim.Adam
  kDecoupled,  ///< subtracted from the weights, times the learning rate (Loshchilov and Hutter, arXiv 1711.05101,
               ///< algorithm
  ///< 2): the rule of torch.optim.AdamW. Biases and norms, parameters of one dimension, do not decay.
};

/// Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1), as torch::optim::Adam. On the CPU it makes one pass over the
/// parameters per step where torch::optim::Adam makes six, which saves up to a tenth of a training step at small
/// batches. On other devices it uses libtorch's multi-tensor operators.
class Adam {
 public:
  static constexpr double kBeta1 = 0.9;
  static constexpr double kBeta2 = 0.999;
  static constexpr double kEpsilon = 1e-8;

  /// The state for checkpoints: one tensor of each kind per parameter, with its shape.
  struct State {
    std::int64_t steps = 0;
    std::vector<at::Tensor> mean;                ///< running mean of the gradients
    std::vector<at::Tensor> uncentred_variance;  ///< running mean of their squares
  };

  /// The parameters must be on their device and in their memory format already: float32, dense.
  explicit Adam(std::vector<at::Tensor> parameters, double lr = 1e-3, double weight_decay = 0,
                Decay decay = Decay::kL2);

  void set_lr(double lr) { lr_ = lr; }
  /// Scales all gradients so that their L2 norm together is at most `largest` (Pascanu et al., arXiv 1211.5063); the
  /// rule of torch.nn.utils.clip_grad_norm_.
  void clip_gradients(double largest);
  /// Changes the parameters by their gradients; one without a gradient stays as it is.
  void step();
  /// Frees the gradients instead of filling them with zeros: faster, and less peak memory in the forward pass.
  void release_gradients();

  State& state() { return state_; }
  const State& state() const { return state_; }

 private:
  std::vector<at::Tensor> parameters_;
  double lr_;
  double weight_decay_;
  Decay decay_;
  State state_;
};

}  // namespace flnas
