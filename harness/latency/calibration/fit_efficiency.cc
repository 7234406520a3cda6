#include "harness/latency/calibration/fit_efficiency.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/random.h"

namespace flnas {
namespace {

/// Logarithms of what the fit may change: the common factor, then each share's own deviation from it.
constexpr std::size_t kFitted = 4, kParameters = kFitted + 1;
using Vector = std::array<double, kParameters>;
using Matrix = std::array<Vector, kParameters>;

constexpr double kResidualScale = 0.05;
constexpr double kHuber = 1.345, kHuberBelow = 3 * kHuber;
constexpr double kPriorDeviation = 0.7;

Efficiency scaled(const Efficiency& prior, const Vector& logs) {
  Efficiency e = prior;
  for (double* share : {&e.convolution, &e.pointwise, &e.depthwise, &e.linear, &e.pooling, &e.unrolled}) {
    *share *= std::exp(logs[0]);
  }
  e.convolution *= std::exp(logs[1]);
  e.pointwise *= std::exp(logs[2]);
  e.pooling *= std::exp(logs[3]);
  e.unrolled *= std::exp(logs[4]);
  return e;
}

/// Solves a x = b for a symmetric positive definite matrix, by Cholesky's factors in place.
Vector solve(Matrix a, Vector b) {
  for (std::size_t i = 0; i < kParameters; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i][k] * a[j][k];
      a[i][j] = i == j ? std::sqrt(sum) : sum / a[j][j];
    }
  }
  for (std::size_t i = 0; i < kParameters; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = kParameters; i-- > 0;) {
    for (std::size_t k = i + 1; k < kParameters; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

double huber_weight(double residual) {
  const double limit = (residual > 0 ? kHuber : kHuberBelow) * kResidualScale;
  return std::min(1.0, limit / std::max(std::abs(residual), 1e-12));
}

}  // namespace

Efficiency fit_efficiency(const std::vector<MeasuredCell>& sample, const CellDataSet& data_set, const Rates& rates,
                          const Efficiency& prior, int threads) {
  if (sample.empty()) throw DataError("efficiencies cannot be fitted on no cells at all");
  const auto times = [&](const Vector& logs) { return cell_times(data_set, rates, scaled(prior, logs), threads); };
  constexpr double kStep = 1e-4, kFarthest = 0.5;
  constexpr int kIterations = 60;
  Vector logs{};
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    const CellTimes now = times(logs);
    std::array<CellTimes, kParameters> changed;
    for (std::size_t k = 0; k < kParameters; ++k) {
      Vector next = logs;
      next[k] += kStep;
      changed[k] = times(next);
    }
    Matrix normal{};
    normal[0][0] = 1e-9;
    Vector right{};
    for (const auto& measured : sample) {
      const double estimate = now.latency_us(measured.executed);
      const double residual = std::log(measured.latency_us / estimate);
      const double weight = huber_weight(residual) / (kResidualScale * kResidualScale);
      Vector slope;
      for (std::size_t k = 0; k < kParameters; ++k) {
        slope[k] = std::log(changed[k].latency_us(measured.executed) / estimate) / kStep;
      }
      for (std::size_t i = 0; i < kParameters; ++i) {
        right[i] += weight * slope[i] * residual;
        for (std::size_t j = 0; j < kParameters; ++j) normal[i][j] += weight * slope[i] * slope[j];
      }
    }
    for (std::size_t k = 1; k < kParameters; ++k) {
      normal[k][k] += 1 / (kPriorDeviation * kPriorDeviation);
      right[k] -= logs[k] / (kPriorDeviation * kPriorDeviation);
    }
    const Vector step = solve(normal, right);
    double farthest = 0;
    for (std::size_t k = 0; k < kParameters; ++k) {
      logs[k] += std::clamp(step[k], -kFarthest, kFarthest);
      farthest = std::max(farthest, std::abs(step[k]));
    }
    if (farthest < 1e-6) break;
  }
  return scaled(prior, logs);
}

const char* to_string(Choice choice) { return choice == Choice::kRandom ? "random" : "spread"; }

Choice choice_from_name(const std::string& name) {
  return find_name("choice", name, {"random", "spread"}) == 0 ? Choice::kRandom : Choice::kSpread;
}

std::vector<std::size_t> choose_cells(const std::vector<MeasuredCell>& cells, std::size_t count, Choice choice,
                                      const CellTimes& times, std::uint64_t seed) {
  constexpr std::size_t kCandidates = 400;
  std::vector<std::size_t> order(cells.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  Random random(seed);
  random.shuffle(order);
  count = std::min(count, order.size());
  if (choice == Choice::kRandom) {
    order.resize(count);
    return order;
  }
  order.resize(std::min(order.size(), std::max(kCandidates, count)));
  // What share of a network's time each kind of operation has: the slopes of the logarithm of its latency.
  const auto shares = [&](std::size_t cell) {
    const ExecutedOperations& e = cells[cell].executed;
    Vector v{times.fixed_us, e.conv_3x3 * times.conv_3x3_us, e.conv_1x1 * times.conv_1x1_us,
             e.pooling * times.pooling_us, e.additions * times.addition_us};
    const double total = times.latency_us(e);
    for (double& part : v) part /= total;
    return v;
  };
  Matrix information{};
  for (std::size_t k = 0; k < kParameters; ++k) information[k][k] = 1e-3;
  for (std::size_t chosen = 0; chosen < count; ++chosen) {
    // The cell whose estimate is the least certain so far adds most to the determinant.
    std::size_t best = chosen;
    double most = -1;
    for (std::size_t i = chosen; i < order.size(); ++i) {
      const Vector v = shares(order[i]), w = solve(information, v);
      double variance = 0;
      for (std::size_t k = 0; k < kParameters; ++k) variance += v[k] * w[k];
      if (variance > most) most = variance, best = i;
    }
    std::swap(order[chosen], order[best]);
    const Vector v = shares(order[chosen]);
    for (std::size_t i = 0; i < kParameters; ++i) {
      for (std::size_t j = 0; j < kParameters; ++j) information[i][j] += v[i] * v[j];
    }
  }
  order.resize(count);
  return order;
}

}  // namespace flnas
