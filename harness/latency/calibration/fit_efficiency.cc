#include "harness/latency/calibration/fit_efficiency.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/random.h"

namespace flnas {
namespace {

/// What the fit may change, as logarithms: one factor of all shares, then each share's own deviation from it.
enum Parameter { kCommon, kConvolution, kPointwise, kPooling, kUnrolled, kParameters };
using Vector = Eigen::Matrix<double, kParameters, 1>;
using Matrix = Eigen::Matrix<double, kParameters, kParameters>;

constexpr double kResidualScale = 0.05;
constexpr double kHuber = 1.345, kHuberBelow = 3 * kHuber;
constexpr double kPriorDeviation = 0.7;

Efficiency scaled(const Efficiency& prior, const Vector& logs) {
  Efficiency e = prior;
  for (double* share : {&e.convolution, &e.pointwise, &e.depthwise, &e.linear, &e.pooling, &e.unrolled}) {
    *share *= std::exp(logs[kCommon]);
  }
  e.convolution *= std::exp(logs[kConvolution]);
  e.pointwise *= std::exp(logs[kPointwise]);
  e.pooling *= std::exp(logs[kPooling]);
  e.unrolled *= std::exp(logs[kUnrolled]);
  return e;
}

double huber_weight(double residual) {
  const double limit = (residual > 0 ? kHuber : kHuberBelow) * kResidualScale;
  return std::min(1.0, limit / std::max(std::abs(residual), 1e-12));
}

/// Times as a function of the parameters.
using Times = std::function<CellTimes(const Vector&)>;

/// The step of Gauss and Newton's method from `logs`: iteratively reweighted least squares with the prior.
Vector robust_step(const std::vector<MeasuredCell>& sample, const Times& times, const Vector& logs) {
  constexpr double kStep = 1e-4;
  const CellTimes now = times(logs);
  std::vector<CellTimes> changed;
  for (int k = 0; k < kParameters; ++k) changed.push_back(times(logs + kStep * Vector::Unit(k)));
  Vector precision = Vector::Constant(1 / (kPriorDeviation * kPriorDeviation));
  precision[kCommon] = 0;
  Matrix normal = precision.asDiagonal();
  normal(kCommon, kCommon) = 1e-9;
  Vector right = -precision.cwiseProduct(logs);
  for (const auto& measured : sample) {
    const double estimate = now.latency_us(measured.executed);
    const double residual = std::log(measured.latency_us / estimate);
    const double weight = huber_weight(residual) / (kResidualScale * kResidualScale);
    Vector slope;
    for (int k = 0; k < kParameters; ++k) {
      slope[k] = std::log(changed[static_cast<std::size_t>(k)].latency_us(measured.executed) / estimate) / kStep;
    }
    right += weight * residual * slope;
    normal += weight * slope * slope.transpose();
  }
  return normal.llt().solve(right);
}

/// What share of a network's time each kind of operation has: the slopes of the logarithm of its latency.
Vector time_shares(const ExecutedOperations& e, const CellTimes& times) {
  const Vector parts{times.fixed_us, e.conv_3x3 * times.conv_3x3_us, e.conv_1x1 * times.conv_1x1_us,
                     e.pooling * times.pooling_us, e.additions * times.addition_us};
  return parts / times.latency_us(e);
}

}  // namespace

Efficiency fit_efficiency(const std::vector<MeasuredCell>& sample, const CellDataSet& data_set, const Rates& rates,
                          const Efficiency& prior, int threads) {
  if (sample.empty()) throw DataError("efficiencies cannot be fitted on no cells at all");
  const Times times = [&](const Vector& logs) { return cell_times(data_set, rates, scaled(prior, logs), threads); };
  constexpr double kFarthest = 0.5;
  constexpr int kIterations = 60;
  Vector logs = Vector::Zero();
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    const Vector step = robust_step(sample, times, logs);
    logs += step.cwiseMax(-kFarthest).cwiseMin(kFarthest);
    if (step.cwiseAbs().maxCoeff() < 1e-6) break;
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
  Matrix information = 1e-3 * Matrix::Identity();
  for (std::size_t chosen = 0; chosen < count; ++chosen) {
    // The cell whose estimate is the least certain so far adds most to the determinant.
    const Eigen::LLT<Matrix> factors(information);
    std::size_t best = chosen;
    double most = -1;
    for (std::size_t i = chosen; i < order.size(); ++i) {
      const Vector shares = time_shares(cells[order[i]].executed, times);
      const double variance = shares.dot(factors.solve(shares));
      if (variance > most) most = variance, best = i;
    }
    std::swap(order[chosen], order[best]);
    const Vector shares = time_shares(cells[order[chosen]].executed, times);
    information += shares * shares.transpose();
  }
  order.resize(count);
  return order;
}

}  // namespace flnas
