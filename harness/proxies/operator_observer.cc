#include "harness/proxies/operator_observer.h"

#include <ATen/core/grad_mode.h>

#include <utility>

namespace flnas::proxies {
namespace {

std::string_view plain_name(const at::RecordFunction& function) {
  std::string_view name = function.name();
  if (name.rfind("aten::", 0) == 0) name.remove_prefix(6);
  return name;
}

}  // namespace

// libtorch's callbacks carry no state.
thread_local OperatorObserver* OperatorObserver::current = nullptr;

OperatorObserver::OperatorObserver(Seen seen) : seen_(std::move(seen)), former_(current) {
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
  if (current->depth_++ == 0) current->inputs_.assign(function.inputs().begin(), function.inputs().end());
  return nullptr;
}

void OperatorObserver::on_end(const at::RecordFunction& function, at::ObserverContext*) {
  if (--current->depth_ > 0) return;
  const std::vector<c10::IValue> inputs = std::exchange(current->inputs_, {});
  const auto& outputs = function.outputs();
  if (outputs.empty() || !outputs.front().isTensor()) return;
  const at::RecordFunctionGuard unobserved(false);
  const at::NoGradGuard no_grad;
  current->seen_(plain_name(function), inputs, outputs.front().toTensor());
}

}  // namespace flnas::proxies
