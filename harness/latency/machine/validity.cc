#include "harness/latency/machine/validity.h"

#include <fmt/format.h>

#include <algorithm>

namespace flnas {

double drift_of(const std::vector<double>& medians_us) {
  if (medians_us.size() < 2) return 0;
  const auto [least, most] = std::minmax_element(medians_us.begin(), medians_us.end());
  return *most / *least - 1;
}

std::string why_drifted(const std::vector<double>& medians_us) {
  const double drift = drift_of(medians_us);
  if (drift <= kMostDrift) return {};
  return fmt::format("unstable: the medians of {} passes differ by {:.1f} % (at most {:.0f} % is trusted)",
                     medians_us.size(), 100 * drift, 100 * kMostDrift);
}

std::string why_unreliable(double median_us, double low_us, double high_us, const MachineState& before,
                           const MachineState& after) {
  if (std::string reason = why_unreliable(before, after); !reason.empty()) return reason;
  const double width = (high_us - low_us) / median_us;
  if (width <= kMostWidth) return {};
  return fmt::format("unstable: the median's 95 % interval is {:.0f} % of it wide (at most {:.0f} % is trusted)",
                     100 * width, 100 * kMostWidth);
}

}  // namespace flnas
