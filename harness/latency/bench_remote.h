#pragma once

#include "harness/base/process.h"
#include "harness/latency/bench_request.h"

namespace flnas {

/// The suite on `request.ssh`, which has to be the platform: model and platform files are copied there, and the files
/// of --out and --benchmark_out are written here. Returns the exit code of flnas-bench there. Throws like run_remotely
/// (harness/remote/remote.h).
int run_bench_remotely(const BenchRequest& request, Processes& processes);

}  // namespace flnas
