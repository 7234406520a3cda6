#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace flnas {

/// Pixels as a model sees them: float32 in [0, 1], shape kept.
at::Tensor to_unit_range(const at::Tensor& pixels);

/// A part of an image, in whole pixels.
struct CropBox {
  std::int64_t top = 0, left = 0, height = 0, width = 0;
};

/// The box of each image, resized to the size of the whole image by bilinear interpolation (half-pixel centres; nothing
/// outside the box is used). Shapes: float32 [B, C, S, S], B boxes -> float32 [B, C, S, S].
at::Tensor crop_and_resize(const at::Tensor& images, const std::vector<CropBox>& boxes);

/// Random flips and right-angle rotations (the eight symmetries of the square, equally likely for each image) and
/// small changes of brightness (+-0.1), contrast and saturation (x 0.9 to 1.1), on a whole batch at once.
/// With `crop` below 1 also random-resized crops (Szegedy et al., arXiv 1409.4842, as torchvision's
/// RandomResizedCrop draws them): a box of crop to 1 of the area and sides of 3:4 to 4:3, enlarged to the image's size.
/// Shapes: uint8 [B, 3, S, S] on any device -> float32 [B, 3, S, S] in [0, 1]. The draws depend on `seed` only, and
/// are the same on CPU and CUDA.
at::Tensor augment(const at::Tensor& pixels, std::uint64_t seed, double crop = 1);

}  // namespace flnas
