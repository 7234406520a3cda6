#include "baselines/zoo.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/types.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/models/model.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;

std::vector<nn::ModelEntry> all_entries() {
  auto entries = baselines::zoo();
  for (auto& entry : searches::searched_models()) entries.push_back(entry);
  return entries;
}

/// MACs at two classes and 224 px. Agrees with the sum over torchvision's layers for the three families that it has.
const std::map<std::string, std::int64_t> kMacs = {{"resnet18", 27'215'463'424},
                                                   {"resnet34", 56'810'472'448},
                                                   {"mobilenet_v1", 2'270'867'456},
                                                   {"mobilenet_v2", 1'054'587'904},
                                                   {"fahana_fair", 1'415'456'432},
                                                   {"logistic_regression", 301'056},
                                                   {"mlp", 9'635'904},
                                                   {"search1", 198'295'808},
                                                   {"search2", 505'974'784},
                                                   {"search3", 195'134'464}};

/// Name and shape of each line of a golden file.
std::vector<std::pair<std::string, std::string>> golden_keys(const std::string& model) {
  std::ifstream file(fmt::format("{}/baselines/golden/torchvision_{}_keys.txt", tests::tests_dir(), model));
  std::vector<std::pair<std::string, std::string>> keys;
  for (std::string name, shape; file >> name >> shape;) keys.emplace_back(name, shape);
  return keys;
}

std::string shape_text(const torch::Tensor& tensor) {
  return tensor.dim() == 0 ? "-" : fmt::format("{}", fmt::join(tensor.sizes(), "x"));
}

/// The state dict as the golden files write it, keyed by name.
std::map<std::string, std::string> state_keys(const nn::Classifier& model) {
  std::map<std::string, std::string> keys;
  for (const auto& parameter : model.named_parameters()) keys[parameter.key()] = shape_text(parameter.value());
  for (const auto& buffer : model.named_buffers()) keys[buffer.key()] = shape_text(buffer.value());
  return keys;
}

BOOST_AUTO_TEST_SUITE(zoo)

BOOST_AUTO_TEST_CASE(every_model_has_the_papers_parameter_count_and_the_known_macs) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      const ModelInfo info = nn::describe_model(entry, nn::kPaperGeometry);
      BOOST_TEST(*info.macs == kMacs.at(entry.name));
      BOOST_TEST(info.match == (!info.paper_parameters        ? "none"
                                : entry.name == "fahana_fair" ? "approximate"
                                                              : "exact"));
      if (info.paper_parameters) BOOST_TEST(*info.parameters == *info.paper_parameters);
    }
  }
}

BOOST_AUTO_TEST_CASE(search3_has_the_macs_counted_by_hand) {
  const std::int64_t convolutions =
      224 * 224 * (3 * 9 * 16) + 112 * 112 * (16 * 9 * 32) + 56 * 56 * (32 * 9 * 64) + 28 * 28 * (64 * 9 * 128);
  const auto model = searches::searched_models().back().make(nn::kPaperGeometry);
  BOOST_TEST(nn::measure_cost(*model, 224).macs == convolutions + 128 * 14 * 14 * 2);
}

BOOST_AUTO_TEST_CASE(resnets_have_torchvisions_names_and_all_its_shapes_but_the_stems) {
  const auto zoo = baselines::zoo();
  for (const std::size_t i : {0, 1}) {
    auto keys = state_keys(*zoo.at(i).make(nn::kPaperGeometry));
    BOOST_TEST(keys.at("conv1.weight") == "64x3x3x3");
    keys["conv1.weight"] = "64x3x7x7";
    const auto golden = golden_keys(zoo.at(i).name);
    BOOST_TEST(golden.size() > 100u);
    BOOST_TEST((keys == std::map<std::string, std::string>(golden.begin(), golden.end())));
  }
}

BOOST_AUTO_TEST_CASE(mobilenet_v2_has_torchvisions_names_and_shapes_but_no_last_convolution) {
  const auto keys = state_keys(*baselines::zoo().at(3).make(nn::kPaperGeometry));
  std::map<std::string, std::string> expected;
  for (const auto& [name, shape] : golden_keys("mobilenet_v2")) {
    if (name.rfind("features.18.", 0) != 0) expected[name] = shape;
  }
  BOOST_TEST(expected.at("classifier.1.weight") == "2x2560");
  expected["classifier.1.weight"] = "2x640";
  BOOST_TEST((keys == expected));
}

BOOST_AUTO_TEST_CASE(parameters_are_registered_in_torchvisions_order) {
  for (const std::size_t i : {0, 3}) {
    const auto entry = baselines::zoo().at(i);
    std::vector<std::string> golden;
    const auto ours = entry.make(nn::kPaperGeometry)->named_parameters().keys();
    for (const auto& [name, shape] : golden_keys(entry.name)) {
      if (std::find(ours.begin(), ours.end(), name) != ours.end()) golden.push_back(name);
    }
    BOOST_TEST(ours == golden, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(every_model_gives_one_logit_per_class_at_other_classes_and_sizes) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      const auto model = entry.make({.classes = 8, .size = 32});
      const nn::EvalMode eval(*model);
      const torch::NoGradGuard no_grad;
      const torch::Tensor logits = model->forward(torch::rand({2, 3, 32, 32}));
      BOOST_TEST((logits.sizes() == torch::IntArrayRef{2, 8}));
      BOOST_TEST(logits.isfinite().all().item<bool>());
    }
  }
}

BOOST_AUTO_TEST_CASE(every_parameter_of_every_model_gets_a_gradient) {
  for (const auto& entry : all_entries()) {
    BOOST_TEST_CONTEXT(entry.name) {
      torch::manual_seed(1);
      const auto model = entry.make({.classes = 3, .size = 32});
      model->forward(torch::rand({4, 3, 32, 32})).square().sum().backward();
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
