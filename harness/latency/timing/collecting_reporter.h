#pragma once

#include <benchmark/benchmark.h>

#include <optional>
#include <string>
#include <vector>

namespace flnas {

/// Google Benchmark's output where benchmarks may be run again: what a later round reports (each begins with
/// ReportContext) takes the place of the same benchmark's earlier runs, so that its JSON, CSV and files hold each
/// benchmark once and keep their schema. On the console every run is shown as it comes.
class CollectingReporter : public benchmark::BenchmarkReporter {
 public:
  /// `live`: shows runs as they come; null: nothing is shown before `write`.
  explicit CollectingReporter(benchmark::BenchmarkReporter* live) : live_(live) {}

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;

  /// All that was collected, through Google Benchmark's own reporter.
  void write(benchmark::BenchmarkReporter& reporter) const;

 private:
  struct Group {
    std::string name;
    int round;
    std::vector<Run> runs;  ///< repetitions, then their aggregates
  };

  benchmark::BenchmarkReporter* live_;
  int round_ = 0;
  std::optional<Context> context_;
  std::vector<Group> groups_;
};

}  // namespace flnas
