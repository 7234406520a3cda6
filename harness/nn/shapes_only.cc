#include "harness/nn/shapes_only.h"

#include <ATen/ExpandUtils.h>
#include <ATen/Functions.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/library.h>

#include <cstdint>
#include <vector>

namespace flnas::nn {
namespace {

// Kernels are boxed: the types of their arguments differ between versions of libtorch.
using Stack = torch::jit::Stack;

constexpr c10::DispatchKey kKey = c10::DispatchKey::TESTING_ONLY_GenericMode;

/// One of the operator's `count` arguments.
const c10::IValue& argument(const Stack& stack, std::size_t count, std::size_t index) {
  return stack[stack.size() - count + index];
}

void give(Stack& stack, std::size_t count, at::Tensor result) {
  torch::jit::drop(stack, count);
  torch::jit::push(stack, std::move(result));
}

/// Whole numbers are indices and are computed; returns whether this was one of them.
bool computed(const c10::OperatorHandle& op, Stack* stack, std::size_t count) {
  if (argument(*stack, count, 0).toTensor().is_floating_point()) return false;
  const c10::impl::ExcludeDispatchKeyGuard compute(kKey);
  op.callBoxed(stack);
  return true;
}

/// convolution(input, weight, bias, stride, padding, dilation, transposed, output_padding, groups)
void convolution(const c10::OperatorHandle&, Stack* stack) {
  constexpr std::size_t kCount = 9;
  const at::Tensor input = argument(*stack, kCount, 0).toTensor(), weight = argument(*stack, kCount, 1).toTensor();
  const auto numbers = [&](std::size_t index) {
    auto values = argument(*stack, kCount, index).toIntVector();
    values.resize(static_cast<std::size_t>(weight.dim()) - 2, values.front());
    return values;
  };
  const auto stride = numbers(3), padding = numbers(4), dilation = numbers(5), extra = numbers(7);
  const bool transposed = argument(*stack, kCount, 6).toBool();
  const std::int64_t groups = argument(*stack, kCount, 8).toInt();
  std::vector<std::int64_t> shape = {input.size(0), transposed ? weight.size(1) * groups : weight.size(0)};
  for (std::size_t i = 0; i < stride.size(); ++i) {
    const auto side = static_cast<std::int64_t>(i) + 2;
    const std::int64_t reach = dilation[i] * (weight.size(side) - 1);
    shape.push_back(transposed ? (input.size(side) - 1) * stride[i] - 2 * padding[i] + reach + extra[i] + 1
                               : (input.size(side) + 2 * padding[i] - reach - 1) / stride[i] + 1);
  }
  give(*stack, kCount, at::empty(shape, input.options().requires_grad(false)));
}

/// addmm(self, mat1, mat2, beta, alpha)
void addmm(const c10::OperatorHandle&, Stack* stack) {
  const at::Tensor a = argument(*stack, 5, 1).toTensor(), b = argument(*stack, 5, 2).toTensor();
  give(*stack, 5, at::empty({a.size(0), b.size(1)}, a.options().requires_grad(false)));
}

/// mm(self, mat2), bmm(self, mat2)
void mm(const c10::OperatorHandle&, Stack* stack) {
  const at::Tensor a = argument(*stack, 2, 0).toTensor(), b = argument(*stack, 2, 1).toTensor();
  auto shape = a.sizes().vec();
  shape.back() = b.size(-1);
  give(*stack, 2, at::empty(shape, a.options().requires_grad(false)));
}

/// Operators that change their first argument and return it: it stays as it is.
void leave_as_it_is(const c10::OperatorHandle& op, Stack* stack) {
  const std::size_t count = op.schema().arguments().size();
  if (!computed(op, stack, count)) torch::jit::drop(*stack, count - 1);
}

/// Operators whose result has the shape of their first argument.
void like_first(const c10::OperatorHandle& op, Stack* stack) {
  const std::size_t count = op.schema().arguments().size();
  const at::Tensor first = argument(*stack, count, 0).toTensor();
  give(*stack, count, at::empty(first.sizes(), first.options().requires_grad(false)));
}

/// add(self, other, alpha)
void add(const c10::OperatorHandle& op, Stack* stack) {
  if (computed(op, stack, 3)) return;
  const at::Tensor a = argument(*stack, 3, 0).toTensor(), b = argument(*stack, 3, 1).toTensor();
  give(*stack, 3, at::empty(at::infer_size(a.sizes(), b.sizes()), a.options().requires_grad(false)));
}

}  // namespace

ShapesOnly::ShapesOnly() : guard_(kKey) {}

TORCH_LIBRARY_IMPL(_, TESTING_ONLY_GenericMode, library) { library.fallback(torch::CppFunction::makeFallthrough()); }

TORCH_LIBRARY_IMPL(aten, TESTING_ONLY_GenericMode, library) {
  library.impl("convolution", torch::CppFunction::makeFromBoxedFunction<&convolution>());
  library.impl("addmm", torch::CppFunction::makeFromBoxedFunction<&addmm>());
  library.impl("mm", torch::CppFunction::makeFromBoxedFunction<&mm>());
  library.impl("bmm", torch::CppFunction::makeFromBoxedFunction<&mm>());
  library.impl("add.Tensor", torch::CppFunction::makeFromBoxedFunction<&add>());
  for (const char* name : {"uniform_", "normal_", "relu_", "hardtanh_", "add_.Tensor"}) {
    library.impl(name, torch::CppFunction::makeFromBoxedFunction<&leave_as_it_is>());
  }
  for (const char* name : {"batch_norm", "relu", "hardtanh"}) {
    library.impl(name, torch::CppFunction::makeFromBoxedFunction<&like_first>());
  }
}

}  // namespace flnas::nn
