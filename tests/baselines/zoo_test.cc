#include "baselines/zoo.h"

#include <fmt/format.h>
#include <torch/cuda.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "searches/architectures.h"

namespace {

using namespace flnas;

std::vector<nn::ModelEntry> all_entries() {
  auto entries = baselines::zoo();
  for (auto& entry : searches::searched_models()) entries.push_back(entry);
  return entries;
}

std::int64_t parameters(nn::Classifier& model) {
  std::int64_t count = 0;
  for (const auto& parameter : model.parameters()) count += parameter.numel();
  return count;
}

BOOST_AUTO_TEST_SUITE(zoo)

BOOST_AUTO_TEST_CASE(every_model_has_exactly_the_papers_parameter_count) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      BOOST_TEST_REQUIRE(entry.paper_parameters.has_value());
      BOOST_TEST(parameters(*entry.make(nn::kPaperGeometry)) == *entry.paper_parameters);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_model_gives_one_logit_per_class_at_other_classes_and_sizes) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      const auto model = entry.make({.classes = 8, .size = 32});
      const nn::EvalMode eval(*model);
      const torch::NoGradGuard no_grad;
      const torch::Tensor logits = model->forward(torch::rand({3, 3, 32, 32}));
      BOOST_TEST((logits.sizes() == torch::IntArrayRef{3, 8}));
      BOOST_TEST(logits.isfinite().all().item<bool>());
    }
  }
}

BOOST_AUTO_TEST_CASE(every_parameter_of_every_model_gets_a_gradient) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      torch::manual_seed(1);
      const auto model = entry.make({.classes = 3, .size = 64});
      model->forward(torch::rand({4, 3, 64, 64})).square().sum().backward();
      for (const auto& parameter : model->named_parameters()) {
        BOOST_TEST_CONTEXT(parameter.key()) {
          BOOST_TEST_REQUIRE(parameter.value().grad().defined());
          BOOST_TEST(parameter.value().grad().abs().sum().item<float>() > 0);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(too_small_images_and_too_few_classes_are_configuration_errors) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      BOOST_CHECK_THROW(entry.make({.classes = 2, .size = 4}), ConfigError);
      BOOST_CHECK_THROW(entry.make({.classes = 1, .size = 224}), ConfigError);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
