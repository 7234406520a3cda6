#include "harness/proxies/naswot.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <limits>
#include <tuple>

namespace flnas::proxies {

double naswot(const std::vector<at::Tensor>& activations) {
  at::Tensor kernel;
  for (const auto& activation : activations) {
    const at::Tensor codes = activation.gt(0).flatten(1).to(at::kFloat);
    const at::Tensor both = codes.matmul(codes.t()).to(at::kDouble);  // counts, exact below 2^24 units
    const at::Tensor on = both.diagonal();
    const at::Tensor equal = both * 2 + static_cast<double>(codes.size(1)) - on.unsqueeze(0) - on.unsqueeze(1);
    kernel = kernel.defined() ? kernel + equal : equal;
  }
  if (!kernel.defined()) return std::numeric_limits<double>::quiet_NaN();
  return std::get<1>(at::slogdet(kernel)).item<double>();
}

}  // namespace flnas::proxies
