#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace torch::nn {
class Module;
}

namespace flnas::nn {

class Classifier;
struct ModelOptions;

enum class OperationKind { kConvolution, kLinear, kNorm, kActivation, kPooling, kElementwise, kOther };
/// "convolution", "linear", ...
const char* to_string(OperationKind kind);

/// One operator of a forward pass, as the program calls it (what it calls in turn is counted into it).
struct Operation {
  std::string name;  ///< libtorch's, without "aten::": "conv2d"
  OperationKind kind = OperationKind::kOther;
  std::vector<std::int64_t> shape;  ///< of its (first) output
  std::int64_t macs = 0;
  std::int64_t bytes = 0;            ///< every tensor read or written, once
  std::int64_t kernel = 0;           ///< of a convolution: the longest side of its kernel; 0 of transposed ones
  std::int64_t groups = 1;           ///< of a convolution; 1 of transposed ones
  std::vector<std::int64_t> window;  ///< of an average or maximum: the sides of what one output sees
};

/// The cost of one forward pass in evaluation mode. Views cost nothing and are left out.
struct Cost {
  std::int64_t parameters = 0;              ///< trainable
  std::int64_t parameters_and_buffers = 0;  ///< everything in the state dict, in elements
  std::int64_t macs = 0;         ///< multiply-accumulates of convolutions and matrix products; biases do not count
  std::int64_t activations = 0;  ///< elements of the outputs of convolutions and matrix products
  std::int64_t bytes = 0;        ///< sum over the operations
  std::vector<Operation> operations;
};

/// Counts by running the model once, without gradients, on `batch` empty inputs (input_shape), so that eager,
/// scripted and traced models are counted alike; the model's mode is restored. A batch of one ResNet-34 at
/// 224 px takes about a second on two cores.
/// A frozen and optimised TorchScript module hides its operators and is not counted rightly.
Cost measure_cost(Classifier& model, const ModelOptions& options, std::int64_t batch = 1);
/// The same of images [3, size, size].
Cost measure_cost(Classifier& model, std::int64_t size, std::int64_t batch = 1);

/// Elements of the trainable parameters.
std::int64_t count_parameters(const torch::nn::Module& model);

}  // namespace flnas::nn
