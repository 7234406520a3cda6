#include "harness/latency/agreement.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/base/error.h"

namespace flnas {
namespace {

/// Ranks from 0, ties by their mean.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> result(values.size());
  for (std::size_t first = 0, last; first < order.size(); first = last) {
    for (last = first + 1; last < order.size() && values[order[last]] == values[order[first]];) ++last;
    for (std::size_t i = first; i < last; ++i) result[order[i]] = static_cast<double>(first + last - 1) / 2;
  }
  return result;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n,
               mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

}  // namespace

Agreement compare_latencies(const std::vector<double>& estimated, const std::vector<double>& measured) {
  if (estimated.size() < 2) throw DataError("an agreement needs at least two latencies");
  Agreement agreement;
  agreement.cells = estimated.size();
  agreement.spearman = correlation(ranks(estimated), ranks(measured));
  std::vector<double> ratios, errors;
  for (std::size_t i = 0; i < estimated.size(); ++i) {
    const double off = std::abs(estimated[i] / measured[i] - 1);
    agreement.within_10 += off <= 0.1 ? 1 : 0;
    agreement.within_20 += off <= 0.2 ? 1 : 0;
    ratios.push_back(measured[i] / estimated[i]);
    errors.push_back(std::abs(ratios.back() - 1));
  }
  const double n = static_cast<double>(estimated.size());
  agreement.within_10 /= n, agreement.within_20 /= n;
  std::sort(ratios.begin(), ratios.end());
  std::sort(errors.begin(), errors.end());
  const auto quantile = [](const std::vector<double>& sorted, double q) {
    return sorted[static_cast<std::size_t>(std::llround(q * static_cast<double>(sorted.size() - 1)))];
  };
  agreement.median_error = quantile(errors, 0.5);
  agreement.ratio_low = quantile(ratios, 0.025);
  agreement.ratio_high = quantile(ratios, 0.975);
  return agreement;
}

}  // namespace flnas
