#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/latency/estimation/platform.h"
#include "harness/train/config.h"

namespace flnas {

/// On what models were timed under this config: {machine, build, libtorch, gpu, identity}.
Json describe_environment(const MachineIdentity& identity, const TrainConfig& effective);

/// What speaks against every latency of this machine, whatever the samples say.
std::vector<std::string> about_machine(const MachineIdentity& identity);

}  // namespace flnas
