#pragma once

#include <filesystem>

#include "harness/base/json.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// Whether the JSON is what Google Benchmark writes with --benchmark_format=json or --benchmark_out=FILE.
bool is_google_benchmark(const Json& json);

/// Its benchmarks as a suite without a verdict: each repetition's mean real time is one sample (its median, where
/// flnas-bench measured and counted it as p50_us); where only aggregates were reported, the median or else the mean.
/// Results are `unreliable`, since the file does not say what the machine did meanwhile; those with an error have
/// failed. Names that flnas-bench gives are taken apart into model, batch, threads and mode; others are models.
/// The device is the context's host, in environment.host. Throws DataError, with `where`, for keys that are missing or
/// of another type, and unknown units.
LatencySuite suite_from_google_benchmark(const Json& json, const std::string& where);

/// latency.json of any edition, or Google Benchmark's JSON. Throws DataError as read_latency_suite does.
LatencySuite read_latencies(const std::filesystem::path& file);

}  // namespace flnas
