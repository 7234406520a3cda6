#include "harness/latency/environment.h"

#include "harness/base/system.h"
#include "harness/latency/estimation/this_machine.h"
#include "harness/train/device.h"

namespace flnas {

Json describe_environment(const MachineIdentity& identity, const TrainConfig& effective) {
  const auto gpu = gpu_of(effective);
  return {{"machine", describe_machine()},
          {"build", describe_build()},
          {"libtorch", describe_libtorch(use_device(effective).device)},
          {"gpu", gpu ? gpu->describe() : Json(nullptr)},
          {"identity", to_json(identity)}};
}

std::vector<std::string> about_machine(const MachineIdentity& identity) {
  if (!identity.emulated) return {};
  return {"an emulated processor: its times are no device's latency"};
}

}  // namespace flnas
