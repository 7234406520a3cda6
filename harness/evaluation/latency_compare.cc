#include "harness/evaluation/latency_compare.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/metrics/intervals/bootstrap.h"
#include "harness/records/google_benchmark.h"

namespace flnas {
namespace {

constexpr int kResamples = 2000;
constexpr std::uint64_t kSeed = 20190103;

/// What identifies the device that was measured; blank where the file does not tell.
std::string device_of(const LatencySuite& suite) {
  if (suite.device.empty()) return suite.environment.value("host", "");
  const Json identity = suite.environment.value("identity", Json::object());
  const std::string mark = suite.results.empty() ? "" : suite.results.front().mark;
  return fmt::format(
      "{} ({}, {}{})", suite.device,
      identity.value("device_tree", "").empty() ? identity.value("cpu", "") : identity.value("device_tree", ""),
      identity.value("cuda", Json::array()).dump(), mark == "measured" ? "" : ", " + mark);
}

std::set<std::string> modes_of(const LatencySuite& suite) {
  std::set<std::string> modes;
  for (const auto& result : suite.results) modes.insert(result.form);
  return modes;
}

/// Equal, or one is not told.
template <class T>
bool agree(const T& a, const T& b) {
  return a == b || a.empty() || b.empty();
}

bool alike(const LatencyResult& a, const LatencyResult& b) {
  return a.model == b.model && a.batch == b.batch && agree(a.input, b.input);
}
bool same(const LatencyResult& a, const LatencyResult& b) {
  return alike(a, b) && a.threads == b.threads && a.form == b.form && agree(a.precision, b.precision);
}

double resampled_median(const std::vector<double>& sorted, Random& random, std::vector<double>& drawn) {
  drawn.resize(sorted.size());
  for (double& value : drawn) value = sorted[random.below(sorted.size())];
  std::sort(drawn.begin(), drawn.end());
  return metrics::quantile(drawn, 0.5);
}

/// Of two devices' answers to the same question.
std::optional<double> largest_difference(const LatencyResult& a, const LatencyResult& b) {
  if (a.model_sha256 != b.model_sha256 || !alike(a, b)) return std::nullopt;
  if (a.logits.empty() || a.logits.size() != b.logits.size()) return std::nullopt;
  double scale = 1, largest = 0;
  for (std::size_t i = 0; i < a.logits.size(); ++i) {
    scale = std::max(scale, std::abs(a.logits[i]));
    largest = std::max(largest, std::abs(a.logits[i] - b.logits[i]));
  }
  return largest / scale;
}

LatencyRatio ratio_of(const LatencyResult& first, const LatencyResult& second) {
  LatencyRatio ratio;
  ratio.benchmark = same(first, second) ? first.benchmark : first.benchmark + " -> " + second.benchmark;
  std::vector<double> a = first.samples_us, b = second.samples_us, drawn, ratios;
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  ratio.first_us = metrics::quantile(a, 0.5);
  ratio.second_us = metrics::quantile(b, 0.5);
  ratio.ratio = ratio.second_us / ratio.first_us;
  Random random(kSeed);
  for (int i = 0; i < kResamples; ++i) {
    const double denominator = resampled_median(a, random, drawn);
    ratios.push_back(resampled_median(b, random, drawn) / denominator);
  }
  std::sort(ratios.begin(), ratios.end());
  if (a.size() > 1 && b.size() > 1) {
    ratio.low = metrics::quantile(ratios, 0.025);
    ratio.high = metrics::quantile(ratios, 0.975);
  }
  ratio.p_value = mann_whitney_p(a, b);
  ratio.significant = ratio.p_value < kSignificance;
  ratio.trusted = first.status == kPassed && second.status == kPassed;
  ratio.largest_difference = largest_difference(first, second);
  return ratio;
}

/// The one result of `suite` that `holds`; null where there is none or more than one.
template <class Holds>
const LatencyResult* only(const LatencySuite& suite, Holds&& holds) {
  const LatencyResult* found = nullptr;
  for (const auto& result : suite.results) {
    if (result.samples_us.empty() || !holds(result)) continue;
    if (found != nullptr) return nullptr;
    found = &result;
  }
  return found;
}

void require_comparable(const LatencySuite& first, const LatencySuite& second) {
  const std::string a = device_of(first), b = device_of(second);
  // Google Benchmark tells a host's name, which flnas-bench does not record.
  if (first.device.empty() != second.device.empty()) return;
  if (a != b) {
    throw ConfigError(fmt::format("measured on different devices, {} and {}; --force compares all the same", a, b));
  }
}

}  // namespace

double mann_whitney_p(const std::vector<double>& first, const std::vector<double>& second) {
  struct Value {
    double value;
    bool is_first;
  };
  std::vector<Value> all;
  for (const double value : first) all.push_back({value, true});
  for (const double value : second) all.push_back({value, false});
  std::sort(all.begin(), all.end(), [](const Value& a, const Value& b) { return a.value < b.value; });
  const auto n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size()), n = n1 + n2;
  if (first.empty() || second.empty()) return 1;
  double rank_sum = 0, ties = 0;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end].value == all[begin].value) ++end;
    const auto count = static_cast<double>(end - begin);
    const double rank = (static_cast<double>(begin + 1) + static_cast<double>(end)) / 2;
    for (std::size_t i = begin; i < end; ++i) rank_sum += all[i].is_first ? rank : 0;
    ties += count * count * count - count;
    begin = end;
  }
  const double u = rank_sum - n1 * (n1 + 1) / 2;
  const double variance = n1 * n2 / 12 * ((n + 1) - ties / (n * (n - 1)));
  if (!(variance > 0)) return 1;
  const double z = std::max(0.0, std::abs(u - n1 * n2 / 2) - 0.5) / std::sqrt(variance);
  return std::erfc(z / std::sqrt(2.0));
}

