#pragma once

#include <memory>

#include "harness/latency/estimation/platform.h"
#include "harness/latency/machine/gpu.h"
#include "harness/latency/machine/machine.h"
#include "harness/train/config.h"

namespace flnas {

/// All that this machine tells about itself, its CUDA devices among it.
MachineIdentity this_machine();

/// The GPU that runs models under this config; null on the CPU, or where NVML does not tell of it.
std::shared_ptr<const Gpu> gpu_of(const TrainConfig& effective);

/// What a measurement under this config asks of its surroundings.
std::unique_ptr<Machine> machine_of(const TrainConfig& effective);

}  // namespace flnas
