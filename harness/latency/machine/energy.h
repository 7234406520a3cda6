#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "harness/latency/machine/gpu.h"

namespace flnas {

/// The energy counter of a device, which includes other work on the device at the same time.
class EnergyMeter {
 public:
  virtual ~EnergyMeter() = default;
  /// Joules since an arbitrary moment in the past: only differences are meaningful.
  virtual double joules() = 0;
  /// The source: "RAPL, 1 package", "NVML", "INA3221, VDD_IN".
  virtual std::string source() const = 0;
};

/// The meter for a benchmark on this machine, or null if the device has none that can be read (a Raspberry Pi; most
/// virtual machines; RAPL without permission):
///   CUDA: the energy counter of `gpu` (Volta or later), which is the one that runs the models, or null where it cannot
///   be asked; on Jetson the board's INA3221 rail, its power summed up by a thread.
///   CPU: the same rail on Jetson, else Linux's powercap RAPL counters of all packages.
/// `root` is where /sys is.
std::unique_ptr<EnergyMeter> find_energy_meter(bool cuda, const std::shared_ptr<const Gpu>& gpu = nullptr,
                                               const std::filesystem::path& root = "/");

}  // namespace flnas
