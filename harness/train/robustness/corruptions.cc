#include "harness/train/robustness/corruptions.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "datasets/images/decode.h"

namespace flnas {
namespace {

constexpr double kImageNetSide = 224;

at::Tensor noise_level(const at::Tensor& images, double severity, std::uint64_t seed) {
  return gaussian_noise(images, severity, seed);
}

at::Tensor blur_level(const at::Tensor& images, double severity, std::uint64_t) {
  return gaussian_blur(images, severity * static_cast<double>(images.size(3)) / kImageNetSide);
}

at::Tensor brightness_level(const at::Tensor& images, double severity, std::uint64_t) {
  return brighten(images, severity);
}

at::Tensor jpeg_level(const at::Tensor& images, double severity, std::uint64_t) {
  return jpeg_compress(images, static_cast<int>(severity));
}

/// [2 * radius + 1], summing to 1.
at::Tensor gaussian_kernel(double deviation, std::int64_t radius) {
  const at::Tensor distance = at::arange(-radius, radius + 1, at::kDouble);
  const at::Tensor weights = at::exp(-distance * distance / (2 * deviation * deviation));
  return (weights / weights.sum()).to(at::kFloat);
}

}  // namespace

const std::vector<Corruption>& corruptions() {
  static const std::vector<Corruption> all = {{"gaussian_noise", {0.08, 0.12, 0.18, 0.26, 0.38}, noise_level},
                                              {"blur", {1, 2, 3, 4, 6}, blur_level},
                                              {"brightness", {0.1, 0.2, 0.3, 0.4, 0.5}, brightness_level},
                                              {"jpeg", {25, 18, 15, 10, 7}, jpeg_level}};
  return all;
}

at::Tensor gaussian_noise(const at::Tensor& images, double deviation, std::uint64_t seed) {
  const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const at::Tensor noise = at::randn(images.sizes(), generator, at::TensorOptions().dtype(at::kFloat));
  return (images + deviation * noise.to(images.device())).clamp(0, 1);
}

at::Tensor gaussian_blur(const at::Tensor& images, double deviation) {
  constexpr double kTruncate = 4;
  const auto radius = static_cast<std::int64_t>(std::lround(kTruncate * deviation));
  if (radius == 0) return images;
  const std::int64_t channels = images.size(1);
  const at::Tensor kernel = gaussian_kernel(deviation, radius).to(images.device());
  const at::Tensor across = kernel.view({1, 1, 1, -1}).repeat({channels, 1, 1, 1});
  const at::Tensor down = kernel.view({1, 1, -1, 1}).repeat({channels, 1, 1, 1});
  const at::Tensor padded = at::replication_pad2d(images, {radius, radius, radius, radius});
  const std::int64_t ones[] = {1, 1}, zeros[] = {0, 0};
  const at::IntArrayRef one(ones), none(zeros);
  const auto convolved = [&](const at::Tensor& from, const at::Tensor& weights) {
    return at::conv2d(from, weights, /*bias=*/{}, /*stride=*/one, /*padding=*/none, /*dilation=*/one, channels);
  };
  return convolved(convolved(padded, across), down);
}

at::Tensor brighten(const at::Tensor& images, double shift) {
  const at::Tensor value = std::get<0>(images.max(/*dim=*/1, /*keepdim=*/true));
  const at::Tensor raised = (value + shift).clamp(0, 1);
  // Black has no hue: it becomes grey.
  return at::where(value > 0, images * (raised / value.clamp_min(1e-12)), raised.expand_as(images));
}

at::Tensor jpeg_compress(const at::Tensor& images, int quality) {
  const at::Tensor bytes = (images * 255).round().to(at::kByte).permute({0, 2, 3, 1}).contiguous().cpu();
  const at::Tensor decoded = at::empty_like(bytes);
  const std::int64_t count = bytes.size(0), length = count == 0 ? 0 : bytes.numel() / count;
  ImageDecoder decoder;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint8_t* from = bytes.data_ptr<std::uint8_t>() + i * length;
    Picture picture{.width = static_cast<int>(bytes.size(2)),
                    .height = static_cast<int>(bytes.size(1)),
                    .pixels = {from, from + length}};
    picture = decoder.decode(encode_jpeg(picture, quality), "a picture compressed in memory");
    std::copy(picture.pixels.begin(), picture.pixels.end(), decoded.data_ptr<std::uint8_t>() + i * length);
  }
  return decoded.permute({0, 3, 1, 2}).to(images.device(), at::kFloat) / 255;
}

}  // namespace flnas
