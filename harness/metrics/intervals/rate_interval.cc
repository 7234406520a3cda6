#include "harness/metrics/intervals/rate_interval.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace flnas::metrics {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

struct Lesion {
  double rows = 0, hits = 0;
};

/// How many independent rows would have the variance that the share has over lesions.
double worth(const std::map<int, Lesion>& lesions, double share, double rows) {
  const auto count = static_cast<double>(lesions.size());
  if (share == 0 || share == 1 || lesions.size() < 2) return count;
  if (count == rows) return rows;
  double squares = 0;
  for (const auto& [index, lesion] : lesions) squares += std::pow(lesion.hits - share * lesion.rows, 2);
  const double variance = squares * count / (count - 1) / (rows * rows);
  return std::min(rows, share * (1 - share) / variance);
}

}  // namespace

double normal_quantile(double share) {
  double low = -10, high = 10;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

Estimate rate_interval(std::span<const int> lesions, std::span<const std::uint8_t> hits, double level, Rules rules) {
  if (lesions.empty()) return {kUndefined, kUndefined, kUndefined};
  std::map<int, Lesion> found;
  double all = 0;
  for (std::size_t row = 0; row < lesions.size(); ++row) {
    Lesion& lesion = found[lesions[row]];
    ++lesion.rows;
    lesion.hits += hits[row];
    all += hits[row];
  }
  const auto rows = static_cast<double>(lesions.size());
  const double share = all / rows, n = worth(found, share, rows), z = normal_quantile((1 + level) / 2);
  const double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  const double half = rules >= Rules::kVersion4
                          ? z * std::sqrt(middle * (1 - middle) / (n + z * z))
                          : z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // Rates so near to 0 or 1 show both, hits and misses, in fewer samples than the interval may leave out.
  const double excluded = rules >= Rules::kVersion4 ? -std::log(level) / n : 0;
  return {share, share == 0 ? 0.0 : std::max(std::min(excluded, share), middle - half),
          share == 1 ? 1.0 : std::min(std::max(1 - excluded, share), middle + half)};
}

Estimate mean_of(const std::vector<Estimate>& rates) {
  double count = 0, sum = 0, below = 0, above = 0;
  for (const Estimate& rate : rates) {
    if (std::isnan(rate.value)) continue;
    ++count;
    sum += rate.value;
    below += std::pow(rate.value - rate.low, 2);
    above += std::pow(rate.high - rate.value, 2);
  }
  if (count == 0) return {kUndefined, kUndefined, kUndefined};
  return {sum / count, (sum - std::sqrt(below)) / count, (sum + std::sqrt(above)) / count};
}

Estimate weighted_mean_of(const std::vector<Estimate>& rates, const std::vector<double>& weights) {
  double whole = 0, sum = 0, below = 0, above = 0;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (weights[i] == 0) continue;
    whole += weights[i];
    sum += weights[i] * rates[i].value;
    below += std::pow(weights[i] * (rates[i].value - rates[i].low), 2);
    above += std::pow(weights[i] * (rates[i].high - rates[i].value), 2);
  }
  if (whole == 0 || std::isnan(sum)) return {kUndefined, kUndefined, kUndefined};
  return {sum / whole, (sum - std::sqrt(below)) / whole, (sum + std::sqrt(above)) / whole};
}

Estimate difference_of(const Estimate& first, const Estimate& second) {
  const double value = first.value - second.value;
  if (std::isnan(value)) return {kUndefined, kUndefined, kUndefined};
  return {value, value - std::hypot(first.value - first.low, second.high - second.value),
          value + std::hypot(first.high - first.value, second.value - second.low)};
}

}  // namespace flnas::metrics
