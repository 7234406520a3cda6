#pragma once

#include <memory>

#include "harness/latency/estimation/platform.h"
#include "harness/latency/machine/gpu.h"
#include "harness/latency/machine/machine.h"
#include "harness/train/config.h"

namespace flnas {

/// The identity of this machine, with its CUDA devices.
MachineIdentity this_machine();

/// The GPU that runs models under this config; null on the CPU, or if NVML does not know it.
std::shared_ptr<const Gpu> gpu_of(const TrainConfig& effective);

/// The machine as measurements under this config see it.
std::unique_ptr<Machine> machine_of(const TrainConfig& effective);

}  // namespace flnas
