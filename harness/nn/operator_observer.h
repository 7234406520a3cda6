#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>
#include <ATen/record_function.h>

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace flnas::nn {

/// One call of an operator, told when it has ended.
struct OperatorCall {
  std::string_view name;  ///< libtorch's, without "aten::": "conv2d"
  int depth = 0;          ///< 0: this thread's code called it; 1: an operator of depth 0 did; ...
  c10::ArrayRef<const c10::IValue> inputs;
  std::vector<at::Tensor> outputs;  ///< of the autograd graph, if there is one; lists are taken apart

  /// The defined tensors among the inputs, lists taken apart.
  std::vector<at::Tensor> input_tensors() const;
};

/// While alive, reports the operators that run on this thread, eager or TorchScript's. Operators that the observer
/// itself calls are left out, and no gradients are recorded for them.
class OperatorObserver {
 public:
  enum class Depth {
    kOutermost,  ///< only what this thread's code calls itself
    kAll,        ///< also what an operator calls in turn: told before it, since it ends before it
  };
  using Seen = std::function<void(const OperatorCall&)>;

  explicit OperatorObserver(Seen seen, Depth depth = Depth::kOutermost);
  ~OperatorObserver();
  OperatorObserver(const OperatorObserver&) = delete;
  OperatorObserver& operator=(const OperatorObserver&) = delete;

 private:
  static std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function);
  static void on_end(const at::RecordFunction& function, at::ObserverContext* context);
  static thread_local OperatorObserver* current;

  Seen seen_;
  bool all_;
  OperatorObserver* former_;
  at::CallbackHandle handle_{};
  std::vector<std::vector<c10::IValue>> inputs_;  ///< of the operators that run, outermost first
};

}  // namespace flnas::nn
