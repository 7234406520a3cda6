#include "harness/train/augment.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <algorithm>
#include <cmath>

#include "harness/base/random.h"

namespace flnas {
namespace {

/// A [B, 1, 1, 1] tensor of one draw per image.
template <class Draw>
at::Tensor per_image(const at::Tensor& images, Draw&& draw) {
  at::Tensor values = at::empty({images.size(0), 1, 1, 1}, at::kFloat);
  for (std::int64_t i = 0; i < images.size(0); ++i) values.data_ptr<float>()[i] = static_cast<float>(draw());
  return values.to(images.device());
}

/// A side of at most `size` pixels, placed at random; the whole image where ten draws do not fit.
CropBox draw_box(Random& random, std::int64_t size, double least_share) {
  const double whole = static_cast<double>(size) * static_cast<double>(size);
  for (int attempt = 0; attempt < 10; ++attempt) {
    const double area = whole * random.uniform(least_share, 1);
    const double ratio = std::exp(random.uniform(std::log(3.0 / 4), std::log(4.0 / 3)));
    const auto width = static_cast<std::int64_t>(std::lround(std::sqrt(area * ratio)));
    const auto height = static_cast<std::int64_t>(std::lround(std::sqrt(area / ratio)));
    if (width < 1 || height < 1 || width > size || height > size) continue;
    const auto place = [&](std::int64_t side) {
      return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(size - side + 1)));
    };
    const std::int64_t top = place(height);
    return {.top = top, .left = place(width), .height = height, .width = width};
  }
  return {.top = 0, .left = 0, .height = size, .width = size};
}

/// Where the output's pixels lie along one side, [S], as grid_sampler wants them: -1 and 1 are the image's edges.
void place_pixels(float* places, std::int64_t size, std::int64_t start, std::int64_t length) {
  const double step = static_cast<double>(length) / static_cast<double>(size);
  for (std::int64_t i = 0; i < size; ++i) {
    const double inside = std::clamp((static_cast<double>(i) + 0.5) * step - 0.5, 0.0, static_cast<double>(length - 1));
    places[i] = static_cast<float>((2 * (static_cast<double>(start) + inside) + 1) / static_cast<double>(size) - 1);
  }
}

}  // namespace

at::Tensor crop_and_resize(const at::Tensor& images, const std::vector<CropBox>& boxes) {
  const std::int64_t n = images.size(0), size = images.size(3);
  const at::Tensor x = at::empty({n, 1, size}, at::kFloat), y = at::empty({n, size, 1}, at::kFloat);
  for (std::int64_t i = 0; i < n; ++i) {
    const CropBox& box = boxes[static_cast<std::size_t>(i)];
    place_pixels(x.data_ptr<float>() + i * size, size, box.left, box.width);
    place_pixels(y.data_ptr<float>() + i * size, size, box.top, box.height);
  }
  const auto whole = [&](const at::Tensor& places) { return places.to(images.device()).expand({n, size, size}); };
  constexpr int kBilinear = 0, kBorder = 1;
  return at::grid_sampler_2d(images, at::stack({whole(x), whole(y)}, 3), kBilinear, kBorder, /*align_corners=*/false);
}

at::Tensor to_unit_range(const at::Tensor& pixels) { return pixels.to(at::kFloat).div_(255); }

at::Tensor augment(const at::Tensor& pixels, std::uint64_t seed, double crop) {
  Random random(seed);
  const auto coin = [&] { return random.below(2); };
  const auto factor = [&] { return random.uniform(0.9, 1.1); };
  at::Tensor images = pixels;
  images = at::where(per_image(images, coin).to(at::kBool), images.flip({2}), images);
  images = at::where(per_image(images, coin).to(at::kBool), images.flip({3}), images);
  images = at::where(per_image(images, coin).to(at::kBool), images.transpose(2, 3), images);
  images = to_unit_range(images);
  if (crop < 1) {
    std::vector<CropBox> boxes;
    for (std::int64_t i = 0; i < images.size(0); ++i) boxes.push_back(draw_box(random, images.size(3), crop));
    images = crop_and_resize(images, boxes);
  }

  // x -> mean + contrast (x - mean) + brightness, then away from grey by saturation: both are affine in x, per image.
  const at::Tensor mean = images.mean({1, 2, 3}, true);
  const at::Tensor contrast = per_image(images, factor);
  const at::Tensor brightness = per_image(images, [&] { return random.uniform(-0.1, 0.1); });
  images.mul_(contrast).add_(mean * (1 - contrast) + brightness);
  const at::Tensor grey = images.mean(1, true);
  const at::Tensor saturation = per_image(images, factor);
  return images.mul_(saturation).add_(grey * (1 - saturation)).clamp_(0, 1);
}

}  // namespace flnas
