#include "harness/latency/estimation/this_machine.h"

#include "harness/train/device.h"

namespace flnas {

MachineIdentity this_machine() {
  MachineIdentity machine = read_machine_identity();
  machine.cuda = cuda_device_names();
  return machine;
}

std::shared_ptr<const Gpu> gpu_of(const TrainConfig& effective) {
  return effective.device == "cuda" ? Gpu::find(cuda_bus_id()) : nullptr;
}

std::unique_ptr<Machine> machine_of(const TrainConfig& effective) {
  return local_machine(effective.device == "cuda", gpu_of(effective));
}

}  // namespace flnas
