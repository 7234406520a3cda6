#include "harness/latency/this_machine.h"

#include "harness/train/device.h"

namespace flnas {

MachineIdentity this_machine() {
  MachineIdentity machine = read_machine_identity();
  machine.cuda = cuda_device_names();
  return machine;
}

}  // namespace flnas
