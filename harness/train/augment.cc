#include "harness/train/augment.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

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

}  // namespace

at::Tensor to_unit_range(const at::Tensor& pixels) { return pixels.to(at::kFloat).div_(255); }

at::Tensor augment(const at::Tensor& pixels, std::uint64_t seed) {
  Random random(seed);
  const auto coin = [&] { return random.below(2); };
  const auto factor = [&] { return random.uniform(0.9, 1.1); };
  at::Tensor images = pixels;
  images = at::where(per_image(images, coin).to(at::kBool), images.flip({2}), images);
  images = at::where(per_image(images, coin).to(at::kBool), images.flip({3}), images);
  images = at::where(per_image(images, coin).to(at::kBool), images.transpose(2, 3), images);
  images = to_unit_range(images);

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
