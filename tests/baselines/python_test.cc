// Python on the other side: it runs what C++ wrote, and C++ runs what it wrote. Where the interpreter (FLNAS_PYTHON,
// else /usr/bin/python3) has no torch or no torchvision the program runs nothing and exits with kSkipped, which ctest
// shows as skipped.
#include <fmt/format.h>
#include <sys/wait.h>
#include <torch/types.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "baselines/zoo.h"
#include "harness/base/text.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/architecture/pytorch_source.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/torchscript.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
namespace fs = std::filesystem;

constexpr int kSkipped = 77;

struct Fixture {
  fs::path folder = fs::temp_directory_path() / ("flnas_python_" + std::to_string(::getpid()));
  Fixture() { fs::create_directories(folder); }
  ~Fixture() { fs::remove_all(folder); }
};

int run_python(const std::string& arguments) {
  const char* python = std::getenv("FLNAS_PYTHON");
  const int status = std::system((shell_quote(python ? python : "/usr/bin/python3") + " " + arguments).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct NeedsTorch {
  NeedsTorch() {
    if (run_python("-c 'import torch, torchvision' 2>/dev/null") == 0) return;
    fmt::print(stderr, "skipped: python3 has no torch or no torchvision; harness/setup.sh --python installs them\n");
    std::_Exit(kSkipped);
  }
};
BOOST_TEST_GLOBAL_FIXTURE(NeedsTorch);

void write_floats(const fs::path& file, const torch::Tensor& tensor) {
  const torch::Tensor values = tensor.contiguous();
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(values.data_ptr<float>()),
             static_cast<std::streamsize>(values.numel() * sizeof(float)));
}

BOOST_FIXTURE_TEST_SUITE(python, Fixture)

BOOST_AUTO_TEST_CASE(python_runs_every_saved_model_with_the_same_logits) {
  constexpr nn::ModelOptions kOptions{.classes = 3, .size = 32};
  auto entries = baselines::zoo();
  for (auto& entry : searches::searched_models()) entries.push_back(entry);
  torch::manual_seed(1);
  for (const auto& entry : entries) {
    const auto model = entry.make(kOptions);
    model->forward(torch::rand({2, 3, 32, 32}));  // running statistics move
    nn::save_torchscript(*model, kOptions, folder / (entry.name + ".pt"));
    const nn::EvalMode eval(*model);
    const torch::NoGradGuard no_grad;
    const torch::Tensor images = torch::rand({5, 3, 32, 32});
    write_floats(folder / (entry.name + ".images"), images);
    write_floats(folder / (entry.name + ".logits"), model->forward(images));
  }
  const std::string script = tests::tests_dir() + "/baselines/golden/run_torchscript.py";
  const int code = run_python(fmt::format("{} {} 32", shell_quote(script), shell_quote(folder.string())));
  BOOST_TEST(code == 0);
}

/// Every form, norm and activation between them.
constexpr const char* kMixed[] = {
    R"({"name": "plain", "stages": [
         {"channels": 8, "kernel": 5, "stride": 2, "padding": 1, "bias": false, "norm": "batch", "activation": "silu"},
         {"channels": 12, "kernel": 2, "norm": "group", "activation": "elu", "pooling": "average"},
         {"channels": 16, "norm": "layer", "activation": "leaky_relu", "pooling": "max", "dropout": 0.5}],
        "head": {"hidden": [7, 5], "activation": "gelu", "dropout": 0.3}})",
    R"({"name": "separable", "stages": [
         {"channels": 8, "norm": "batch", "activation": "relu6", "form": "depthwise_separable"},
         {"channels": 24, "kernel": 5, "stride": 2, "bias": false, "norm": "group", "activation": "hardswish",
          "form": "depthwise_separable", "pooling": "max"}], "head": {"reduce": "global_average"}})",
    R"({"name": "none", "title": "\"\"\" + quotes", "stages": [
         {"channels": 8, "norm": "batch", "activation": "tanh", "form": "residual"},
         {"channels": 8, "norm": "group", "activation": "relu", "form": "residual", "bias": false},
         {"channels": 16, "norm": "layer", "activation": "none", "form": "residual", "stride": 2},
         {"channels": 16, "activation": "gelu", "form": "residual"}], "head": {"reduce": "global_average"}})"};

