#include "harness/nn/cost.h"

#include <torch/types.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "harness/nn/classifier.h"
#include "harness/nn/operator_observer.h"
#include "harness/nn/registry.h"

namespace flnas::nn {
namespace {

using Values = c10::ArrayRef<const c10::IValue>;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 7> kConvolutions = {
    "conv1d", "conv2d", "conv3d", "convolution", "_convolution", "mkldnn_convolution", "cudnn_convolution"};
constexpr std::array<std::string_view, 5> kProducts = {"linear", "matmul", "mm", "bmm", "mv"};
constexpr std::array<std::string_view, 3> kAddedProducts = {"addmm", "baddbmm", "addmv"};

OperationKind kind_of(std::string_view name) {
  const auto contains = [&](const char* part) { return name.find(part) != name.npos; };
  if (contains("conv")) return OperationKind::kConvolution;
  if (is_one_of(name, kProducts) || is_one_of(name, kAddedProducts)) return OperationKind::kLinear;
  if (contains("norm")) return OperationKind::kNorm;
  if (contains("pool") || name == "mean") return OperationKind::kPooling;
  if (contains("relu") || contains("elu") || contains("hardtanh") || contains("hardswish") || contains("sigmoid") ||
      contains("silu") || contains("tanh") || contains("softmax")) {
    return OperationKind::kActivation;
  }
  if (contains("add") || contains("mul") || contains("sub") || contains("div")) return OperationKind::kElementwise;
  return OperationKind::kOther;
}

bool is_transposed(Values inputs) { return inputs.size() > 6 && inputs[6].isBool() && inputs[6].toBool(); }

/// Kernel and groups, which tell dense, pointwise and depthwise convolutions apart.
void describe_convolution(Values inputs, Operation& operation) {
  if (is_transposed(inputs)) return;
  const torch::Tensor input = inputs[0].toTensor(), weight = inputs[1].toTensor();
  const auto sides = weight.sizes().slice(2);
  operation.kernel = sides.empty() ? 1 : *std::max_element(sides.begin(), sides.end());
  const std::int64_t channels = input.size(input.dim() - weight.dim() + 1);
  operation.groups = channels / std::max<std::int64_t>(1, weight.size(1));
}

/// The window of a pooling (its kernel) or of a mean over dimensions (their sizes); empty for others.
std::vector<std::int64_t> window_of(std::string_view name, Values inputs) {
  if (inputs.size() < 2 || !inputs[1].isIntList()) return {};
  std::vector<std::int64_t> window = inputs[1].toIntVector();
  if (name == "avg_pool2d" || name == "max_pool2d") {
    if (window.size() == 1) window.push_back(window[0]);
    return window;
  }
  if (name != "mean") return {};
  const torch::Tensor input = inputs[0].toTensor();
  for (auto& side : window) side = input.size(side);
  return window;
}

/// Multiply-accumulates per element of the output (of the input, for a transposed convolution); 0: not counted.
struct Rate {
  std::int64_t macs = 0;
  std::int64_t elements = 0;  ///< of the input, if these count; else 0
};

Rate rate_of(std::string_view name, Values inputs) {
  if (is_one_of(name, kConvolutions)) {
    const torch::Tensor weight = inputs[1].toTensor();
    const std::int64_t macs = weight.numel() / std::max<std::int64_t>(1, weight.size(0));
    return {macs, is_transposed(inputs) ? inputs[0].toTensor().numel() : 0};
  }
  if (is_one_of(name, kProducts)) return {inputs[0].toTensor().size(-1), 0};
  if (is_one_of(name, kAddedProducts)) return {inputs[1].toTensor().size(-1), 0};
  return {};
}

std::int64_t total_bytes(const std::vector<torch::Tensor>& tensors) {
  std::int64_t bytes = 0;
  for (const auto& tensor : tensors) bytes += static_cast<std::int64_t>(tensor.nbytes());
  return bytes;
}

/// A view moves nothing.
bool is_view(const OperatorCall& call, const std::vector<torch::Tensor>& inputs) {
  const bool in_place = !call.name.empty() && call.name.back() == '_';
  const torch::Tensor& output = call.outputs.front();
  return !in_place && std::any_of(inputs.begin(), inputs.end(), [&](const torch::Tensor& input) {
    return output.has_storage() && input.has_storage() && output.is_alias_of(input);
  });
}

/// Adds up the calls of a forward pass. A call that counts MACs counts for those that it makes in turn.
class Counter {
 public:
  explicit Counter(Cost& cost) : cost_(cost) {}

