#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "harness/latency/machine/gpu.h"

namespace flnas {

/// A device's own account of the energy that it uses. All of it: other work on the device at the same time counts too.
class EnergyMeter {
 public:
  virtual ~EnergyMeter() = default;
  /// Joules since some moment in the past; only differences mean anything.
  virtual double joules() = 0;
  /// What is read: "RAPL, 1 package", "NVML", "INA3221, VDD_IN".
  virtual std::string source() const = 0;
};

/// The meter that fits a benchmark on this machine, or null where the device tells nothing (a Raspberry Pi; most
/// virtual machines; RAPL without the right to read it):
///   CUDA: the energy counter of `gpu` (Volta or later), which is the one that runs the models, or null where it cannot
///   be asked; on Jetson the board's INA3221 rail, its power summed up by a thread.
///   CPU: the same rail on Jetson, else Linux's powercap RAPL counters of all packages.
/// `root` is where /sys is.
std::unique_ptr<EnergyMeter> find_energy_meter(bool cuda, const std::shared_ptr<const Gpu>& gpu = nullptr,
                                               const std::filesystem::path& root = "/");

}  // namespace flnas
