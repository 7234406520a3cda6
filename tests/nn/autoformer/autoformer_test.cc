#include "harness/nn/autoformer/autoformer.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <torch/script.h>
#include <torch/types.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/torchscript.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using nn::AutoFormer;

AutoFormer smallest() {
  AutoFormer subnet{.space = "autoformer-tiny", .width = 192};
  for (int i = 0; i < 12; ++i) subnet.layers.push_back({.heads = 3, .mlp_ratio = 3});
  return subnet;
}

std::string message_of(const Json& json) {
  try {
    nn::parse_autoformer(json, "file.json");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(autoformer)

BOOST_AUTO_TEST_CASE(published_subnets_have_their_exact_parameters) {
  const nn::ModelOptions imagenet{.classes = 1000, .size = 224};
  const auto subnets = nn::published_autoformers();
  const std::int64_t expected[] = {5'867'944, 22'891'432, 53'691'688};
  BOOST_TEST_REQUIRE(subnets.size() == 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST(subnets[i].name == nn::autoformer_spaces()[i].name);
    BOOST_TEST(nn::parameters_of(subnets[i], imagenet) == expected[i]);
  }
  BOOST_TEST(nn::count_parameters(*nn::build_autoformer(subnets[0], imagenet)) == expected[0]);
}

/// As the authors' Vision_TransformerSuper.get_complexity(196) counts.
double authors_count(const AutoFormer& subnet) {
  const auto width = static_cast<double>(subnet.width);
  double count = 196 * 768 * width + width + 197 * width / 2 + 197 * 1000 * width;
  for (const auto& layer : subnet.layers) {
    const double inner = 64.0 * static_cast<double>(layer.heads), hidden = std::floor(width * layer.mlp_ratio);
    count += 198 * (2 * width + 4 * width * inner + 2 * width * hidden) + 2 * 198 * 198 * inner;
    count += 2 * 14 * 198 * 198 + (198 * 198 + 198 * inner) / 2;
  }
  return count;
}

// The table of autoformer.h, in millions. Published: 1.3, 5.1 and 11 billion.
BOOST_AUTO_TEST_CASE(published_subnets_have_these_operations_in_each_way_of_counting) {
  const auto subnets = nn::published_autoformers();
  const std::int64_t expected[3][4] = {
      {1283, 1344, 1344, 1482}, {4774, 4892, 4892, 5161}, {11045, 11242, 11237, 11691}};
  for (std::size_t i = 0; i < 3; ++i) {
    const nn::AutoFormerMacs macs = nn::macs_of(subnets[i], {.classes = 1000, .size = 224});
    const auto millions = [](auto count) { return std::llround(static_cast<double>(count) * 1e-6); };
    BOOST_TEST(millions(macs.products + macs.attention) == expected[i][0]);
    BOOST_TEST(millions(macs.total()) == expected[i][1]);
    BOOST_TEST(millions(authors_count(subnets[i])) == expected[i][2]);
    BOOST_TEST(millions(macs.products + 2 * macs.attention) == expected[i][3]);
  }
}

BOOST_AUTO_TEST_CASE(formulas_agree_with_the_network) {
  for (const auto& space : nn::autoformer_spaces()) {
    AutoFormer subnet{.space = space.name, .width = space.widths[1]};
    for (std::int64_t i = 0; i < space.depths[0]; ++i) {
      subnet.layers.push_back(
          {.heads = space.heads[static_cast<std::size_t>(i) % space.heads.size()], .mlp_ratio = nn::kMlpRatios[i % 3]});
    }
    const nn::ModelOptions options{.classes = 7, .size = 64};
    const auto network = nn::build_autoformer(subnet, options);
    const nn::Cost cost = nn::measure_cost(*network, options.size);
    BOOST_TEST(cost.parameters == nn::parameters_of(subnet, options), space.name);
    BOOST_TEST(cost.macs == nn::macs_of(subnet, options).total(), space.name);
  }
}

// Logits by PyTorch's operations, with a vector for every pair of tokens: golden/make_autoformer.py.
BOOST_AUTO_TEST_CASE(logits_are_the_reference_s) {
  const torch::NoGradGuard no_grad;
  const auto ramp = [](std::int64_t n) { return at::arange(n, at::kDouble); };
  const Json golden = read_json(tests::tests_dir() + "/nn/golden/autoformer.json");
  const AutoFormer subnet = nn::parse_autoformer(golden["subnet"], "golden");
  const auto size = golden["size"].get<std::int64_t>();
  const auto network = nn::build_autoformer(subnet, {.classes = 5, .size = size});
  BOOST_TEST(nn::count_parameters(*network) == golden["parameters"].get<std::int64_t>());
  std::map<std::string, at::Tensor> parameters;
  for (const auto& parameter : network->named_parameters()) parameters[parameter.key()] = parameter.value();
  double p = 0;
  for (auto& [name, value] : parameters) {
    const at::Tensor n = ramp(value.numel());
    at::Tensor filled = at::sin(n * 0.37 + p);
    if (name.ends_with("norm.weight")) {
      filled = at::sin(n + p) * 0.1 + 1;
    } else if (name.ends_with(".bias")) {
      filled = at::cos(n + p) * 0.1;
    } else if (name.ends_with(".weight")) {
      filled = filled / std::sqrt(static_cast<double>(value[0].numel()));
    } else {
      filled = filled * 0.3;
    }
    value.copy_(filled.reshape(value.sizes()));
    ++p;
  }
  const at::Tensor images = (at::sin(ramp(2 * 3 * size * size) * 0.011) * 0.5 + 0.5).reshape({2, 3, size, size});
  const at::Tensor logits = network->forward(images.to(at::kFloat));
  for (std::int64_t i = 0; i < 2; ++i) {
    for (std::int64_t k = 0; k < 5; ++k) {
      const double expected = golden["logits"][static_cast<std::size_t>(i)][static_cast<std::size_t>(k)].get<double>();
      BOOST_TEST(std::abs(logits[i][k].item<double>() - expected) < 2e-5);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_parameter_is_trained) {
  const auto network = nn::build_autoformer(smallest(), {.classes = 3, .size = 32});
  network->forward(at::rand({2, 3, 32, 32})).pow(2).sum().backward();
  for (const auto& parameter : network->named_parameters()) {
    BOOST_TEST(parameter.value().grad().defined(), parameter.key());
    if (parameter.value().grad().defined()) {
      BOOST_TEST(parameter.value().grad().abs().sum().item<double>() > 0, parameter.key());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_traced_network_takes_any_batch) {
  const nn::ModelOptions options{.classes = 3, .size = 32};
  const auto network = nn::build_autoformer(smallest(), options);
  network->eval();
  const torch::NoGradGuard no_grad;
  torch::jit::Module traced = nn::trace_classifier(*network, options);
  const at::Tensor images = at::rand({5, 3, 32, 32});
  BOOST_TEST((traced.forward({images}).toTensor() - network->forward(images)).abs().max().item<double>() < 1e-5);
}

BOOST_AUTO_TEST_CASE(subnets_survive_json_and_what_the_space_lacks_is_named) {
  const AutoFormer subnet = nn::published_autoformers()[1];
  BOOST_TEST(nn::to_json(nn::parse_autoformer(nn::to_json(subnet), "again")) == nn::to_json(subnet));
  BOOST_TEST(nn::is_autoformer(nn::to_json(subnet)));
  BOOST_TEST(parse_json(nn::autoformer_schema(), "schema")["$id"] == "autoformer.schema.json");

  Json json = nn::to_json(smallest());
  BOOST_TEST(message_of(json).empty());
  json["width"] = 200;
  json["layers"][2]["heads"] = 5;
  json["layers"][3]["mlp_ratio"] = "wide";
  json["layers"][4]["head"] = 3;
  json["widht"] = 192;
  const std::string message = message_of(json);
  for (const char* part : {"file.json: ", "width must be one of 192, 216, 240, not 200",
                           "layers[2]: heads must be one of 3, 4, not 5", "layers[3]: mlp_ratio must be one of",
                           "layers[4]: unknown key 'head'; did you mean 'heads'", "did you mean 'width'"}) {
    BOOST_TEST(contains(message, part), part << " is not in: " << message);
  }
  json = nn::to_json(smallest());
  json["layers"].erase(0);
  BOOST_TEST(contains(message_of(json), "layers must be a list of 12, 13, 14 layers, not 11"));
  json["space"] = "autoformer-smal";
  BOOST_TEST(contains(message_of(json), "did you mean 'autoformer-small'"));
  BOOST_TEST(contains(message_of(Json::array()), "expected an object"));
}

BOOST_AUTO_TEST_CASE(images_must_fill_whole_patches) {
  BOOST_CHECK_THROW(nn::build_autoformer(smallest(), {.classes = 2, .size = 8}), ConfigError);
  BOOST_CHECK_EXCEPTION(nn::build_autoformer(smallest(), {.classes = 2, .size = 100}), ConfigError,
                        [](const ConfigError& error) { return contains(error.what(), "--size 96"); });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
