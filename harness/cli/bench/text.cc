#include "harness/cli/bench/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "harness/base/text.h"

namespace flnas::cli {
namespace {

std::string milliseconds(double us) { return fmt::format("{:.{}f}", us / 1e3, us < 1e4 ? 3 : us < 1e5 ? 2 : 1); }

std::string energy(const LatencyResult& result) {
  return result.joules_per_call ? fmt::format("{:.3g}", *result.joules_per_call / result.batch) : "not measured";
}

std::string peak(const std::optional<std::int64_t>& bytes) {
  return bytes ? format_bytes(static_cast<double>(*bytes)) : "-";
}

template <class Names>
std::size_t widest(const Names& names) {
  std::size_t width = 9;
  for (const auto& name : names) width = std::max(width, name.size());
  return width;
}

std::string measured_text(const LatencySuite& suite) {
  std::vector<std::string> names;
  for (const auto& result : suite.results) names.push_back(result.benchmark);
  const std::size_t width = widest(names);
  std::string text = fmt::format("{:<{}}  {:>10}  {:>21}  {:>10}  {:>9}  {:>10}  {:>12}  {}\n", "benchmark", width,
                                 "p50 ms", "95 % interval", "p90 ms", "images/s", "peak", "J/image", "mark");
  for (const auto& result : suite.results) {
    if (!result.latency) {
      text += fmt::format("{:<{}}  {}: {}\n", result.benchmark, width, result.status, result.reason);
      continue;
    }
    const std::string mark = result.mark != "measured"        ? result.mark
                             : suite.device != suite.platform ? suite.device
                                                              : "measured";
    const auto& latency = *result.latency;
    text += fmt::format("{:<{}}  {:>10}  {:>21}  {:>10}  {:>9.1f}  {:>10}  {:>12}  {}{}\n", result.benchmark, width,
                        milliseconds(latency.p50_us),
                        fmt::format("[{}, {}]", milliseconds(latency.p50_low_us), milliseconds(latency.p50_high_us)),
                        milliseconds(latency.p90_us), *result.images_per_second, peak(result.inference_peak_bytes),
                        energy(result), mark,
                        result.reason.empty() ? "" : fmt::format(" ({}: {})", result.status, result.reason));
  }
  return text;
}

std::string estimates_text(const LatencySuite& suite) {
  if (suite.estimates.empty()) return {};
  std::vector<std::string> names;
  for (const auto& estimate : suite.estimates) {
    names.push_back(fmt::format("{}/batch:{}/threads:{}", estimate.model, estimate.batch, estimate.threads));
  }
  const std::size_t width = widest(names);
  std::string text = fmt::format("\n{:<{}}  {:>10}  {:>21}  {:>10}  {}\n", suite.platform, width, "ms",
                                 "95 % expected between", "GMACs", "mark");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& estimate = suite.estimates[i];
    text += fmt::format("{:<{}}  {:>10}  {:>21}  {:>10.3f}  {}\n", names[i], width, milliseconds(estimate.median_us),
                        fmt::format("[{}, {}]", milliseconds(estimate.low_us), milliseconds(estimate.high_us)),
                        static_cast<double>(estimate.macs) / 1e9, estimate.mark);
  }
  return text;
}

std::vector<LatencyRatio> trusted(const std::vector<LatencyRatio>& ratios) {
  std::vector<LatencyRatio> found;
  std::copy_if(ratios.begin(), ratios.end(), std::back_inserter(found), [](const auto& one) { return one.trusted; });
  return found;
}

std::string agreement_text(const char* which, const std::vector<LatencyRatio>& ratios) {
  if (ratios.empty()) return fmt::format("{}: none\n", which);
  const MedianAgreement agreement = agreement_of(ratios);
  return fmt::format("{}: {} of {} within {:.0f} % of each other, the largest difference {:.1f} % ({})\n", which,
                     agreement.within, ratios.size(), 100 * kAgreement, 100 * agreement.largest, agreement.benchmark);
}

}  // namespace

std::string suite_text(const LatencySuite& suite) { return measured_text(suite) + estimates_text(suite); }

std::string ratios_text(const std::vector<LatencyRatio>& ratios) {
  std::vector<std::string> names;
  for (const auto& ratio : ratios) names.push_back(ratio.benchmark);
  const std::size_t width = widest(names);
  std::string text = fmt::format("{:<{}}  {:>10}  {:>10}  {:>7}  {:>16}  {:>8}\n", "benchmark", width, "first ms",
                                 "second ms", "ratio", "95 % interval", "p");
  for (const auto& ratio : ratios) {
    text +=
        fmt::format("{:<{}}  {:>10}  {:>10}  {:>7.3f}  {:>16}  {:>8.2g}  {}{}{}\n", ratio.benchmark, width,
                    milliseconds(ratio.first_us), milliseconds(ratio.second_us), ratio.ratio,
                    fmt::format("[{:.3f}, {:.3f}]", ratio.low, ratio.high), ratio.p_value,
                    !ratio.significant ? "no difference"
                    : ratio.ratio < 1  ? "faster"
                                       : "slower",
                    ratio.trusted ? "" : ", not to be trusted",
                    ratio.largest_difference ? fmt::format(", logits within {:.1e}", *ratio.largest_difference) : "");
  }
  return text + agreement_text("medians", ratios) + agreement_text("of those that both runs trust", trusted(ratios));
}

}  // namespace flnas::cli
