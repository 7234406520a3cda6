#pragma once

#include "harness/latency/platform.h"

namespace flnas {

/// All that this machine tells about itself, its CUDA devices among it.
MachineIdentity this_machine();

}  // namespace flnas
