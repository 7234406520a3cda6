// Common corruptions of images, and an attack on a model, at five levels each.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace flnas {
namespace nn {
class Classifier;
}

inline constexpr int kCorruptionLevels = 5;

/// A corruption by one number, its severity.
/// Shapes: images float32 [N, 3, S, S] in [0, 1] on any device -> the same.
struct Corruption {
  std::string name;  ///< "gaussian_noise"
  std::array<double, kCorruptionLevels> severities;
  /// `seed`: of the draws, of those that draw.
  at::Tensor (*apply)(const at::Tensor& images, double severity, std::uint64_t seed);
};

/// Gaussian noise, blur, brightness, JPEG with the severities of ImageNet-C.
/// Source: Hendrycks, Dietterich, Benchmarking Neural Network Robustness to Common Corruptions and Perturbations, ICLR
/// 2019, make_imagenet_c.py. Differs: the noise is drawn on the CPU, so that it is the same on every device; the blur's
/// deviation is in proportion to the image's side (theirs has 224 pixels).
const std::vector<Corruption>& corruptions();

/// Independent normal noise of this deviation, clamped to [0, 1].
at::Tensor gaussian_noise(const at::Tensor& images, double deviation, std::uint64_t seed);

/// A Gaussian of this deviation in pixels, cut at four deviations; beyond the edge its nearest pixel is repeated.
at::Tensor gaussian_blur(const at::Tensor& images, double deviation);

/// HSV's value raised by `shift` and clamped; hue and saturation are kept.
at::Tensor brighten(const at::Tensor& images, double shift);

/// Compressed as JPEG (4:2:0) at this quality, 1 to 100, and read again.
at::Tensor jpeg_compress(const at::Tensor& images, int quality);

/// The fast gradient sign method: one step of `epsilon` in the direction that raises the cross entropy, clamped to
/// [0, 1]. The model has to be in evaluation mode. labels: [N] int64 on the images' device.
/// Source: Goodfellow, Shlens, Szegedy, Explaining and Harnessing Adversarial Examples, ICLR 2015.
at::Tensor fgsm(nn::Classifier& model, const at::Tensor& images, const at::Tensor& labels, double epsilon);

/// 1, 2, 4, 8, 16 of 255.
inline constexpr std::array<double, kCorruptionLevels> kFgsmEpsilons = {1.0 / 255, 2.0 / 255, 4.0 / 255, 8.0 / 255,
                                                                        16.0 / 255};

}  // namespace flnas
