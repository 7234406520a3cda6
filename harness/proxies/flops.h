#pragma once

namespace flnas::nn {
struct Cost;
}

namespace flnas::proxies {

/// Operations of one forward pass as the published tables count them, in millions (the tables' unit): one for each
/// multiply-accumulate of convolutions and matrix products, two for each output of a norm, one for each of an
/// activation, the window's size for each of a pooling; of a global average the window is one larger on each side.
/// Equal to the `flops` of NAS-Bench-Suite-Zero (Krishnakumar et al., NeurIPS Datasets and Benchmarks 2022), whose
/// counter is TensorWatch's, in every cell of NAS-Bench-201 that was compared.
double millions_of_flops(const nn::Cost& cost);

}  // namespace flnas::proxies
