#include "searches/spaces/cnn/models/sequential_file.h"

#include <ATen/Functions.h>
#include <ATen/core/grad_mode.h>

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"
#include "harness/nn/state.h"
#include "harness/nn/weights/weights.h"
#include "tests/base/fixture.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using test::contains;

constexpr nn::ModelOptions kOptions{.classes = 3, .size = 8};

std::string golden(const std::string& name) {
  return tests::tests_dir() + "/searches/spaces/cnn/models/golden/" + name;
}

/// Pixels as golden/make_sequential.py has them.
at::Tensor images() {
  return at::arange(8 * 3 * 8 * 8).mul(37).remainder(101).to(at::kFloat).div(100).view({8, 3, 8, 8});
}

std::shared_ptr<nn::Classifier> network() { return searches::sequential_file(golden("sequential.py")).make(kOptions); }

BOOST_AUTO_TEST_SUITE(sequential_file)

BOOST_AUTO_TEST_CASE(weights_by_pytorchs_names_give_pytorchs_logits) {
  const Json logits = read_json(golden("sequential.json"));
  for (const char* file : {"sequential.pth", "sequential.safetensors"}) {
    const auto model = network();
    nn::load_weights(*model, nn::read_weights(golden(file)), file, "sequential");
    const nn::EvalMode eval(*model);
    const at::NoGradGuard no_grad;
    const at::Tensor ours = model->forward(images());
    for (std::int64_t i = 0; i < ours.size(0); ++i) {
      for (std::int64_t c = 0; c < ours.size(1); ++c) {
        const double theirs = logits[static_cast<std::size_t>(i)][static_cast<std::size_t>(c)];
        BOOST_TEST(std::abs(ours[i][c].item<double>() - theirs) < 1e-5, file << ": image " << i << ", class " << c);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(its_own_names_are_taken_as_before) {
  const auto trained = network(), model = network();
  nn::load_weights(*model, nn::copy_state(*trained), "model.pt", "sequential");
  const nn::NamedTensors from = nn::state_view(*trained), to = nn::state_view(*model);
  for (std::size_t i = 0; i < from.size(); ++i) BOOST_TEST(to[i].second.equal(from[i].second), from[i].first);
}

BOOST_AUTO_TEST_CASE(weights_of_another_network_are_named_as_pytorch_names_them) {
  const auto refusal = [](nn::NamedTensors weights) {
    return test::message_of<ConfigError>(
        [&] { nn::load_weights(*network(), std::move(weights), "w.pth", "sequential"); });
  };
  nn::NamedTensors wider = nn::read_weights(golden("sequential.pth"));
  for (auto& [name, tensor] : wider) {
    if (name == "net.features.0.weight") tensor = at::zeros({7, 3, 3, 3});
  }
  BOOST_TEST(
      contains(refusal(wider),
               "w.pth: not the weights of sequential: 'features.0.weight' is [7, 3, 3, 3] and not [4, 3, 3, 3]"));
  std::erase_if(wider, [](const auto& item) { return item.first.starts_with("net.classifier"); });
  BOOST_TEST(contains(refusal(wider), "it lacks 'classifier.weight', 'classifier.bias'; "));
}

BOOST_AUTO_TEST_CASE(an_architecture_takes_the_names_of_its_pytorch_source) {
  const auto architecture =
      nn::parse_architecture(Json::parse(R"({"stages": [{"channels": 8, "norm": "batch", "pooling": "max"},
                                 {"channels": 8, "form": "residual", "norm": "batch"}],
                      "head": {"hidden": [5], "dropout": 0.5}})"),
                             "x.json");
  const auto model = nn::build_classifier(architecture, kOptions);
  const std::map<std::string, std::string> names = model->pytorch_names();
  // Conv2d, BatchNorm2d, ReLU, MaxPool2d, BasicBlock, Flatten, Dropout, Linear, ReLU, Dropout, Linear
  BOOST_TEST(names.at("stages.0.block.0.weight") == "0.weight");
  BOOST_TEST(names.at("stages.0.block.1.running_mean") == "1.running_mean");
  BOOST_TEST(names.at("stages.1.block.conv1.weight") == "4.conv1.weight");
  BOOST_TEST(names.at("head.0.bias") == "7.bias");
  BOOST_TEST(names.at("head.1.weight") == "10.weight");
  BOOST_TEST(names.size() == nn::state_view(*model).size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
