#include "harness/cli/bench/run_suite.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <sstream>
#include <string_view>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/latency/timing/benchmark_flags.h"
#include "harness/latency/timing/collecting_reporter.h"

namespace flnas::cli {
namespace {

/// A regular expression that matches exactly these names, whatever Google Benchmark appends to them.
std::string pattern_of(const std::vector<std::string>& names) {
  std::string pattern;
  for (const auto& name : names) {
    pattern += pattern.empty() ? "^(" : "|";
    for (const char c : name) {
      if (std::string_view(".[]{}()*+?^$|\\").find(c) != std::string_view::npos) pattern += '\\';
      pattern += c;
    }
  }
  return pattern + ")/";
}

}  // namespace

bool run_benchmarks(Suite& suite, const std::vector<std::string>& flags) {
  const BenchmarkOutput output = output_of(flags);
  const auto file_reporter = make_reporter(output.file_format);
  make_reporter(output.display_format);
  initialise_benchmark(flags);
  suite.register_benchmarks();
  const bool live = output.display_format == "console";
  const std::unique_ptr<benchmark::BenchmarkReporter> display(benchmark::CreateDefaultDisplayReporter());
  CollectingReporter shown(live ? display.get() : nullptr), written(nullptr);
  const auto run = [&](const std::string& pattern) {
    return benchmark::RunSpecifiedBenchmarks(&shown, output.file.empty() ? nullptr : &written, pattern);
  };
  const bool any = run(benchmark::GetBenchmarkFilter()) > 0;
  if (output.only_lists) return false;
  if (!any) throw ConfigError("--benchmark_filter leaves no benchmark; --benchmark_list_tests shows their names");
  for (auto due = suite.due(); !due.benchmarks.empty(); due = suite.due()) {
    fmt::print(stderr, "{}: {}\n", due.why, fmt::join(due.benchmarks, ", "));
    run(pattern_of(due.benchmarks));
  }
  if (!live) shown.write(*display);
  if (!output.file.empty()) {
    std::ostringstream text;
    file_reporter->SetOutputStream(&text);
    file_reporter->SetErrorStream(&text);
    written.write(*file_reporter);
    write_file(output.file, text.str());
  }
  return true;
}

}  // namespace flnas::cli
