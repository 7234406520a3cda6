// Twenty steps of each part of the recipe against PyTorch's (make_recipe_golden.py).
#include <ATen/Functions.h>
#include <torch/nn/modules/linear.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/fields.h"
#include "harness/base/json.h"
#include "harness/nn/classifier.h"
#include "harness/nn/standardised.h"
#include "harness/train/adam.h"
#include "harness/train/ema.h"
#include "harness/train/schedule.h"
#include "harness/train/step.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using Numbers = std::vector<float>;

at::Tensor numbers(const Json& list, at::IntArrayRef shape) {
  return at::tensor(list.get<Numbers>(), at::kFloat).view(shape);
}

struct Network : nn::Classifier {
  torch::nn::Linear first{nullptr}, second{nullptr};
  explicit Network(const Json& start) {
    first = register_module("first", torch::nn::Linear(12, 4));
    second = register_module("second", torch::nn::Linear(4, 3));
    const at::NoGradGuard no_grad;
    const auto all = parameters();
    for (std::size_t i = 0; i < all.size(); ++i) all[i].copy_(numbers(start[i], all[i].sizes()));
  }
  torch::Tensor forward(const torch::Tensor& images) override { return second(at::relu(first(images.flatten(1)))); }
};

nn::ChannelStatistics statistics_of(const at::Tensor& images) {
  const at::Tensor flat = images.permute({2, 0, 1, 3, 4}).reshape({3, -1}).to(at::kDouble);
  const auto list = [](const at::Tensor& t) {
    return std::vector<double>(t.data_ptr<double>(), t.data_ptr<double>() + 3);
  };
  return {list(flat.mean(1)), list(flat.std(1, /*unbiased=*/false))};
}

double largest_difference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(recipe)

BOOST_AUTO_TEST_CASE(twenty_steps_of_each_part_agree_with_pytorchs) {
  const Json golden = read_json(tests::tests_dir() + "/train/golden/recipe.json");
  const at::Tensor images = numbers(golden.at("images"), {3, 6, 3, 2, 2});
  const at::Tensor labels = at::tensor(golden.at("labels").get<std::vector<std::int64_t>>()).view({3, 6});
  const auto steps = golden.at("steps_per_epoch").get<std::int64_t>();
  for (const auto& [name, expected] : golden.at("cases").items()) {
    TrainConfig config;
    config.lr = golden.at("lr");
    config.epochs = golden.at("epochs");
    config_from_json(config, expected.at("options"), name);
    std::shared_ptr<nn::Classifier> model = std::make_shared<Network>(golden.at("start"));
    if (config.inputs == "standardised") model = nn::standardised(model, statistics_of(images));
    Adam adam(model->parameters(), config.lr, config.weight_decay,
              config.optimizer == "adamw" ? Decay::kDecoupled : Decay::kL2);
    AveragedWeights averaged(*model, config.ema);
    Objective objective(at::tensor({0.5F, 1.0F, 2.0F}));
    objective.label_smoothing = config.label_smoothing;
    objective.clip = config.clip;
    for (std::int64_t step = 0; step < config.epochs * steps; ++step) {
      const double rate = learning_rate(config, step, steps);
      BOOST_TEST(std::abs(rate - expected.at("rates")[static_cast<std::size_t>(step)].get<double>()) < 1e-7, name);
      adam.set_lr(rate);
      const auto sums = train_step(*model, adam, images[step % 3], labels[step % 3], objective, {});
      BOOST_TEST(std::abs(mean_loss(sums, 6).loss -
                          expected.at("losses")[static_cast<std::size_t>(step)].get<double>()) < 1e-5,
                 name << ", step " << step);
      averaged.update(*model);
    }
    if (config.ema > 0) nn::load_state(*model, averaged.average());
    const auto all = model->parameters();
    for (std::size_t i = 0; i < all.size(); ++i) {
      BOOST_TEST(largest_difference(all[i], numbers(expected.at("weights")[i], all[i].sizes())) < 1e-5,
                 name << ", parameter " << i);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_epoch_has_a_step_for_each_batch_and_none_of_one_image) {
  BOOST_TEST(steps_per_epoch(12, 4) == 3);
  BOOST_TEST(steps_per_epoch(14, 4) == 4);
  BOOST_TEST(steps_per_epoch(13, 4) == 3);  // the last image belongs to the batch before it
}

BOOST_AUTO_TEST_SUITE_END()
