#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace flnas {

/// What of Google Benchmark's flags the suite handles by itself, as it may run benchmarks several times: their values
/// as the command line or the environment (BENCHMARK_OUT, ...) gives them.
struct BenchmarkOutput {
  std::string file;                  ///< --benchmark_out; "": none
  std::string file_format = "json";  ///< --benchmark_out_format: console, json, csv
  std::string display_format;        ///< --benchmark_format, likewise; "": Google Benchmark shows nothing by itself
  bool only_lists = false;           ///< --benchmark_list_tests
};
BenchmarkOutput output_of(const std::vector<std::string>& flags);

/// How often each benchmark is called in a pass where the flags say so, as Google Benchmark from 1.8 on has it:
/// --benchmark_min_time=10x, or once by --benchmark_dry_run (1.9). Throws ConfigError for a number that is none.
std::optional<std::int64_t> iterations_of(const std::vector<std::string>& flags);

/// Hands the flags to Google Benchmark, with the suite's defaults before them; it writes no file by itself then, but to
/// a reporter for files where `output_of` has one. Newer spellings (--benchmark_min_time=0.5s) are taken whatever
/// version is linked. Throws ConfigError for a flag that it does not know, or a value that it does not take.
void initialise_benchmark(const std::vector<std::string>& flags);

/// Google Benchmark's reporter of that format; throws ConfigError for an unknown one.
std::unique_ptr<benchmark::BenchmarkReporter> make_reporter(const std::string& format);

/// Of Google Benchmark, as this program was compiled with it.
std::string benchmark_version();

}  // namespace flnas
