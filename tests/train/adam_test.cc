#include "harness/train/adam.h"

#include <ATen/Functions.h>
#include <torch/optim/adam.h>

#include <boost/test/unit_test.hpp>

namespace {

using flnas::Adam;

/// Parameters of several shapes and memory formats; one is larger than a thread's share, one has no gradient.
std::vector<at::Tensor> parameters(at::ScalarType type) {
  at::manual_seed(3);
  const auto channels_last = c10::MemoryFormat::ChannelsLast;
  std::vector<at::Tensor> all = {at::randn({300, 200}), at::randn({7}),
                                 at::randn({8, 4, 3, 3}).contiguous(channels_last),
                                 at::randn({6, 1, 3, 3}).contiguous(channels_last), at::randn({2, 2})};
  for (auto& parameter : all) parameter = parameter.to(type).set_requires_grad(true);
  return all;
}

void set_gradients(std::vector<at::Tensor>& all, std::int64_t step) {
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    const auto k = static_cast<double>(i) + static_cast<double>(step);
    all[i].mutable_grad() = (all[i].detach() * 3 + k).sin();
  }
}

double largest_difference_to_torch(at::ScalarType type, double weight_decay) {
  std::vector<at::Tensor> ours = parameters(type), theirs = parameters(type);
  Adam adam(ours, 0.02, weight_decay);
  torch::optim::Adam reference(theirs, torch::optim::AdamOptions(0.02).weight_decay(weight_decay));
  for (std::int64_t step = 0; step < 20; ++step) {
    set_gradients(ours, step);
    set_gradients(theirs, step);
    adam.step();
    reference.step();
  }
  double largest = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    largest = std::max(largest, (ours[i] - theirs[i]).abs().max().item<double>());
  }
  return largest;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(adam)

BOOST_AUTO_TEST_CASE(the_first_step_moves_by_the_learning_rate_against_the_gradient) {
  at::Tensor parameter = at::tensor({1.0F, 2.0F, 3.0F}).set_requires_grad(true);
  parameter.mutable_grad() = at::tensor({0.5F, -40.0F, 0.0F});
  Adam optimizer({parameter}, 0.1);
  optimizer.step();
  BOOST_TEST(at::allclose(parameter, at::tensor({0.9F, 2.1F, 3.0F})));
}

BOOST_AUTO_TEST_CASE(twenty_steps_agree_with_libtorchs) {
  BOOST_TEST(largest_difference_to_torch(at::kFloat, 0) < 1e-5);
  BOOST_TEST(largest_difference_to_torch(at::kFloat, 0.1) < 1e-5);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_done_in_one_pass_is_done_by_operators) {
  BOOST_TEST(largest_difference_to_torch(at::kDouble, 0) < 1e-12);
  BOOST_TEST(largest_difference_to_torch(at::kDouble, 0.1) < 1e-12);
}

BOOST_AUTO_TEST_CASE(a_gradient_in_another_memory_format_is_read_rightly) {
  at::Tensor plain = at::zeros({2, 3, 4, 4}).set_requires_grad(true);
  plain.mutable_grad() = at::randn({2, 3, 4, 4}).contiguous(c10::MemoryFormat::ChannelsLast);
  const at::Tensor direction = -plain.grad().sign();
  Adam optimizer({plain}, 0.5);
  optimizer.step();
  BOOST_TEST(at::allclose(plain, 0.5 * direction, 1e-4));
}

BOOST_AUTO_TEST_CASE(released_gradients_are_gone) {
  std::vector<at::Tensor> all = parameters(at::kFloat);
  set_gradients(all, 0);
  BOOST_TEST_REQUIRE(all.front().grad().defined());  // the last has none
  Adam optimizer(all);
  optimizer.release_gradients();
  for (const auto& parameter : all) BOOST_TEST(!parameter.grad().defined());
}

BOOST_AUTO_TEST_SUITE_END()
