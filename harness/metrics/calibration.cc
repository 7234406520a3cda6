#include "harness/metrics/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace flnas::metrics {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

constexpr double kRounding = 1e-7;  // 0.3 that was stored as a float is above 0.3

std::uint8_t bin_of(double probability) {
  constexpr auto kBins = static_cast<double>(kCalibrationBins);
  std::size_t bin = 0;
  while (bin + 1 < kCalibrationBins && probability > static_cast<double>(bin + 1) / kBins + kRounding) ++bin;
  return static_cast<std::uint8_t>(bin);
}

}  // namespace

Calibration::Calibration(std::span<const std::uint32_t> rows, std::span<const double> probabilities,
                         std::span<const int> labels, std::size_t classes, int positive)
    : rows_(rows.begin(), rows.end()) {
  for (const std::uint32_t row : rows_) {
    const auto p = probabilities.subspan(row * classes, classes);
    const auto label = static_cast<std::size_t>(labels[row]);
    std::size_t judged = static_cast<std::size_t>(positive);
    double square = 0;
    if (classes == 2) {
      const double miss = p[judged] - (label == judged ? 1 : 0);
      square = miss * miss;
    } else {
      judged = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
      for (std::size_t c = 0; c < classes; ++c) square += (p[c] - (c == label ? 1 : 0)) * (p[c] - (c == label ? 1 : 0));
    }
    squares_.push_back(square);
    gaps_.push_back(p[judged] - (label == judged ? 1 : 0));
    bins_.push_back(bin_of(p[judged]));
  }
}

double Calibration::brier(Times times) const {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    sum += times[rows_[i]] * squares_[i];
    count += times[rows_[i]];
  }
  return count == 0 ? kNaN : sum / count;
}

double Calibration::ece(Times times) const {
  std::array<double, kCalibrationBins> sums{};
  double count = 0, sum = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    sums[bins_[i]] += times[rows_[i]] * gaps_[i];
    count += times[rows_[i]];
  }
  for (const double gap : sums) sum += std::abs(gap);
  return count == 0 ? kNaN : sum / count;
}

}  // namespace flnas::metrics
