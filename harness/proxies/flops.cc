#include "harness/proxies/flops.h"

#include <cstdint>

#include "harness/nn/cost.h"

namespace flnas::proxies {

double millions_of_flops(const nn::Cost& cost) {
  std::int64_t flops = cost.macs;
  for (const auto& operation : cost.operations) {
    std::int64_t outputs = 1, window = 1;
    for (const auto side : operation.shape) outputs *= side;
    for (const auto side : operation.window) window *= operation.name == "mean" ? side + 1 : side;
    if (operation.kind == nn::OperationKind::kNorm) flops += 2 * outputs;
    if (operation.kind == nn::OperationKind::kActivation) flops += outputs;
    if (operation.kind == nn::OperationKind::kPooling) flops += window * outputs;
  }
  return static_cast<double>(flops) * 1e-6;
}

}  // namespace flnas::proxies
