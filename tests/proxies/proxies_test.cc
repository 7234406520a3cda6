#include "harness/proxies/proxies.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"
#include "harness/proxies/flops.h"
#include "harness/proxies/jacobian.h"
#include "harness/proxies/naswot.h"

namespace {

using namespace flnas;
using proxies::compute_proxies;

/// The mean of each channel, then a linear layer from 3 to 2.
class MeanLinear : public nn::Classifier {
 public:
  torch::nn::Linear last{register_module("last", torch::nn::Linear(3, 2))};
  torch::Tensor forward(const torch::Tensor& images) override { return last->forward(images.mean({2, 3})); }
};

constexpr std::array<std::array<double, 3>, 2> kWeight = {{{0.5, -1.0, 0.25}, {-0.75, 0.5, 2.0}}};
constexpr std::array<double, 2> kBias = {0.1, -0.3};
constexpr std::array<std::array<double, 3>, 2> kMeans = {{{1.0, 2.0, -1.0}, {0.5, -0.5, 1.5}}};
constexpr std::array<std::size_t, 2> kLabels = {0, 1};

void set_values(MeanLinear& model) {
  const torch::NoGradGuard no_grad;
  for (int k = 0; k < 2; ++k) {
    model.last->bias[k] = kBias[static_cast<std::size_t>(k)];
    for (int j = 0; j < 3; ++j) {
      model.last->weight[k][j] = kWeight[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)];
    }
  }
}

proxies::ProxyBatch constant_images() {
  at::Tensor images = at::zeros({2, 3, 4, 4});
  for (int n = 0; n < 2; ++n) {
    for (int j = 0; j < 3; ++j) {
      images[n][j].fill_(kMeans[static_cast<std::size_t>(n)][static_cast<std::size_t>(j)]);
    }
  }
  return {.images = images, .labels = at::arange(2, at::kLong)};
}

/// The proxies of softmax regression, written out.
struct ByHand {
  double grad_norm = 0, snip = 0, plain = 0, fisher = 0, grasp = 0;

  ByHand() {
    double p[2][2], a[2][2], gradient[2][3] = {}, fisher_k[2] = {};
    for (std::size_t n = 0; n < 2; ++n) {
      for (std::size_t k = 0; k < 2; ++k) {
        a[n][k] = kBias[k];
        for (std::size_t j = 0; j < 3; ++j) a[n][k] += kWeight[k][j] * kMeans[n][j];
      }
      const double sum = std::exp(a[n][0]) + std::exp(a[n][1]);
      for (std::size_t k = 0; k < 2; ++k) {
        p[n][k] = std::exp(a[n][k]) / sum;
        const double d = (p[n][k] - (kLabels[n] == k ? 1 : 0)) / 2;
        fisher_k[k] += std::pow(a[n][k] * d, 2) / 2;
        for (std::size_t j = 0; j < 3; ++j) gradient[k][j] += d * kMeans[n][j];
      }
    }
    for (std::size_t k = 0; k < 2; ++k) {
      fisher += 3 * fisher_k[k] / 2;
      for (std::size_t j = 0; j < 3; ++j) {
        grad_norm += gradient[k][j] * gradient[k][j];
        plain += gradient[k][j] * kWeight[k][j];
        snip += std::abs(gradient[k][j] * kWeight[k][j]);
      }
    }
    grad_norm = std::sqrt(grad_norm);
    // H g: for each image, (diag(p) - p p') times g x, times x', over the number of images.
    for (std::size_t n = 0; n < 2; ++n) {
      double gx[2] = {}, mean = 0;
      for (std::size_t k = 0; k < 2; ++k) {
        for (std::size_t j = 0; j < 3; ++j) gx[k] += gradient[k][j] * kMeans[n][j];
        mean += p[n][k] * gx[k];
      }
      for (std::size_t k = 0; k < 2; ++k) {
        for (std::size_t j = 0; j < 3; ++j) {
          grasp -= kWeight[k][j] * p[n][k] * (gx[k] - mean) * kMeans[n][j] / 2;
        }
      }
    }
  }
};

/// conv 1x1 to 1000 channels without bias, and its mean: a map that zen sees, with or without batch norm.
class Pointwise : public nn::Classifier {
 public:
  explicit Pointwise(bool norm) {
    if (norm) norm_ = register_module("norm", torch::nn::BatchNorm2d(1000));
  }
  torch::nn::Conv2d conv{register_module("conv", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 1000, 1).bias(false)))};
  torch::nn::Linear last{register_module("last", torch::nn::Linear(1000, 2))};
  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = conv->forward(images);
    if (norm_) x = norm_->forward(x);
    return last->forward(x.mean({2, 3}));
  }

 private:
  torch::nn::BatchNorm2d norm_{nullptr};
};

