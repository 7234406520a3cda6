// The machine that a measurement runs on, as far as the validity rules need it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "harness/latency/machine/energy.h"
#include "harness/latency/machine/gpu.h"
#include "harness/latency/machine/machine_state.h"

namespace flnas {

/// The clock, state and meters that a measurement reads. Tests use a fake (tests/support/fake_machine.h).
class Machine {
 public:
  virtual ~Machine() = default;
  /// Monotonic, since some moment in the past: how long samples are taken.
  virtual double seconds() = 0;
  /// Read before and after the samples of a pass.
  virtual MachineState state() = 0;
  /// Of the device that runs the model, since some moment in the past; null where it tells nothing.
  virtual std::optional<double> joules() = 0;
  /// What tells `joules`: "NVML"; blank where nothing does.
  virtual std::string energy_source() const = 0;
  /// Bytes that can be allocated without swapping; null where the machine does not tell.
  virtual std::optional<double> available_memory() = 0;
};

/// This one: its steady clock, /proc, /sys, and `gpu` where models run on it (null: on the CPU, or it cannot be asked).
/// `cuda`: models run on a CUDA device.
std::unique_ptr<Machine> local_machine(bool cuda, std::shared_ptr<const Gpu> gpu);

}  // namespace flnas