  void add(const OperatorCall& call) {
    const Products own = products_of(call);
    const auto depth = static_cast<std::size_t>(call.depth);
    if (inner_.size() < depth + 2) inner_.resize(depth + 2);
    const Products inner = std::exchange(inner_[depth + 1], {});
    const Products& counted = own.macs > 0 ? own : inner;
    inner_[depth].macs += counted.macs;
    inner_[depth].activations += counted.activations;
    if (depth > 0) return;
    const Products all = std::exchange(inner_[0], {});
    cost_.activations += all.activations;
    const auto inputs = call.input_tensors();
    if (is_view(call, inputs)) return;
    Operation operation;
    if (is_one_of(call.name, kConvolutions)) describe_convolution(call.inputs, operation);
    operation.name = call.name;
    operation.kind = kind_of(call.name);
    operation.shape = call.outputs.front().sizes().vec();
    operation.macs = all.macs;
    operation.bytes = total_bytes(inputs) + total_bytes(call.outputs);
    operation.window = window_of(call.name, call.inputs);
    cost_.macs += operation.macs;
    cost_.bytes += operation.bytes;
    cost_.operations.push_back(std::move(operation));
  }

 private:
  struct Products {
    std::int64_t macs = 0;
    std::int64_t activations = 0;
  };

  static Products products_of(const OperatorCall& call) {
    const Rate rate = rate_of(call.name, call.inputs);
    if (rate.macs == 0) return {};
    const std::int64_t outputs = call.outputs.front().numel();
    return {rate.macs * (rate.elements > 0 ? rate.elements : outputs), outputs};
  }

  Cost& cost_;
  std::vector<Products> inner_;  ///< by depth: of the calls that ended since their caller began
};

}  // namespace

const char* to_string(OperationKind kind) {
  constexpr const char* kNames[] = {"convolution", "linear", "norm", "activation", "pooling", "elementwise", "other"};
  return kNames[static_cast<int>(kind)];
}

std::int64_t count_parameters(const torch::nn::Module& model) {
  std::int64_t count = 0;
  for (const auto& parameter : model.parameters()) count += parameter.requires_grad() ? parameter.numel() : 0;
  return count;
}

Cost measure_cost(Classifier& model, const ModelOptions& options, std::int64_t batch) {
  Cost cost;
  cost.parameters = count_parameters(model);
  for (const auto& parameter : model.parameters()) cost.parameters_and_buffers += parameter.numel();
  for (const auto& buffer : model.buffers()) cost.parameters_and_buffers += buffer.numel();
  const EvalMode eval(model);
  const torch::NoGradGuard no_grad;
  const auto parameters = model.parameters();
  const torch::Device device = parameters.empty() ? torch::Device(torch::kCPU) : parameters.front().device();
  const torch::Tensor images = torch::zeros(input_shape(options, batch), torch::TensorOptions().device(device));
  Counter counter(cost);
  const OperatorObserver observer([&](const OperatorCall& call) { counter.add(call); }, OperatorObserver::Depth::kAll);
  model.forward(images);
  return cost;
}

Cost measure_cost(Classifier& model, std::int64_t size, std::int64_t batch) {
  return measure_cost(model, ModelOptions{.size = size}, batch);
}

}  // namespace flnas::nn
