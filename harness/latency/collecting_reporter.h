#pragma once

#include <benchmark/benchmark.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace flnas {

/// Google Benchmark's output where benchmarks may be run again: a run in a later round takes the place of the same
/// benchmark's earlier one, so that its JSON, CSV and files hold each benchmark once and keep their schema. On the
/// console every run is shown as it comes.
class CollectingReporter : public benchmark::BenchmarkReporter {
 public:
  /// `live`: shows runs as they come; null: nothing is shown before `write`.
  explicit CollectingReporter(benchmark::BenchmarkReporter* live) : live_(live) {}

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;

  bool empty() const { return groups_.empty(); }
  /// All that was collected, through Google Benchmark's own reporter.
  void write(benchmark::BenchmarkReporter& reporter) const;

 private:
  struct Group {
    std::string name;
    std::vector<Run> runs;  ///< repetitions, then their aggregates
  };

  benchmark::BenchmarkReporter* live_;
  std::optional<Context> context_;
  std::vector<Group> groups_;
};

/// What of Google Benchmark's flags the suite handles by itself, taken out of `arguments`: --benchmark_out and
/// --benchmark_out_format. --benchmark_format stays, and is noted.
struct BenchmarkOutput {
  std::string file;                  ///< "": none
  std::string file_format = "json";  ///< console, json, csv
  std::string display_format = "console";
};
BenchmarkOutput take_output_flags(std::vector<std::string>& arguments);

/// Google Benchmark's reporter of that format; throws ConfigError for an unknown one.
std::unique_ptr<benchmark::BenchmarkReporter> make_reporter(const std::string& format);

}  // namespace flnas
