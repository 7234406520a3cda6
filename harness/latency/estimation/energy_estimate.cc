#include "harness/latency/estimation/energy_estimate.h"

namespace flnas {

double estimated_energy_mj(std::int64_t macs, std::int64_t parameters) {
  constexpr double kMacPicojoules = 3.7 + 0.9, kReadPicojoules = 640, kMillijoules = 1e-9;
  return (kMacPicojoules * static_cast<double>(macs) + kReadPicojoules * static_cast<double>(parameters)) *
         kMillijoules;
}

}  // namespace flnas