std::shared_ptr<nn::Classifier> cell_network(std::size_t index) {
  return nn::make_cell_network(nn::cell_at(index), {.classes = 10, .size = 8});
}

BOOST_AUTO_TEST_SUITE(proxies_of_small_networks)

BOOST_AUTO_TEST_CASE(gradient_proxies_are_those_calculated_by_hand, *boost::unit_test::tolerance(1e-5)) {
  MeanLinear model;
  set_values(model);
  auto values = compute_proxies(model, constant_images(), {"grad_norm", "snip", "plain", "fisher", "grasp"}, 1);
  const ByHand expected;
  BOOST_TEST(values["grad_norm"] == expected.grad_norm);
  BOOST_TEST(values["snip"] == expected.snip);
  BOOST_TEST(values["plain"] == expected.plain);
  BOOST_TEST(values["fisher"] == expected.fisher);
  BOOST_TEST(values["grasp"] == expected.grasp);
}

BOOST_AUTO_TEST_CASE(data_free_proxies_are_those_calculated_by_hand, *boost::unit_test::tolerance(1e-6)) {
  MeanLinear model;
  set_values(model);
  auto values = compute_proxies(model, constant_images(), {"synflow", "l2_norm", "params", "flops"}, 1);
  double absolute = 0, squares = 0;
  for (const auto& row : kWeight) {
    for (const double weight : row) absolute += std::abs(weight), squares += weight * weight;
  }
  BOOST_TEST(values["synflow"] == std::log(absolute));  // an image of ones has means of one
  BOOST_TEST(values["l2_norm"] == std::sqrt(squares));
  BOOST_TEST(values["params"] == 8e-6);
  BOOST_TEST(values["flops"] == (6 + 3 * 5 * 5) * 1e-6);  // the mean of 4x4 counts as a window of 5x5
}

// The published rows 0 and 1 of zc13_cifar10.csv.
BOOST_AUTO_TEST_CASE(parameters_and_flops_are_the_published_ones, *boost::unit_test::tolerance(1e-7)) {
  struct Row {
    std::size_t index;
    double params, flops;
  };
  for (const auto& [index, params, flops] : {Row{0, 0.129306, 17.958592}, Row{1, 0.802426, 116.69267}}) {
    const auto network = nn::make_cell_network(nn::cell_at(index), {.classes = 10, .size = 32});
    auto values = compute_proxies(*network, proxies::noise_batch(2, 10, 32, 1), {"params", "flops"}, 1);
    BOOST_TEST(values["params"] == params);
    BOOST_TEST(values["flops"] == flops);
  }
}

BOOST_AUTO_TEST_CASE(naswot_is_the_kernel_s_determinant, *boost::unit_test::tolerance(1e-12)) {
  // Codes 110, 100 and 0 / 1: K = [[4, 2], [2, 4]], as two units of four agree.
  const at::Tensor first = at::tensor({1.0, 2.0, -1.0, 3.0, -1.0, 0.0}).reshape({2, 3});
  const at::Tensor second = at::tensor({-1.0, 1.0}).reshape({2, 1});
  BOOST_TEST(proxies::naswot({first, second}) == std::log(4.0 * 4 - 2 * 2));
  BOOST_TEST(std::isinf(proxies::naswot({at::ones({2, 3})})));
  BOOST_TEST(std::isnan(proxies::naswot({})));
}

BOOST_AUTO_TEST_CASE(jacobian_proxies_are_those_calculated_by_hand, *boost::unit_test::tolerance(1e-9)) {
  constexpr double k = 1e-5;
  const auto term = [&](double v) { return std::log(v + k) + 1 / (v + k); };
  // Rows 0 and 1 correlate by 1/2, the third with neither.
  const at::Tensor rows = at::tensor({1., -1., 0., 0., 0., 0.,  //
                                      1., 0., -1., 0., 0., 0.,  //
                                      0., 0., 0., 1., 1., -2.})
                              .reshape({3, 6});
  BOOST_TEST(proxies::jacov(rows) == -(term(0.5) + term(1) + term(1.5)));
  const at::Tensor labels = at::tensor(std::vector<std::int64_t>{4, 4, 0});
  const double pair = 2 * std::log(0.5 + k) + 2 * std::log(1 + k), single = std::log(1 + k);
  BOOST_TEST(proxies::epe_nas(rows, labels, 10) == std::abs(pair) + std::abs(single));
  BOOST_TEST(proxies::epe_nas(rows, labels, 101) == 2 * std::abs(pair / 2 - single) / 2);
  BOOST_TEST(std::isnan(proxies::jacov(at::zeros({2, 5}))));
}

