#include "harness/metrics/intervals/gaussian_noise.h"

#include <algorithm>
#include <cmath>

#include "harness/base/random.h"

namespace flnas::metrics {
namespace {

/// The lower triangle whose product with itself is the matrix; where that is only semidefinite, columns are 0.
void cholesky(std::vector<std::vector<double>>& matrix) {
  constexpr double kSemidefinite = 1e-12;
  for (std::size_t k = 0; k < matrix.size(); ++k) {
    const double whole = matrix[k][k];
    double left = whole;
    for (std::size_t j = 0; j < k; ++j) left -= matrix[k][j] * matrix[k][j];
    const double root = left > kSemidefinite * whole ? std::sqrt(left) : 0;
    matrix[k][k] = root;
    for (std::size_t i = k + 1; i < matrix.size(); ++i) {
      double sum = matrix[i][k];
      for (std::size_t j = 0; j < k; ++j) sum -= matrix[i][j] * matrix[k][j];
      matrix[i][k] = root > 0 ? sum / root : 0;
    }
  }
}

}  // namespace

NoisyGaps gaussian_noise(std::vector<double> gaps, std::vector<std::vector<double>> covariance,
                         const std::vector<double>& rows, int draws, std::uint64_t seed) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      const auto factor = [&](std::size_t at) { return std::sqrt((rows[at] + 2) / std::max(rows[at] - 3, 1.0)); };
      covariance[i][j] *= factor(i) * factor(j);
    }
  }
  cholesky(covariance);
  NoisyGaps noisy{std::move(gaps),
                  std::vector<std::vector<double>>(rows.size(), std::vector<double>(static_cast<std::size_t>(draws)))};
  Random random(seed);
  std::vector<double> independent(rows.size());
  for (std::size_t draw = 0; draw < static_cast<std::size_t>(draws); ++draw) {
    for (double& value : independent) value = random.normal();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      double sum = 0;
      for (std::size_t j = 0; j <= i; ++j) sum += covariance[i][j] * independent[j];
      noisy.noise[i][draw] = sum;
    }
  }
  return noisy;
}

}  // namespace flnas::metrics
