#include "harness/proxies/jacobian.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <cmath>
#include <limits>
#include <vector>

namespace flnas::proxies {
namespace {

constexpr double kSmall = 1e-5;

/// Pearson's between rows, [N, N] float64.
at::Tensor correlations(const at::Tensor& rows) {
  const at::Tensor wide = rows.to(at::kDouble);
  const at::Tensor centred = wide - wide.mean(1, /*keepdim=*/true);
  const at::Tensor products = centred.matmul(centred.t());
  const at::Tensor scale = products.diagonal().sqrt();
  return (products / scale.unsqueeze(0) / scale.unsqueeze(1)).clamp(-1, 1);
}

}  // namespace

double jacov(const at::Tensor& jacobian) {
  const at::Tensor matrix = correlations(jacobian);
  if (matrix.isnan().any().item<bool>()) return std::numeric_limits<double>::quiet_NaN();
  const at::Tensor values = at::linalg_eigvalsh(matrix) + kSmall;
  return -(values.log() + values.reciprocal()).sum().item<double>();
}

double epe_nas(const at::Tensor& jacobian, const at::Tensor& labels, std::int64_t classes) {
  std::vector<double> scores;
  for (std::int64_t label = 0; label < classes; ++label) {
    const at::Tensor members = labels.eq(label).nonzero().flatten();
    if (members.numel() == 0) continue;
    const at::Tensor matrix = correlations(jacobian.index_select(0, members));
    const double sum = (matrix.abs() + kSmall).log().sum().item<double>();
    scores.push_back(classes > 100 ? sum / static_cast<double>(members.numel()) : sum);
  }
  double total = 0;
  for (const double score : scores) {
    if (classes <= 100) {
      total += std::abs(score);
    } else {
      for (const double other : scores) total += std::abs(score - other);
    }
  }
  return classes <= 100 ? total : total / static_cast<double>(scores.size());
}

}  // namespace flnas::proxies