BOOST_AUTO_TEST_CASE(pytorch_source_with_the_same_weights_gives_the_same_logits) {
  constexpr nn::ModelOptions kOptions{.classes = 3, .size = 32};
  std::vector<nn::Architecture> architectures;
  for (const char* name : {"search1", "search2", "search3"}) {
    architectures.push_back(*searches::searched_architecture(name));
  }
  for (const char* text : kMixed) architectures.push_back(nn::parse_architecture(Json::parse(text), "test"));
  torch::manual_seed(1);
  for (const auto& architecture : architectures) {
    const auto model = nn::build_classifier(architecture, kOptions);
    model->forward(torch::rand({2, 3, 32, 32}));  // running statistics move
    std::vector<torch::Tensor> tensors;
    for (const auto& parameter : model->parameters()) tensors.push_back(parameter.detach().flatten());
    for (const auto& buffer : model->buffers()) {
      if (buffer.is_floating_point()) tensors.push_back(buffer.flatten());
    }
    const nn::EvalMode eval(*model);
    const torch::NoGradGuard no_grad;
    const torch::Tensor images = torch::rand({5, 3, 32, 32});
    write_floats(folder / (architecture.name + ".weights"), torch::cat(tensors));
    write_floats(folder / (architecture.name + ".images"), images);
    write_floats(folder / (architecture.name + ".logits"), model->forward(images));
    std::ofstream(folder / (architecture.name + ".py")) << nn::pytorch_source(architecture, kOptions);
  }
  const std::string script = tests::tests_dir() + "/baselines/golden/run_pytorch_source.py";
  const int code = run_python(fmt::format("{} {} 32", shell_quote(script), shell_quote(folder.string())));
  BOOST_TEST(code == 0);
}

BOOST_AUTO_TEST_CASE(torchvisions_scripted_models_train_evaluate_and_count) {
  const std::string script = tests::tests_dir() + "/../baselines/torchvision/export.py";
  BOOST_TEST(run_python(fmt::format("{} --out {} --classes 2 resnet18 mobilenet_v2", shell_quote(script),
                                    shell_quote(folder.string()))) == 0);
  constexpr nn::ModelOptions kOptions{.classes = 2, .size = 64};
  const struct {
    const char* name;
    std::int64_t parameters, macs;  // macs: torchvision's published 1.81 and 0.30 GMACs at 224 px, by (64 / 224)^2
  } models[] = {{"resnet18", 11'177'538, 148'000'000}, {"mobilenet_v2", 2'226'434, 24'500'000}};
  for (const auto& expected : models) {
    BOOST_TEST_CONTEXT(expected.name) {
      const auto model = nn::load_torchscript(folder / (std::string(expected.name) + ".pt"), kOptions);
      const nn::Cost cost = nn::measure_cost(*model, 64);
      BOOST_TEST(cost.parameters == expected.parameters);
      BOOST_TEST(static_cast<double>(cost.macs) == static_cast<double>(expected.macs),
                 boost::test_tools::tolerance(0.03));
      BOOST_TEST(model->is_training());
      const torch::Tensor images = torch::rand({4, 3, 64, 64});
      const torch::Tensor weight = model->parameters().front();
      const torch::Tensor before = weight.clone();
      model->forward(images).square().sum().backward();
      {
        const torch::NoGradGuard no_grad;
        for (auto& parameter : model->parameters()) parameter -= 0.01 * parameter.grad();
      }
      BOOST_TEST(!weight.equal(before));
      const nn::EvalMode eval(*model);
      const torch::NoGradGuard no_grad;
      BOOST_TEST(model->forward(images).equal(model->forward(images)));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
