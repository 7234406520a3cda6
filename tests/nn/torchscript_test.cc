#include "harness/nn/torchscript.h"

#include <torch/script.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "harness/base/error.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"

namespace {

using namespace flnas;
namespace fs = std::filesystem;

constexpr nn::ModelOptions kOptions{.classes = 3, .size = 16};

struct Fixture {
  fs::path folder = fs::temp_directory_path() / ("flnas_torchscript_" + std::to_string(::getpid()));
  fs::path file = folder / "model.pt";
  Fixture() { fs::create_directories(folder); }
  ~Fixture() { fs::remove_all(folder); }

  /// Every form, norm and both dropouts.
  std::shared_ptr<nn::Classifier> network() {
    torch::manual_seed(7);
    return nn::build_classifier(nn::parse_architecture(Json::parse(R"({"stages": [
          {"channels": 8, "norm": "batch", "pooling": "max"},
          {"channels": 16, "norm": "group", "form": "residual", "dropout": 0.3, "activation": "silu"},
          {"channels": 8, "norm": "layer", "form": "depthwise_separable", "stride": 2, "pooling": "average"}],
          "head": {"hidden": [12], "dropout": 0.5}})"),
                                                       "x.json"),
                                kOptions);
  }

  /// A scripted module, as torch.jit.script writes them: it obeys its `training` attribute.
  void write_scripted() {
    torch::jit::Module block("__torch__.Block");
    block.register_attribute("training", c10::BoolType::get(), true);
    block.register_parameter("weight", torch::ones({3}).requires_grad_(), false);
    block.register_parameter("bias", torch::zeros({3}).requires_grad_(), false);
    block.register_buffer("running_mean", torch::zeros({3}));
    block.register_buffer("running_var", torch::ones({3}));
    block.define(R"(
      def forward(self, x):
        return torch.batch_norm(x, self.weight, self.bias, self.running_mean, self.running_var, self.training, 0.1, 1e-5, False)
    )");
    torch::jit::Module net("__torch__.Net");
    net.register_attribute("training", c10::BoolType::get(), true);
    net.register_module("norm", block);
    net.register_parameter("weight", torch::rand({3, 3}).requires_grad_(), false);
    net.define(R"(
      def forward(self, x):
        return torch.matmul(self.norm.forward(x).relu().mean([2, 3]), self.weight)
    )");
    net.save(file.string());
  }
};

torch::Tensor logits_of(nn::Classifier& model, const torch::Tensor& images) {
  const nn::EvalMode eval(model);
  const torch::NoGradGuard no_grad;
  return model.forward(images);
}

BOOST_FIXTURE_TEST_SUITE(torchscript, Fixture)

BOOST_AUTO_TEST_CASE(a_saved_model_gives_the_same_logits_at_any_batch_size) {
  const auto model = network();
  model->forward(torch::rand({4, 3, 16, 16}));  // running statistics move
  nn::save_torchscript(*model, kOptions, file);
  BOOST_TEST(model->is_training());
  const auto loaded = nn::load_torchscript(file, kOptions);
  for (const int batch : {1, 2, 5}) {
    const torch::Tensor images = torch::rand({batch, 3, 16, 16});
    BOOST_TEST(logits_of(*loaded, images).allclose(logits_of(*model, images), 0, 1e-6));
  }
}

BOOST_AUTO_TEST_CASE(names_counts_and_macs_survive) {
  const auto model = network();
  nn::save_torchscript(*model, kOptions, file);
  const auto loaded = nn::load_torchscript(file, kOptions);
  BOOST_TEST(loaded->named_parameters().keys() == model->named_parameters().keys(), boost::test_tools::per_element());
  BOOST_TEST(loaded->named_buffers().keys() == model->named_buffers().keys(), boost::test_tools::per_element());
  const nn::Cost a = nn::measure_cost(*model, 16), b = nn::measure_cost(*loaded, 16);
  BOOST_TEST(a.parameters == b.parameters);
  BOOST_TEST(a.macs == b.macs);
  BOOST_TEST(a.activations == b.activations);
}

BOOST_AUTO_TEST_CASE(saving_leaves_the_model_trainable_and_apart_from_the_file) {
  const auto model = network();
  nn::save_torchscript(*model, kOptions, file);
  const torch::Tensor images = torch::rand({2, 3, 16, 16});
  const torch::Tensor before = logits_of(*nn::load_torchscript(file, kOptions), images);
  model->forward(images).square().sum().backward();
  for (auto& parameter : model->parameters()) BOOST_TEST(parameter.grad().defined());
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : model->parameters()) parameter -= 0.1 * parameter.grad();
  }
  BOOST_TEST(before.equal(logits_of(*nn::load_torchscript(file, kOptions), images)));
}