std::vector<LatencyRatio> compare_suites(const LatencySuite& first, const LatencySuite& second, bool force) {
  if (!force) require_comparable(first, second);
  std::vector<LatencyRatio> ratios;
  for (const auto& result : first.results) {
    if (result.samples_us.empty()) continue;
    const auto* other = only(second, [&](const auto& candidate) { return same(result, candidate); });
    if (other == nullptr && force && only(first, [&](const auto& one) { return alike(result, one); }) == &result) {
      other = only(second, [&](const auto& candidate) { return alike(result, candidate); });
    }
    if (other == nullptr) continue;
    if (!force && !agree(result.model_sha256, other->model_sha256)) {
      throw ConfigError(
          fmt::format("{}: the two files hold different networks of this name; --force compares all the "
                      "same",
                      result.benchmark));
    }
    ratios.push_back(ratio_of(result, *other));
  }
  if (ratios.empty()) {
    throw ConfigError(
        fmt::format("no benchmark in common (modes: {} and {}); measure the same models, batches, threads and modes{}",
                    fmt::join(modes_of(first), ", "), fmt::join(modes_of(second), ", "),
                    force ? "" : ", or pair them by model and batch with --force"));
  }
  return ratios;
}

std::vector<LatencyRatio> compare_files(const CompareRequest& request) {
  const LatencySuite first = read_latencies(request.first), second = read_latencies(request.second);
  return compare_suites(first, second, request.force);
}

MedianAgreement agreement_of(const std::vector<LatencyRatio>& ratios) {
  MedianAgreement agreement;
  for (const auto& ratio : ratios) {
    const double difference = std::max(ratio.ratio, 1 / ratio.ratio) - 1;
    agreement.within += difference <= kAgreement ? 1 : 0;
    if (agreement.benchmark.empty() || difference > agreement.largest) {
      agreement.largest = difference;
      agreement.benchmark = ratio.benchmark;
    }
  }
  return agreement;
}

}  // namespace flnas
