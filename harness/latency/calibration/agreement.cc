#include "harness/latency/calibration/agreement.h"

#include <algorithm>
#include <cmath>

#include "harness/base/error.h"
#include "harness/metrics/comparison/rank_correlation.h"

namespace flnas {

Agreement compare_latencies(const std::vector<double>& estimated, const std::vector<double>& measured) {
  if (estimated.size() < 2) throw DataError("an agreement needs at least two latencies");
  Agreement agreement;
  agreement.cells = estimated.size();
  const double spearman = metrics::spearman(estimated, measured);
  if (!std::isnan(spearman)) agreement.spearman = spearman;
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
