#include "harness/metrics/scores/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "harness/base/random.h"
#include "harness/metrics/intervals/bounded_mean.h"
#include "harness/metrics/intervals/gaussian_noise.h"
#include "harness/metrics/intervals/rate_interval.h"

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

using Bins = std::array<double, kCalibrationBins>;

/// Of a share of so many lesions: with the further ones that Agresti and Coull's interval has.
double share_variance(double share, double lesions, double level) {
  const double z = normal_quantile((1 + level) / 2), further = z * z;
  const double centre = (share * lesions + further / 2) / (lesions + further);
  return centre * (1 - centre) / lesions;
}

}  // namespace

Calibration::Calibration(std::span<const std::uint32_t> rows, std::span<const double> probabilities,
                         std::span<const int> labels, std::span<const int> lesions, std::size_t classes, int positive)
    : largest_square_(classes == 2 ? 1 : 2) {
  for (const std::uint32_t row : rows) {
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
    hits_.push_back(label == judged ? 1 : 0);
    spread_.push_back(p[judged] * (1 - p[judged]));
    bins_.push_back(bin_of(p[judged]));
    lesion_.push_back(static_cast<std::size_t>(lesions[row]));
  }
  for (const int lesion : lesions) all_units_ = std::max(all_units_, static_cast<std::size_t>(lesion) + 1);
}

Influence Calibration::brier() const {
  if (squares_.empty()) return {kNaN, {}, 0, 0};
  const auto rows = static_cast<double>(squares_.size());
  double sum = 0;
  for (const double square : squares_) sum += square;
  Influence found{sum / rows, std::vector<double>(all_units_), 0, 0};
  std::vector<bool> has_row(all_units_);
  for (std::size_t i = 0; i < squares_.size(); ++i) {
    found.of_unit[lesion_[i]] += (squares_[i] - found.value) / rows;
    has_row[lesion_[i]] = true;
  }
  found.units = static_cast<double>(std::count(has_row.begin(), has_row.end(), true));
  found.freedom = std::max(found.units - 1, 1.0);
  return found;
}

Estimate Calibration::brier_estimate(double level, Rules rules) const {
  if (rules < Rules::kVersion4) return positive_interval(brier(), largest_square_, level);
  std::vector<UnitSum> of_lesion(all_units_);
  for (std::size_t i = 0; i < squares_.size(); ++i) {
    of_lesion[lesion_[i]].sum += squares_[i];
    ++of_lesion[lesion_[i]].rows;
  }
  Estimate found = bounded_mean_interval(of_lesion, largest_square_, level);
  found.value = brier().value;  // added in the order of the rows, as in comparisons
  return {found.value, std::fmin(found.low, found.value), std::fmax(found.high, found.value)};
}

double Calibration::ece() const {
  Bins sums{};
  double sum = 0;
  for (std::size_t i = 0; i < gaps_.size(); ++i) sums[bins_[i]] += gaps_[i];
  for (const double gap : sums) sum += std::abs(gap);
  return gaps_.empty() ? kNaN : sum / static_cast<double>(gaps_.size());
}

GapEstimate Calibration::ece_estimate(const BootstrapConfig& config, Rules rules) const {
  if (gaps_.empty()) return {kNaN, kNaN, kNaN, kNaN};
  const auto rows = static_cast<double>(gaps_.size());
  struct Lesion {
    Bins gaps{}, rows{};
  };
  std::map<std::size_t, Lesion> by_lesion;
  Bins sums{}, spread{}, count{}, hits{}, units{};
  for (std::size_t i = 0; i < gaps_.size(); ++i) {
    Lesion& lesion = by_lesion[lesion_[i]];
    lesion.gaps[bins_[i]] += gaps_[i] / rows;
    ++lesion.rows[bins_[i]];
    sums[bins_[i]] += gaps_[i] / rows;
    spread[bins_[i]] += spread_[i] / (rows * rows);
    ++count[bins_[i]];
    hits[bins_[i]] += hits_[i];
  }
  for (const auto& [index, lesion] : by_lesion) {
    for (std::size_t bin = 0; bin < kCalibrationBins; ++bin) units[bin] += lesion.rows[bin] > 0 ? 1 : 0;
  }
  std::vector<std::size_t> used;
  for (std::size_t bin = 0; bin < kCalibrationBins; ++bin) {
    if (count[bin] > 0) used.push_back(bin);
  }
  std::vector<double> gaps, counts;
  std::vector<std::vector<double>> covariance;
  GapSum sum;
  const auto lesions = static_cast<double>(by_lesion.size());
  for (std::size_t i = 0; i < used.size(); ++i) {
    gaps.push_back(sums[used[i]]);
    counts.push_back(count[used[i]] * lesions / rows);
    sum.push_back({1, i, i});
    auto& row = covariance.emplace_back();
    for (const std::size_t other : used) row.push_back(-sums[used[i]] * sums[other] / lesions);
  }
  for (const auto& [index, lesion] : by_lesion) {
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (lesion.rows[used[i]] == 0) continue;
      for (std::size_t j = 0; j < used.size(); ++j) covariance[i][j] += lesion.gaps[used[i]] * lesion.gaps[used[j]];
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    // Where all of a few rows are hits, the sample's own variance is nearly 0; that of calibrated answers is not.
    covariance[i][i] = std::max(covariance[i][i], spread[used[i]]);
    if (rules < Rules::kVersion4) continue;
    const double of_bin = count[used[i]];
    const double variance = share_variance(hits[used[i]] / of_bin, units[used[i]], config.level);
    covariance[i][i] = std::max(covariance[i][i], variance * of_bin * of_bin / (rows * rows));
  }
  const auto noisy =
      gaussian_noise(std::move(gaps), std::move(covariance), counts, config.resamples, mix_seed(config.seed, 3));
  GapEstimate found = gap_interval(sum, noisy, config.level);
  found.high = std::min(found.high, 1.0);
  return found;
}

}  // namespace flnas::metrics
