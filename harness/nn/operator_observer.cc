#include "harness/nn/operator_observer.h"

#include <ATen/core/grad_mode.h>

#include <utility>

namespace flnas::nn {
namespace {

std::string_view plain_name(const at::RecordFunction& function) {
  std::string_view name = function.name();
  if (name.rfind("aten::", 0) == 0) name.remove_prefix(6);
  return name;
}

/// TorchScript's interpreter hands over its whole stack: an operator's own values are the last ones.
c10::ArrayRef<const c10::IValue> own_values(c10::ArrayRef<const c10::IValue> values, std::size_t count) {
  return count < values.size() ? values.slice(values.size() - count) : values;
}

void collect_tensors(const c10::IValue& value, std::vector<at::Tensor>& tensors) {
  if (value.isTensor() && value.toTensor().defined()) tensors.push_back(value.toTensor());
  if (value.isTensorList()) {
    for (const at::Tensor& tensor : value.toTensorVector()) tensors.push_back(tensor);
  }
}

}  // namespace

std::vector<at::Tensor> OperatorCall::input_tensors() const {
  std::vector<at::Tensor> tensors;
  for (const auto& value : inputs) collect_tensors(value, tensors);
  return tensors;
}

// libtorch's callbacks carry no state.
thread_local OperatorObserver* OperatorObserver::current = nullptr;

OperatorObserver::OperatorObserver(Seen seen, Depth depth)
    : seen_(std::move(seen)), all_(depth == Depth::kAll), former_(current) {
  current = this;
  handle_ =
      at::addThreadLocalCallback(at::RecordFunctionCallback(&OperatorObserver::on_start, &OperatorObserver::on_end)
                                     .needsInputs(true)
                                     .needsOutputs(true)
                                     .scopes({at::RecordScope::FUNCTION}));
}

OperatorObserver::~OperatorObserver() {
  at::removeCallback(handle_);
  current = former_;
}

// The inputs are gone when a call ends.
std::unique_ptr<at::ObserverContext> OperatorObserver::on_start(const at::RecordFunction& function) {
  auto& inputs = current->inputs_.emplace_back();
  if (current->all_ || current->inputs_.size() == 1) {
    const auto values = own_values(function.inputs(), function.num_inputs());
    inputs.assign(values.begin(), values.end());
  }
  return nullptr;
}

void OperatorObserver::on_end(const at::RecordFunction& function, at::ObserverContext*) {
  const std::vector<c10::IValue> inputs = std::move(current->inputs_.back());
  current->inputs_.pop_back();
  const auto depth = static_cast<int>(current->inputs_.size());
  if (depth > 0 && !current->all_) return;
  OperatorCall call{.name = plain_name(function),
                    .depth = depth,
                    .inputs = c10::ArrayRef<const c10::IValue>(inputs.data(), inputs.size()),
                    .outputs = {}};
  const std::vector<c10::IValue>& values = function.outputs();
  const c10::ArrayRef<const c10::IValue> outputs(values.data(), values.size());
  for (const auto& value : own_values(outputs, function.num_outputs())) {
    collect_tensors(value, call.outputs);
  }
  if (call.outputs.empty()) return;
  const at::RecordFunctionGuard unobserved(false);
  const at::NoGradGuard no_grad;
  current->seen_(call);
}

}  // namespace flnas::nn
