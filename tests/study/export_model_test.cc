#include "harness/study/export_model.h"

#include <ATen/Functions.h>
#include <torch/types.h>

#include "harness/base/error.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "tests/study/fixture.h"

using namespace flnas;
using test::contains;
using test::message_of;

BOOST_FIXTURE_TEST_SUITE(export_model, test::Study)

BOOST_AUTO_TEST_CASE(a_run_is_exported_with_its_trained_weights_and_geometry) {
  study::train_model(train("run"), registry);
  const auto exported = study::export_model({.model = (path / "run").string(), .out = path / "tiny.pt"}, registry);
  BOOST_TEST(exported.trained);
  BOOST_TEST(exported.options.size == 16);
  const auto images = at::ones({3, 3, 16, 16});
  const auto before = nn::load_torchscript(path / "run/model.pt", exported.options),
             after = nn::load_torchscript(path / "tiny.pt", exported.options);
  const torch::NoGradGuard no_grad;
  BOOST_TEST(after->forward(images).equal(before->forward(images)));
}

BOOST_AUTO_TEST_CASE(a_model_without_a_run_has_the_random_weights_of_its_seed) {
  const study::ExportRequest request{.model = "tiny", .out = path / "a.pt", .options = {.classes = 5, .size = 20}};
  BOOST_TEST(!study::export_model(request, registry).trained);
  BOOST_TEST(nn::torchscript_classes(path / "a.pt", 20) == 5);
}

BOOST_AUTO_TEST_CASE(onnx_is_refused_with_the_way_to_it) {
  const study::ExportRequest request{.model = "tiny", .out = path / "a.onnx", .format = "onnx"};
  BOOST_TEST(contains(message_of<ConfigError>([&] { study::export_model(request, registry); }), "torch.onnx.export"));
  BOOST_TEST(!std::filesystem::exists(request.out));
}

BOOST_AUTO_TEST_SUITE_END()
