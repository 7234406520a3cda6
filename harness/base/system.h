#pragma once

#include <string>

#include "harness/base/json.h"

namespace flnas {

/// What this machine is: {cpu, cores, memory_bytes, os, kernel, architecture}. Read once from /proc; never throws
/// (a field that cannot be read is null).
Json describe_machine();

/// What this program is: {commit, build_type, compiler, sanitizers, libraries} (libraries.h).
Json describe_build();

/// True for a Release or RelWithDebInfo build without sanitizers: its timings can be trusted.
bool build_is_optimised();

/// Now in UTC as "2026-11-22T06:07:08Z".
std::string utc_now();

}  // namespace flnas
