#pragma once

#include <cstdint>

namespace flnas::nn {
class Classifier;
}

namespace flnas::proxies {

/// The natural logarithm of the synaptic flow: sum over the layers' weights of |w dR/dw|, where R is the sum of the
/// logits of one image of ones, [3, size, size], with all parameters by their absolute values and without batch norm,
/// in float64. 0 where the flow is 0 (no path from the image). The model is left as it was.
/// Source: Tanaka et al., Pruning neural networks without any data by iteratively conserving synaptic flow, NeurIPS
/// 2020; without batch norm, and the logarithm: NASLib, as the published values.
double synflow(nn::Classifier& model, std::int64_t size);

}  // namespace flnas::proxies
