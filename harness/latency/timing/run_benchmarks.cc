#include "harness/latency/timing/run_benchmarks.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>
#include <sstream>
#include <string_view>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/format_us.h"
#include "harness/base/text_table.h"
#include "harness/latency/timing/benchmark_flags.h"
#include "harness/latency/timing/collecting_reporter.h"

namespace flnas {
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

/// A line on stderr for each benchmark that ends.
class ProgressLines : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    if (runs.empty()) return;
    const Run& run = runs.front();
    const auto found = run.counters.find("p50_us");
    fmt::print(stderr, "{}: {}\n", run.run_name.function_name,
               found == run.counters.end() ? "no latency" : format_us(found->second.value));
  }
};

/// Google Benchmark's words about a filter, without its line end and its benchmarks' list.
std::string complaint_of(const std::ostringstream& errors) {
  const std::string text = errors.str();
  return text.substr(0, text.find('\n'));
}

}  // namespace

bool run_benchmarks(Suite& suite, const std::vector<std::string>& flags) {
  const BenchmarkOutput output = output_of(flags);
  const auto file_reporter = make_reporter(output.file_format);
  if (!output.display_format.empty()) make_reporter(output.display_format);
  initialise_benchmark(flags);
  suite.register_benchmarks(iterations_of(flags));
  const std::unique_ptr<benchmark::BenchmarkReporter> display(benchmark::CreateDefaultDisplayReporter());
  ProgressLines lines;
  const bool live = output.display_format == "console";
  CollectingReporter shown(live ? display.get() : &lines), written(nullptr);
  std::ostringstream errors;
  shown.SetErrorStream(&errors);
  const auto run = [&](const std::string& pattern) {
    return benchmark::RunSpecifiedBenchmarks(&shown, output.file.empty() ? nullptr : &written, pattern);
  };
  if (run(benchmark::GetBenchmarkFilter()) == 0) {
    throw ConfigError(fmt::format(
        "--benchmark_filter leaves no benchmark ({}); --benchmark_list_tests shows their names", complaint_of(errors)));
  }
  if (output.only_lists) return false;
  for (auto pending = suite.pending(); !pending.benchmarks.empty(); pending = suite.pending()) {
    fmt::print(stderr, "{}\n", wrap(fmt::format("{}: {}", pending.why, fmt::join(pending.benchmarks, ", ")), 0, 2));
    run(pattern_of(pending.benchmarks));
  }
  if (!live && !output.display_format.empty()) shown.write(*display);
  if (!output.file.empty()) {
    std::ostringstream text;
    file_reporter->SetOutputStream(&text);
    file_reporter->SetErrorStream(&text);
    written.write(*file_reporter);
    write_file(output.file, text.str());
  }
  return true;
}

}  // namespace flnas
