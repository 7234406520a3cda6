#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"
#include "harness/latency/estimation/platform.h"
#include "harness/train/config.h"

namespace flnas {

/// The environment of measurements under this config: {machine, build, libtorch, gpu, identity}.
Json describe_environment(const MachineIdentity& identity, const TrainConfig& effective);

/// Reasons why every latency of this machine is unreliable, whatever the samples.
std::vector<std::string> about_machine(const MachineIdentity& identity);

}  // namespace flnas
