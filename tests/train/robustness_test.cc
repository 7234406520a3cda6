#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/nn/modules/linear.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <utility>
#include <vector>

#include "harness/nn/classifier.h"
#include "harness/train/robustness/corruptions.h"

namespace {

using namespace flnas;
namespace tt = boost::test_tools;

/// One image of one colour.
at::Tensor colour(float red, float green, float blue, std::int64_t size = 4) {
  return at::tensor(std::vector<float>{red, green, blue}).view({1, 3, 1, 1}).repeat({1, 1, size, size});
}

/// logits = weight x + bias over all pixels.
class Linear : public nn::Classifier {
 public:
  explicit Linear(std::int64_t inputs, std::int64_t classes) {
    layer = register_module("layer", torch::nn::Linear(inputs, classes));
  }
  torch::Tensor forward(const torch::Tensor& images) override { return layer->forward(images.flatten(1)); }

  torch::nn::Linear layer{nullptr};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(robustness)

BOOST_AUTO_TEST_CASE(four_corruptions_have_five_levels_which_leave_shape_and_range_as_they_are) {
  const at::Tensor images = at::rand({2, 3, 64, 64});
  BOOST_TEST(corruptions().size() == 4u);
  for (const Corruption& corruption : corruptions()) {
    double before = 0;
    for (const double severity : corruption.severities) {
      const at::Tensor changed = corruption.apply(images, severity, 1);
      BOOST_TEST(changed.sizes().vec() == images.sizes().vec(), tt::per_element());
      BOOST_TEST(changed.min().item<double>() >= 0);
      BOOST_TEST(changed.max().item<double>() <= 1 + 1e-6);
      const double distance = (changed - images).abs().mean().item<double>();
      BOOST_TEST(distance > before, corruption.name << " at " << severity);
      before = distance;
    }
  }
}

BOOST_AUTO_TEST_CASE(noise_has_its_deviation_and_its_seed) {
  const at::Tensor grey = at::full({8, 3, 64, 64}, 0.5F);
  const at::Tensor noisy = gaussian_noise(grey, 0.08, 3);
  // 98,304 draws: the standard error of a deviation s is s / sqrt(2 n).
  const double error = 0.08 / std::sqrt(2.0 * 98304);
  BOOST_TEST(std::abs(noisy.std().item<double>() - 0.08) < 5 * error);
  BOOST_TEST(std::abs(noisy.mean().item<double>() - 0.5) < 5 * 0.08 / std::sqrt(98304.0));
  BOOST_TEST(at::equal(noisy, gaussian_noise(grey, 0.08, 3)));
  BOOST_TEST(!at::equal(noisy, gaussian_noise(grey, 0.08, 4)));
}

BOOST_AUTO_TEST_CASE(blur_is_a_gaussian_in_both_directions_and_repeats_the_edge) {
  at::Tensor point = at::zeros({1, 3, 11, 11});
  point.select(2, 5).select(2, 5).fill_(1);
  const at::Tensor blurred = gaussian_blur(point, 1);
  double sum = 0;
  for (int i = -4; i <= 4; ++i) sum += std::exp(-i * i / 2.0);
  const auto weight = [&](int distance) { return std::exp(-distance * distance / 2.0) / sum; };
  for (const auto& [down, across] : std::vector<std::pair<int, int>>{{0, 0}, {0, 1}, {2, 1}, {3, 3}, {0, 4}}) {
    const double found = blurred[0][1][5 + down][5 + across].item<double>();
    BOOST_TEST(found == weight(down) * weight(across), tt::tolerance(1e-5));
  }
  const at::Tensor flat = colour(0.25F, 0.5F, 0.75F, 9);
  BOOST_TEST(at::allclose(gaussian_blur(flat, 2), flat, 1e-5, 1e-6));
  BOOST_TEST(at::equal(gaussian_blur(flat, 0.05), flat));  // less than a pixel
}

BOOST_AUTO_TEST_CASE(brightness_raises_the_value_and_keeps_hue_and_saturation) {
  const auto first = [](const at::Tensor& images) { return images.select(3, 0).select(2, 0).flatten(); };
  // HSV's value is 0.4, which becomes 0.5: all three channels times 1.25.
  const at::Tensor found = first(brighten(colour(0.2F, 0.4F, 0.1F), 0.1));
  BOOST_TEST(at::allclose(found, at::tensor(std::vector<float>{0.25F, 0.5F, 0.125F})));
  BOOST_TEST(at::allclose(first(brighten(colour(0, 0, 0), 0.3)), at::full({3}, 0.3F)));
  BOOST_TEST(at::allclose(first(brighten(colour(1, 0.5F, 0), 0.3)), at::tensor(std::vector<float>{1, 0.5F, 0})));
}

BOOST_AUTO_TEST_CASE(jpeg_keeps_a_grey_picture_and_loses_more_at_a_lower_quality) {
  const at::Tensor grey = at::full({1, 3, 16, 16}, 128.0F / 255);
  BOOST_TEST(at::allclose(jpeg_compress(grey, 25), grey, 0, 1.01 / 255));
  const at::Tensor picture = at::rand({1, 3, 32, 32});
  const auto loss = [&](int quality) {
    return (jpeg_compress(picture, quality) - picture).square().mean().item<double>();
  };
  BOOST_TEST(loss(90) < loss(25));
  BOOST_TEST(loss(25) < loss(7));
  BOOST_TEST(jpeg_compress(at::zeros({0, 3, 8, 8}), 10).size(0) == 0);
}

BOOST_AUTO_TEST_CASE(an_fgsm_step_goes_against_the_difference_of_a_linear_model_s_weights) {
  // The gradient of the cross entropy of two classes is (1 - p) (w_other - w_label), whose sign p does not change.
  Linear model(3 * 2 * 2, 2);
  model.eval();
  const at::Tensor images = at::rand({4, 3, 2, 2}) * 0.5 + 0.25;
  const at::Tensor labels = at::tensor(std::vector<std::int64_t>{0, 1, 1, 0});
  constexpr double kEpsilon = 0.03125;
  const at::NoGradGuard no_grad;  // as where predictions are made
  const at::Tensor found = fgsm(model, images, labels, kEpsilon);
  const at::Tensor weight = model.layer->weight.detach();
  const at::Tensor direction = weight.index_select(0, 1 - labels) - weight.index_select(0, labels);
  const at::Tensor expected = images + kEpsilon * direction.sign().view_as(images);
  BOOST_TEST(at::allclose(found, expected, 0, 1e-7));
  BOOST_TEST(!model.layer->weight.grad().defined());
  const at::Tensor white = at::ones({1, 3, 2, 2});
  BOOST_TEST(fgsm(model, white, labels.slice(0, 0, 1), 0.5).max().item<double>() == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()
