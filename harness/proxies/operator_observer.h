#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <ATen/record_function.h>

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace flnas::proxies {

/// While alive, calls `seen` after each operator that this thread's code calls itself; what an operator calls in turn
/// is left out, and so is what `seen` calls. In `seen` no gradients are recorded.
class OperatorObserver {
 public:
  /// libtorch's name of it without "aten::", its inputs and its first output: of the autograd graph, if there is one.
  using Seen =
      std::function<void(std::string_view name, const std::vector<c10::IValue>& inputs, const at::Tensor& output)>;

  explicit OperatorObserver(Seen seen);
  ~OperatorObserver();
  OperatorObserver(const OperatorObserver&) = delete;
  OperatorObserver& operator=(const OperatorObserver&) = delete;

 private:
  static std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function);
  static void on_end(const at::RecordFunction& function, at::ObserverContext* context);
  static thread_local OperatorObserver* current;

  Seen seen_;
  OperatorObserver* former_;
  at::CallbackHandle handle_{};
  int depth_ = 0;
  std::vector<c10::IValue> inputs_;  ///< of the outermost operator that runs
};

}  // namespace flnas::proxies
