#include "harness/nn/cost.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

#include <boost/test/unit_test.hpp>

#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"

namespace {

using namespace flnas;

/// conv 3 -> 4 (3x3, stride 2, padding 1), batch norm, ReLU, grouped conv 4 -> 6 (2 groups), transposed conv 6 -> 2
/// (2x2, stride 2), global average, linear 2 -> 5, and a product of two matrices.
class Sample : public nn::Classifier {
 public:
  torch::nn::Conv2d a{register_module("a", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, 4, 3).stride(2).padding(1)))};
  torch::nn::BatchNorm2d norm{register_module("norm", torch::nn::BatchNorm2d(4))};
  torch::nn::Conv2d b{register_module("b", torch::nn::Conv2d(torch::nn::Conv2dOptions(4, 6, 1).groups(2)))};
  torch::nn::ConvTranspose2d up{
      register_module("up", torch::nn::ConvTranspose2d(torch::nn::ConvTranspose2dOptions(6, 2, 2).stride(2)))};
  torch::nn::Linear last{register_module("last", torch::nn::Linear(2, 5))};

  torch::Tensor forward(const torch::Tensor& images) override {
    torch::Tensor x = norm->forward(a->forward(images)).relu_();
    x = up->forward(b->forward(x));
    x = last->forward(x.mean({2, 3}));
    return x.matmul(torch::eye(5));
  }
};

BOOST_AUTO_TEST_SUITE(cost)

BOOST_AUTO_TEST_CASE(a_small_net_has_the_macs_counted_by_hand) {
  Sample sample;
  const nn::Cost cost = nn::measure_cost(sample, 8);
  const std::int64_t a = 4 * 4 * 4 * (3 * 9), b = 4 * 4 * 6 * 2, up = 6 * 4 * 4 * (2 * 4), last = 2 * 5, product = 25;
  BOOST_TEST(cost.macs == a + b + up + last + product);
  BOOST_TEST(cost.activations == 4 * 4 * 4 + 4 * 4 * 6 + 2 * 8 * 8 + 5 + 5);
  BOOST_TEST(cost.parameters == (4 * 27 + 4) + 8 + (6 * 2 + 6) + (6 * 2 * 4 + 2) + (10 + 5));
  BOOST_TEST(cost.parameters_and_buffers == cost.parameters + 4 + 4 + 1);
  BOOST_TEST(nn::measure_cost(sample, 8, 3).macs == 3 * cost.macs);
  BOOST_TEST(sample.is_training());
}

BOOST_AUTO_TEST_CASE(operations_are_listed_in_order_with_kind_shape_and_bytes) {
  Sample sample;
  const nn::Cost cost = nn::measure_cost(sample, 8);
  BOOST_TEST_REQUIRE(cost.operations.size() >= 8u);
  const nn::Operation& conv = cost.operations.at(0);
  BOOST_TEST(conv.name == "conv2d");
  BOOST_TEST((conv.kind == nn::OperationKind::kConvolution));
  BOOST_TEST((conv.shape == std::vector<std::int64_t>{1, 4, 4, 4}));
  BOOST_TEST(conv.bytes == 4 * (3 * 64 + 4 * 27 + 4 + 4 * 16));
  const nn::Operation& relu = cost.operations.at(2);
  BOOST_TEST(relu.name == "relu_");
  BOOST_TEST((relu.kind == nn::OperationKind::kActivation));
  BOOST_TEST(relu.bytes == 4 * 2 * 4 * 16);
  BOOST_TEST((conv.kernel == 3 && conv.groups == 1));
  BOOST_TEST((cost.operations.at(3).kernel == 1 && cost.operations.at(3).groups == 2));
  std::int64_t macs = 0, bytes = 0;
  for (const auto& operation : cost.operations) {
    macs += operation.macs;
    bytes += operation.bytes;
  }
  BOOST_TEST(macs == cost.macs);
  BOOST_TEST(bytes == cost.bytes);
}

BOOST_AUTO_TEST_CASE(frozen_parameters_are_not_trainable) {
  Sample sample;
  sample.last->weight.requires_grad_(false);
  BOOST_TEST(nn::count_parameters(sample) == nn::measure_cost(sample, 8).parameters);
  BOOST_TEST(nn::count_parameters(sample) == 203 - 10);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
