// A suite of latency measurements on one device: flnas-bench. It does not know data sets, training runs or tables.
#pragma once

#include <string>
#include <vector>

#include "harness/latency/bench_request.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// Measures every model in every mode, batch size and thread count on this machine, and estimates the platform where
/// it is another; writes `request.out`. Without results where Google Benchmark's flags ask for a list only: nothing is
/// written then. `listed`: the models where none is named.
/// Throws ConfigError for settings, models, flags, or a platform that is unknown; Error where `require_device` and this
/// machine is another.
LatencySuite run_bench(const BenchRequest& request, const nn::Registry& registry,
                       const std::vector<std::string>& listed);

/// Throws ConfigError for an invalid setting, model, mode or platform.
void require_bench(const BenchRequest& request, const nn::Registry& registry);

}  // namespace flnas