// |f(x) - f(x + 0.01 e)| of a linear map with standard normal weights, in the mean over weights and noise.
BOOST_AUTO_TEST_CASE(zen_of_a_linear_map_has_its_expected_value) {
  Pointwise plain(false), normed(true);
  const auto batch = proxies::noise_batch(8, 2, 16, 1);
  const double expected = std::log(1000 * 16 * 16 * 0.01 * 2 * std::sqrt(2 / M_PI) * std::sqrt(2 / M_PI));
  BOOST_TEST(std::abs(compute_proxies(plain, batch, {"zen"}, 3)["zen"] - expected) < 0.05);
  // With batch norm each channel is divided by its deviation, and log sqrt(running variance) is added: after two
  // updates by a tenth of a variance of about 3, 0.81 + 0.19 * 3.
  const double with_norm = std::log(1000 * 16 * 16 * 0.01 * std::sqrt(2 / M_PI)) + 0.5 * std::log(0.81 + 0.19 * 3);
  BOOST_TEST(std::abs(compute_proxies(normed, batch, {"zen"}, 3)["zen"] - with_norm) < 0.05);
}

BOOST_AUTO_TEST_CASE(a_network_that_does_not_see_the_image_has_no_jacobian) {
  const auto network = nn::make_cell_network({}, {.classes = 10, .size = 8});
  network->train();
  auto values = compute_proxies(*network, proxies::noise_batch(4, 10, 8, 1), proxies::proxy_names(), 1);
  BOOST_TEST(values.size() == proxies::proxy_names().size());
  BOOST_TEST(std::isnan(values["jacov"]));
  BOOST_TEST(std::isnan(values["epe_nas"]));
  BOOST_TEST(!std::isfinite(values["nwot"]));
  BOOST_TEST(std::isfinite(values["grad_norm"]));
}

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_values_and_the_model_is_left_as_it_was) {
  const auto network = cell_network(1);
  network->eval();
  const auto batch = proxies::noise_batch(4, 10, 8, 5);
  std::vector<at::Tensor> before;
  for (const auto& tensor : network->parameters()) before.push_back(tensor.detach().clone());
  for (const auto& tensor : network->buffers()) before.push_back(tensor.clone());
  const auto first = compute_proxies(*network, batch, proxies::proxy_names(), 9);
  const auto second = compute_proxies(*network, batch, proxies::proxy_names(), 9);
  BOOST_TEST((first == second));
  BOOST_TEST(compute_proxies(*network, batch, {"zen"}, 10).at("zen") != first.at("zen"));
  BOOST_TEST(!network->is_training());
  std::size_t i = 0;
  for (const auto& tensor : network->parameters()) {
    BOOST_TEST(at::equal(tensor, before[i++]));
    BOOST_TEST(tensor.requires_grad());
    BOOST_TEST(!tensor.grad().defined());
  }
  for (const auto& tensor : network->buffers()) BOOST_TEST(at::equal(tensor, before[i++]));
  BOOST_TEST(!batch.images.requires_grad());
}

BOOST_AUTO_TEST_CASE(one_proxy_alone_is_the_same_as_among_all) {
  const auto network = cell_network(7);
  const auto batch = proxies::noise_batch(4, 10, 8, 5);
  const auto all = compute_proxies(*network, batch, proxies::proxy_names(), 9);
  for (const auto& name : proxies::proxy_names()) {
    const double alone = compute_proxies(*network, batch, {name}, 9).at(name);
    BOOST_TEST(std::abs(alone - all.at(name)) <= 1e-4 * std::abs(all.at(name)), name << ": " << alone);
  }
}

BOOST_AUTO_TEST_CASE(noise_is_seeded_and_images_are_normalised) {
  const auto batch = proxies::noise_batch(16, 3, 8, 2);
  BOOST_TEST(at::equal(batch.images, proxies::noise_batch(16, 3, 8, 2).images));
  BOOST_TEST(!at::equal(batch.images, proxies::noise_batch(16, 3, 8, 3).images));
  BOOST_TEST(batch.labels.max().item<std::int64_t>() <= 2);
  const at::Tensor images = proxies::normalised(at::rand({5, 3, 8, 8}) * 3 + 1);
  BOOST_TEST(images.mean({0, 2, 3}).abs().max().item<double>() < 1e-5);
  BOOST_TEST(std::abs(images.pow(2).mean().item<double>() - 1) < 1e-4);
}

BOOST_AUTO_TEST_CASE(unknown_names_and_models_without_layers_are_refused) {
  const auto network = cell_network(1);
  const auto batch = proxies::noise_batch(2, 10, 8, 1);
  BOOST_CHECK_EXCEPTION(compute_proxies(*network, batch, {"synflo"}, 1), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("did you mean 'synflow'") != std::string::npos;
  });
  class NoLayers : public nn::Classifier {
   public:
    torch::Tensor forward(const torch::Tensor& images) override { return images.mean({2, 3}); }
  } none;
  BOOST_CHECK_THROW(compute_proxies(none, batch, {"nwot"}, 1), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
