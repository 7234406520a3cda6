#pragma once

#include "harness/cli/bench/arguments.h"

namespace flnas::cli {

/// The suite on `arguments.remote.host`, which has to be the platform: model and platform files are copied there, and
/// the files of --out and --benchmark_out are written here. Returns the exit code of flnas-bench there. Throws like
/// run_remotely (harness/remote/remote.h).
int run_suite_remotely(const BenchArguments& arguments);

}  // namespace flnas::cli
