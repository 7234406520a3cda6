// TorchScript files of other programs, which may be anything.
#include <caffe2/serialize/inline_container.h>
#include <torch/script.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/nn/classifier.h"
#include "harness/nn/torchscript.h"
#include "harness/nn/torchscript_operators.h"
#include "tests/base/fixture.h"

namespace {

using namespace flnas;
using test::contains;
namespace fs = std::filesystem;

constexpr nn::ModelOptions kOptions{.classes = 3, .size = 16};

struct Foreign : test::TemporaryFolder {
  fs::path file = path / "model.pt", written = path / "written";

  ~Foreign() { ::unsetenv("FLNAS_TRUST"); }

  /// A module with this body of forward(self, x); `y` is the right answer.
  void write(const std::string& body, torch::ScalarType type = torch::kFloat, const std::string& more = "") const {
    torch::jit::Module net("__torch__.Net");
    net.register_attribute("training", c10::BoolType::get(), true);
    net.register_parameter("weight", torch::ones({3, 3}, type).requires_grad_(), false);
    net.define("def forward(self, x):\n  y = torch.matmul(x.mean([2, 3]), self.weight)\n" + body + "\n" + more);
    net.save(file.string());
  }

  /// Replaces a word of the file's code, as a file of a later libtorch has other words.
  void replace_code(const std::string& from, const std::string& to) const {
    const fs::path changed = path / "changed.pt";
    {
      caffe2::serialize::PyTorchStreamReader reader(file.string());
      caffe2::serialize::PyTorchStreamWriter writer(changed.string());
      for (const std::string& name : reader.getAllRecords()) {
        if (name == "version" || name == ".data/version") continue;
        const auto [data, size] = reader.getRecord(name);
        std::string bytes(static_cast<const char*>(data.get()), size);
        if (const auto at = bytes.find(from); at != bytes.npos) bytes.replace(at, from.size(), to);
        writer.writeRecord(name, bytes.data(), bytes.size());
      }
      writer.writeEndOfFile();
    }
    fs::rename(changed, file);
  }

  /// Exit code and message, one line.
  std::string refusal() const {
    try {
      nn::load_torchscript(file, kOptions);
    } catch (const Error& error) {
      BOOST_TEST(!contains(error.what(), "\n"));
      return std::to_string(error.exit_code()) + " " + error.what();
    }
    return "none";
  }
};

BOOST_FIXTURE_TEST_SUITE(torchscript_foreign, Foreign)

BOOST_AUTO_TEST_CASE(an_operator_that_this_libtorch_lacks_is_named) {
  write("  return torch.relu(y)");
  BOOST_TEST(refusal() == "none");
  replace_code("torch.relu(", "torch.rexu(");
  BOOST_TEST(refusal().starts_with("3 " + file.string() + ": holds what libtorch "), refusal());
  BOOST_TEST(contains(refusal(), "rexu"));
}

BOOST_AUTO_TEST_CASE(weights_of_another_precision_are_said_to_be_that) {
  write("  return y", torch::kHalf);
  BOOST_TEST(contains(refusal(), "its weights are Half (weight); export it in float32"));
  write("  return y", torch::kDouble);
  BOOST_TEST(contains(refusal(), "its weights are Double"));
}

BOOST_AUTO_TEST_CASE(an_output_of_another_shape_is_refused_whenever_it_comes) {
  for (const char* body : {"  return y[:1]", "  return y[0]", "  return (y, y)", "  return 3"}) {
    write(body);
    BOOST_TEST_CONTEXT(body) { BOOST_TEST(contains(refusal(), "returns no [N, classes] logits for 2 images")); }
  }
  for (const char* body : {"  if x.size(0) > 2:\n    y = torch.cat([y, y], 1)\n  return y",
                           "  if x.size(0) > 2:\n    y = y[:1]\n  return y"}) {
    write(body);
    const auto model = nn::load_torchscript(file, kOptions);
    BOOST_TEST(model->forward(torch::zeros({2, 3, 16, 16})).size(1) == 3);
    BOOST_CHECK_EXCEPTION(model->forward(torch::zeros({5, 3, 16, 16})), ConfigError, [](const ConfigError& error) {
      return contains(error.what(), "returns no [N, 3] logits for 5 images");
    });
  }
}

BOOST_AUTO_TEST_CASE(what_fails_inside_is_told_with_libtorchs_reason) {
  write("  return torch.matmul(y, y)");
  BOOST_TEST(contains(refusal(), "shapes cannot be multiplied"));
  BOOST_TEST(contains(refusal(), "--size"));
}

BOOST_AUTO_TEST_CASE(code_that_does_more_than_compute_is_not_run_without_trust) {
  write("  torch.save(y, '" + written.string() + "')\n  return y");
  BOOST_TEST(contains(refusal(), "aten::save"));
  BOOST_TEST(contains(refusal(), "--trust"));
  BOOST_TEST(refusal().starts_with("2 "));
  BOOST_TEST(!fs::exists(written));
  nn::trust_torchscript();
  BOOST_TEST(refusal() == "none");
  BOOST_TEST(fs::exists(written));
}

BOOST_AUTO_TEST_CASE(code_in_branches_loops_and_called_methods_counts) {
  const std::string save = "torch.save(y, '" + written.string() + "')";
  write("  if x.size(0) > 100:\n    " + save + "\n  return y");
  BOOST_TEST(contains(refusal(), "aten::save"));
  write("  for i in range(x.size(0)):\n    if i > 100:\n      " + save + "\n  return y");
  BOOST_TEST(contains(refusal(), "aten::save"));
  write("  y = y + torch.from_file('" + written.string() + "', True, 10).sum()\n  return y");
  BOOST_TEST(contains(refusal(), "aten::from_file"));
  write("  print(y)\n  return y");
  BOOST_TEST(contains(refusal(), "prim::Print"));
  BOOST_TEST(!fs::exists(written));
}

BOOST_AUTO_TEST_CASE(code_that_loading_would_run_is_not_loaded) {
  write("  return y");
  replace_code("  def forward(", "  def __setstate__(self, state: int) -> NoneType:\n    return None\n  def forward(");
  BOOST_TEST(contains(refusal(), "__setstate__"));
}

BOOST_AUTO_TEST_CASE(another_format_of_libtorchs_is_not_looked_into) {
  write_file(file, "PTMF" + std::string(1000, 'x'));
  BOOST_TEST(refusal().starts_with("3 "));
  BOOST_TEST(contains(refusal(), "not a TorchScript file"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
