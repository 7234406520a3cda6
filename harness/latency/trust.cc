#include "harness/latency/trust.h"

#include <fmt/format.h>

namespace flnas {

std::string why_distrusted(double median_us, double low_us, double high_us, const MachineState& before,
                           const MachineState& after) {
  if (std::string reason = why_not_trusted(before, after); !reason.empty()) return reason;
  const double width = (high_us - low_us) / median_us;
  if (width <= kMostWidth) return {};
  return fmt::format("unstable: the median's 95 % interval is {:.0f} % of it wide (at most {:.0f} % is trusted)",
                     100 * width, 100 * kMostWidth);
}

}  // namespace flnas
