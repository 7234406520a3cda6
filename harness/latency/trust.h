#pragma once

#include <string>

#include "harness/latency/machine_state.h"

namespace flnas {

/// Of the median's 95 % interval, as a share of the median: wider is unstable.
constexpr double kMostWidth = 0.1;

/// Why a latency should not be believed: the machine was busy or throttled meanwhile (machine_state.h), or the interval
/// is too wide. Empty where nothing speaks against it.
std::string why_distrusted(double median_us, double low_us, double high_us, const MachineState& before,
                           const MachineState& after);

}  // namespace flnas
