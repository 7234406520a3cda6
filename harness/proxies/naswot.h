#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace flnas::proxies {

/// NASWOT: log |det K| of the kernel of binary activation codes, K_ij = the number of units that are on (above zero) in
/// both or in neither of images i and j, over all `activations` [N, ...]. -inf where two images have equal codes; NaN
/// without activations.
/// Source: Mellor et al., Neural Architecture Search without Training, ICML 2021. Differs: one matrix product a layer
/// instead of two, by K = 2 X X' + d - r_i - r_j.
double naswot(const std::vector<at::Tensor>& activations);

}  // namespace flnas::proxies
