#pragma once

#include <filesystem>

#include "harness/base/json.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// Whether the JSON is what Google Benchmark writes with --benchmark_format=json or --benchmark_out=FILE.
bool is_google_benchmark(const Json& json);

/// Its benchmarks as a suite without a verdict. Each repetition gives one sample, its mean real time (its median in
/// files of flnas-bench, which reports it as p50_us); if only aggregates were reported, the median or else the mean.
/// Results are `unreliable`, since the file does not tell the state of the machine; those with an error have failed.
/// Names in the form of flnas-bench are split into model, batch, threads and mode; others are names of models.
/// The device is the context's host, in environment.host. Throws DataError, with `where`, for keys that are missing or
/// of another type, and for unknown units.
LatencySuite suite_from_google_benchmark(const Json& json, const std::string& where);

/// latency.json of any edition, or Google Benchmark's JSON. Throws DataError as read_latency_suite does.
LatencySuite read_latencies(const std::filesystem::path& file);

}  // namespace flnas
