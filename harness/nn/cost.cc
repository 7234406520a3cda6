#include "harness/nn/cost.h"

#include <ATen/record_function.h>
#include <torch/types.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/nn/classifier.h"

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

std::string_view plain_name(const at::RecordFunction& function) {
  std::string_view name = function.name();
  if (name.rfind("aten::", 0) == 0) name.remove_prefix(6);
  return name;
}

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

/// TorchScript's interpreter hands over its whole stack: an operator's own values are the last ones.
Values own_values(Values values, std::size_t count) {
  return count < values.size() ? values.slice(values.size() - count) : values;
}
Values inputs_of(const at::RecordFunction& function) { return own_values(function.inputs(), function.num_inputs()); }
Values outputs_of(const at::RecordFunction& function) {
  const std::vector<c10::IValue>& values = function.outputs();
  return own_values(Values(values.data(), values.size()), function.num_outputs());
}

void collect_tensors(const c10::IValue& value, std::vector<torch::Tensor>& tensors) {
  if (value.isTensor() && value.toTensor().defined()) tensors.push_back(value.toTensor());
  if (value.isTensorList()) {
    for (const torch::Tensor& tensor : value.toTensorVector()) tensors.push_back(tensor);
  }
}

std::int64_t total_bytes(const std::vector<torch::Tensor>& tensors) {
  std::int64_t bytes = 0;
  for (const auto& tensor : tensors) bytes += static_cast<std::int64_t>(tensor.nbytes());
  return bytes;
}

/// Follows the calls of operators on this thread. libtorch's callbacks carry no state, hence `current`.
class Recorder {
 public:
  explicit Recorder(Cost& cost) : cost_(cost), former_(current) {
    current = this;
    handle_ = at::addThreadLocalCallback(at::RecordFunctionCallback(&Recorder::on_start, &Recorder::on_end)
                                             .needsInputs(true)
                                             .needsOutputs(true)
                                             .scopes({at::RecordScope::FUNCTION}));
  }
  ~Recorder() {
    at::removeCallback(handle_);
    current = former_;
  }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

 private:
  struct Call {
    Rate rate;
    bool counted = false;  ///< this call or one around it counts MACs
    std::vector<torch::Tensor> inputs;
  };

  static std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function) {
    current->start(function);
    return nullptr;
  }
  static void on_end(const at::RecordFunction& function, at::ObserverContext*) { current->end(function); }

  // The inputs are gone when a call ends, the outputs are not there when it starts.
  void start(const at::RecordFunction& function) {
    Call call;
    call.counted = !calls_.empty() && calls_.back().counted;
    if (!call.counted) {
      call.rate = rate_of(plain_name(function), inputs_of(function));
      call.counted = call.rate.macs > 0;
    }
    if (calls_.empty()) {
      operation_ = {};
      for (const auto& value : inputs_of(function)) collect_tensors(value, call.inputs);
      if (is_one_of(plain_name(function), kConvolutions)) describe_convolution(inputs_of(function), operation_);
      operation_.window = window_of(plain_name(function), inputs_of(function));
    }
    calls_.push_back(std::move(call));
  }

  void end(const at::RecordFunction& function) {
    const Call call = std::move(calls_.back());
    calls_.pop_back();
    std::vector<torch::Tensor> outputs;
    for (const auto& value : outputs_of(function)) collect_tensors(value, outputs);
    if (call.rate.macs > 0 && !outputs.empty()) {
      const std::int64_t elements = call.rate.elements > 0 ? call.rate.elements : outputs.front().numel();
      operation_.macs += call.rate.macs * elements;
      cost_.activations += outputs.front().numel();
    }
    if (!calls_.empty() || outputs.empty()) return;
    const std::string_view name = plain_name(function);
    const bool in_place = !name.empty() && name.back() == '_';
    for (const auto& input : call.inputs) {
      if (!in_place && outputs.front().has_storage() && input.has_storage() && outputs.front().is_alias_of(input)) {
        return;
      }
    }
    operation_.name = name;
    operation_.kind = kind_of(name);
    operation_.shape = outputs.front().sizes().vec();
    operation_.bytes = total_bytes(call.inputs) + total_bytes(outputs);
    cost_.macs += operation_.macs;
    cost_.bytes += operation_.bytes;
    cost_.operations.push_back(std::move(operation_));
  }

  static thread_local Recorder* current;
  Cost& cost_;
  Recorder* former_;
  at::CallbackHandle handle_{};
  std::vector<Call> calls_;
  Operation operation_;
};
thread_local Recorder* Recorder::current = nullptr;

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

Cost measure_cost(Classifier& model, std::int64_t size, std::int64_t batch) {
  Cost cost;
  cost.parameters = count_parameters(model);
  for (const auto& parameter : model.parameters()) cost.parameters_and_buffers += parameter.numel();
  for (const auto& buffer : model.buffers()) cost.parameters_and_buffers += buffer.numel();
  const EvalMode eval(model);
  const torch::NoGradGuard no_grad;
  const auto parameters = model.parameters();
  const torch::Device device = parameters.empty() ? torch::Device(torch::kCPU) : parameters.front().device();
  const torch::Tensor images = torch::zeros({batch, 3, size, size}, torch::TensorOptions().device(device));
  const Recorder recorder(cost);
  model.forward(images);
  return cost;
}

}  // namespace flnas::nn
