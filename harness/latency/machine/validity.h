#pragma once

#include <string>
#include <vector>

#include "harness/latency/machine/machine_state.h"

namespace flnas {

/// Of the median's 95 % interval, as a share of the median: wider is unstable.
constexpr double kMostWidth = 0.1;

/// Between the medians of passes over all benchmarks, as a share of the least: more, and the machine changed meanwhile.
constexpr double kMostDrift = 0.03;

/// Largest over least median - 1; 0 for fewer than two.
double drift_of(const std::vector<double>& medians_us);
/// Why medians taken at different times are unreliable. Empty if they are reliable.
std::string why_drifted(const std::vector<double>& medians_us);

/// Why a latency is unreliable: the machine was busy or throttled (machine_state.h), or the interval is too wide. Empty
/// if it is reliable.
std::string why_unreliable(double median_us, double low_us, double high_us, const MachineState& before,
                           const MachineState& after);

}  // namespace flnas
