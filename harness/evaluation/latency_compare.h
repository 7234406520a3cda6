#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// One benchmark in two suites.
struct LatencyRatio {
  std::string benchmark;  ///< its name; "first -> second" if the names differ (only with `force`)
  double first_us = 0;    ///< medians
  double second_us = 0;
  double ratio = 0;            ///< second / first: below 1 the second is faster
  std::optional<double> low;   ///< 95 % percentile bootstrap of the ratio of medians, both sides resampled;
  std::optional<double> high;  ///< null where a side has one sample
  double p_value = 0;          ///< Mann-Whitney U, two-sided, normal approximation with ties
  bool significant = false;    ///< p below 0.05
  bool trusted = false;        ///< both results passed
  /// The largest difference of a logit, relative to the first's largest or to 1; null if weights or images differ.
  std::optional<double> largest_difference;

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("benchmark", self.benchmark), visit("first_us", self.first_us), visit("second_us", self.second_us);
    visit("ratio", self.ratio), visit("low", self.low), visit("high", self.high), visit("p_value", self.p_value);
    visit("significant", self.significant), visit("trusted", self.trusted),
        visit("largest_difference", self.largest_difference);
  }
};

inline constexpr double kSignificance = 0.05;

/// Two-sided p of Mann and Whitney's U test with the normal approximation, corrected for ties and continuity; 1 where
/// all values are equal or a side is empty. Source: Mann and Whitney, 1947; as scipy.stats.mannwhitneyu (asymptotic).
double mann_whitney_p(const std::vector<double>& first, const std::vector<double>& second);

/// Every benchmark that both measured, in the first's order. Throws ConfigError if the two cannot be compared:
/// different devices, an emulated one, different networks under one benchmark's name, or no benchmark in common. Files
/// of Google Benchmark (google_benchmark.h) are compared with each other only, by host. `force` compares nevertheless,
/// and pairs results that differ only in form, threads or precision by model and batch, where each side has one such
/// result.
std::vector<LatencyRatio> compare_suites(const LatencySuite& first, const LatencySuite& second, bool force = false);

/// What `flnas-bench compare` is asked for.
struct CompareRequest {
  static constexpr char kCommand[] = "flnas-bench compare";
  std::filesystem::path first, second;
  bool force = false;

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("first", self.first, "latency.json, or Google Benchmark's JSON",
          {.value = "A.json", .positional = true, .required = true});
    visit("second", self.second, "the same", {.value = "B.json", .positional = true, .required = true});
    visit("force", self.force, "also across devices, networks and modes");
  }
};

/// The same of two files; throws also as read_latencies does.
std::vector<LatencyRatio> compare_files(const CompareRequest& request);

/// The agreement of two runs of one suite.
struct MedianAgreement {
  double largest = 0;      ///< difference of a benchmark's medians, as a share of the smaller
  std::string benchmark;   ///< whose
  std::size_t within = 0;  ///< benchmarks whose medians differ by at most kAgreement
};
inline constexpr double kAgreement = 0.03;
MedianAgreement agreement_of(const std::vector<LatencyRatio>& ratios);

}  // namespace flnas
