#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace flnas::proxies {

// Proxies from the gradient of the sum of all logits by the images, one row per image: jacobian [N, D]. Both are NaN
// where a row is constant, as in a network whose logits do not see the image.

/// Jacob_cov: -sum over the eigenvalues v of the rows' correlation matrix of log(v + k) + 1 / (v + k), k = 1e-5. At
/// most -N, where no rows correlate.
/// Source: Mellor et al., Neural Architecture Search without Training, arXiv 2006.04647 version 1, 2020.
double jacov(const at::Tensor& jacobian);

/// EPE-NAS: each class's s_c = sum of log(|r| + 1e-5) over the correlation matrix of its rows; up to 100 classes the
/// sum of |s_c|, for more the mean over the classes of sum_d |s_c - s_d|, where s_c is divided by the rows of its
/// class. labels [N], `classes`: the network's outputs.
/// Source: Lopes, Alirezazadeh, Alexandre, EPE-NAS, ICANN 2021; the authors' code, as NASLib has it.
double epe_nas(const at::Tensor& jacobian, const at::Tensor& labels, std::int64_t classes);

}  // namespace flnas::proxies
