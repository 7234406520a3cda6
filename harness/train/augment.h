#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace flnas {

/// Pixels as a model sees them: float32 in [0, 1], shape kept.
at::Tensor to_unit_range(const at::Tensor& pixels);

/// Random flips and right-angle rotations (the eight symmetries of the square, equally likely for each image) and
/// small changes of brightness (+-0.1), contrast and saturation (x 0.9 to 1.1), on a whole batch at once.
/// Shapes: uint8 [B, 3, S, S] on any device -> float32 [B, 3, S, S] in [0, 1]. The draws depend on `seed` only, and
/// are the same on CPU and CUDA.
at::Tensor augment(const at::Tensor& pixels, std::uint64_t seed);

}  // namespace flnas