BOOST_AUTO_TEST_CASE(a_scripted_model_trains) {
  write_scripted();
  const auto model = nn::load_torchscript(file, kOptions);
  BOOST_TEST(model->is_training());
  const torch::Tensor images = torch::rand({4, 3, 16, 16});
  const torch::Tensor before = logits_of(*model, images);
  const torch::Tensor mean_before = model->named_buffers()["norm.running_mean"].clone();
  torch::Tensor trained = model->forward(images);
  BOOST_TEST(!trained.allclose(before));  // batch statistics
  BOOST_TEST(!model->named_buffers()["norm.running_mean"].equal(mean_before));
  trained.square().sum().backward();
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : model->parameters()) parameter -= 0.1 * parameter.grad();
  }
  BOOST_TEST(!logits_of(*model, images).allclose(before));
  BOOST_TEST(model->is_training());
  const fs::path again = folder / "again.pt";
  nn::save_torchscript(*model, kOptions, again);
  BOOST_TEST(logits_of(*nn::load_torchscript(again, kOptions), images).equal(logits_of(*model, images)));
}

BOOST_AUTO_TEST_CASE(a_scripted_model_changes_type_as_a_whole) {
  write_scripted();
  const auto model = nn::load_torchscript(file, kOptions);
  model->to(torch::kFloat64);
  BOOST_TEST((logits_of(*model, torch::rand({2, 3, 16, 16}, torch::kFloat64)).dtype() == torch::kFloat64));
}

BOOST_AUTO_TEST_CASE(a_saved_model_trains_as_the_one_that_was_saved) {
  const auto original = network();
  nn::save_torchscript(*original, kOptions, file);
  const auto model = nn::load_torchscript(file, kOptions);
  const torch::Tensor images = torch::rand({4, 3, 16, 16});
  for (const auto& each : {original, model}) {
    each->train();
    torch::manual_seed(11);  // dropout
    each->forward(images).square().sum().backward();
  }
  const auto expected = original->named_parameters();
  for (const auto& parameter : model->named_parameters()) {
    BOOST_TEST(parameter.value().grad().allclose(expected[parameter.key()].grad(), 1e-4, 1e-5), parameter.key());
  }
  const auto statistics = original->named_buffers();
  for (const auto& buffer : model->named_buffers()) {
    if (buffer.key().find("running") == std::string::npos) continue;
    BOOST_TEST(buffer.value().allclose(statistics[buffer.key()], 1e-5, 1e-6), buffer.key());
  }
  BOOST_TEST(logits_of(*model, images).allclose(logits_of(*original, images), 1e-4, 1e-5));
}

BOOST_AUTO_TEST_CASE(a_module_that_is_fixed_to_evaluation_cannot_be_trained) {
  torch::jit::Module net("__torch__.Fixed");
  net.register_attribute("training", c10::BoolType::get(), true);
  net.register_parameter("weight", torch::rand({3, 3}).requires_grad_(), false);
  net.define(R"(
    def forward(self, x):
      return torch.dropout(torch.matmul(x.mean([2, 3]), self.weight), 0.5, False)
  )");
  net.save(file.string());
  const auto model = nn::load_torchscript(file, kOptions);
  BOOST_TEST(!model->is_training());
  BOOST_CHECK_EXCEPTION(model->train(), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("torch.jit.script") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_frozen_model_is_for_evaluation_only) {
  write_scripted();
  torch::jit::Module script = torch::jit::load(file.string());
  script.eval();
  torch::jit::freeze(script).save(file.string());
  const auto model = nn::load_torchscript(file, kOptions);
  BOOST_TEST(logits_of(*model, torch::rand({2, 3, 16, 16})).size(1) == 3);
  BOOST_CHECK_THROW(model->train(), ConfigError);
}

BOOST_AUTO_TEST_CASE(wrong_files_classes_and_sizes_are_clear_errors) {
  const auto message = [&](const fs::path& path, const nn::ModelOptions& options) {
    try {
      nn::load_torchscript(path, options);
    } catch (const Error& error) {
      return std::to_string(error.exit_code()) + " " + error.what();
    }
    return std::string("no error");
  };
  nn::save_torchscript(*network(), kOptions, file);
  BOOST_TEST(message(folder / "none.pt", kOptions).find("2 ") == 0u);
  BOOST_TEST(message(file, {.classes = 2, .size = 16}).find("has 3 classes where 2 are needed") != std::string::npos);
  BOOST_TEST(message(file, {.classes = 3, .size = 24}).find("does not take images [N, 3, 24, 24]") !=
             std::string::npos);
  std::ofstream(folder / "bad.pt") << "not a zip file";
  BOOST_TEST(message(folder / "bad.pt", kOptions).find("3 ") == 0u);
  fs::resize_file(file, fs::file_size(file) / 2);
  BOOST_TEST(message(file, kOptions).find("3 ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_an_error) {
  BOOST_CHECK_THROW(nn::save_torchscript(*network(), kOptions, "/proc/flnas/model.pt"), IoError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
