#include "harness/nn/weights/weights.h"

#include <ATen/Functions.h>
#include <caffe2/serialize/inline_container.h>
#include <torch/types.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <limits>
#include <tuple>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/archive.h"
#include "harness/nn/classifier.h"
#include "harness/nn/standardised.h"
#include "harness/nn/torchscript.h"
#include "harness/nn/weights/safetensors.h"
#include "tests/base/fixture.h"
#include "tests/support/paths.h"

namespace {

using namespace flnas;
using test::contains;
using test::message_of;
namespace fs = std::filesystem;

constexpr nn::ModelOptions kOptions{.classes = 3, .size = 16};

std::shared_ptr<nn::Classifier> network(std::uint64_t seed, std::int64_t classes = 3) {
  torch::manual_seed(seed);
  return nn::build_classifier(
      nn::parse_architecture(Json::parse(R"({"stages": [{"channels": 4, "norm": "batch"}]})"), "x.json"),
      {.classes = classes, .size = 16});
}

/// Eight bytes of length, the header, the values.
std::string safetensors(const std::string& header, const std::string& values) {
  std::string text(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) text[i] = static_cast<char>(header.size() >> (8 * i) & 0xFF);
  return text + header + values;
}

/// A state as other programs write it, its numbers of type `type` ("F16": at::kHalf).
std::string safetensors_of(const nn::NamedTensors& state, const std::string& dtype, at::ScalarType type,
                           const std::string& prefix = "") {
  Json header = {{"__metadata__", {{"format", "pt"}}}};
  std::string values;
  for (const auto& [name, tensor] : state) {
    const bool counts = !tensor.is_floating_point();
    const at::Tensor stored = (counts ? tensor : tensor.to(type)).contiguous();
    const std::size_t begin = values.size();
    values.append(static_cast<const char*>(stored.data_ptr()), stored.nbytes());
    header[prefix + name] = {
        {"dtype", counts ? "I64" : dtype}, {"shape", stored.sizes().vec()}, {"data_offsets", {begin, values.size()}}};
  }
  return safetensors(header.dump(), values);
}

bool same(const nn::NamedTensors& left, const nn::NamedTensors& right, double tolerance = 0) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].first != right[i].first || !left[i].second.allclose(right[i].second, 0, tolerance)) return false;
  }
  return left.size() == right.size();
}

std::string golden(const std::string& name) { return tests::tests_dir() + "/nn/golden/weights/" + name; }

struct Weights : test::TemporaryFolder {
  fs::path file = path / "weights.safetensors";

  /// What reading these bytes as .safetensors says.
  std::string refusal(const std::string& bytes) const {
    write_file(file, bytes);
    return message_of<DataError>([&] { nn::read_weights(file); });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(weights, Weights)

BOOST_AUTO_TEST_CASE(safetensors_of_any_precision_become_the_models) {
  const auto trained = network(1);
  trained->named_parameters().begin()->value().data().fill_(0.3);
  for (const auto& [dtype, type, tolerance] :
       {std::tuple("F32", at::kFloat, 0.0), std::tuple("F64", at::kDouble, 0.0), std::tuple("F16", at::kHalf, 1e-3),
        std::tuple("BF16", at::kBFloat16, 1e-2)}) {
    write_file(file, safetensors_of(nn::state_view(*trained), dtype, type));
    const auto model = network(2);
    nn::load_weights(*model, nn::read_weights(file), file.string(), "mine");
    BOOST_TEST(same(nn::state_view(*model), nn::state_view(*trained), tolerance), dtype);
    BOOST_TEST(model->named_parameters().begin()->value().requires_grad());
  }
}

BOOST_AUTO_TEST_CASE(a_runs_model_starts_a_run_and_statistics_of_inputs_stay_behind) {
  const auto trained = network(1);
  const auto whole = nn::standardised(trained, {.mean = {0.5, 0.5, 0.5}, .deviation = {0.2, 0.2, 0.2}});
  const fs::path saved = path / "model.pt";
  nn::save_torchscript(*whole, kOptions, saved);
  const nn::NamedTensors read = nn::read_weights(saved);
  BOOST_TEST(nn::has_input_statistics(read));
  const auto model = network(2);
  nn::load_weights(*model, read, saved.string(), "mine");
  BOOST_TEST(same(nn::state_view(*model), nn::state_view(*trained)));
}

BOOST_AUTO_TEST_CASE(a_state_dict_of_python_is_read_and_never_run) {
  for (const char* name : {"state_dict.pth", "checkpoint.pth"}) {
    const nn::NamedTensors read = nn::read_weights(golden(name));
    BOOST_TEST_REQUIRE(read.size() == 4U);
    BOOST_TEST(read[0].first == "turned");
    BOOST_TEST(read[0].second.equal(at::arange(12, at::kFloat).reshape({2, 6}).t()));
    BOOST_TEST(read[1].second.equal(at::arange(3, 7, at::kFloat)));  // a part of a larger storage
    BOOST_TEST(read[2].second.to(at::kFloat).equal(at::tensor({0.5F, -2.0F})));
    BOOST_TEST(read[3].second.item<std::int64_t>() == 7);
  }
  BOOST_TEST(
      contains(message_of<DataError>([] { nn::read_weights(golden("module.pth")); }),
               "module.pth: holds a Python object of torch.nn.modules.linear.Linear, which only Python can load; "
               "save its weights there: torch.save(model.state_dict(), FILE)"));
}

BOOST_AUTO_TEST_CASE(a_common_first_part_is_taken_off_and_counters_may_lack) {
  const auto trained = network(1);
  nn::NamedTensors state = nn::copy_state(*trained);
  std::erase_if(state, [](const auto& item) { return item.first.ends_with("num_batches_tracked"); });
  write_file(file, safetensors_of(state, "F32", at::kFloat, "module."));
  const auto model = network(2);
  nn::load_weights(*model, nn::read_weights(file), file.string(), "mine");
  BOOST_TEST(same(nn::state_view(*model), nn::state_view(*trained)));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_one_line_with_the_first_few_names) {
  const auto other = network(1, 5);
  write_file(file, safetensors_of(nn::state_view(*other), "F32", at::kFloat));
  const auto model = network(2);
  const nn::NamedTensors before = nn::copy_state(*model);
  const std::string shapes =
      message_of<ConfigError>([&] { nn::load_weights(*model, nn::read_weights(file), file.string(), "mine"); });
  BOOST_TEST(contains(shapes, "not the weights of mine: "), shapes);
  BOOST_TEST(contains(shapes, " is [5] and not [3]"), shapes);
  BOOST_TEST(same(nn::state_view(*model), before));  // nothing was copied

  const std::string names = message_of<ConfigError>(
      [&] { nn::load_weights(*model, nn::read_weights(golden("state_dict.pth")), "w.pth", "mine"); });
  BOOST_TEST(names.starts_with("w.pth: not the weights of mine: it lacks '"), names);
  BOOST_TEST(contains(names, "more; the model has no 'count', 'half', 'part' and 1 more"), names);

  nn::NamedTensors whole = nn::copy_state(*model);
  whole[0].second = whole[0].second.to(at::kLong);
  BOOST_TEST(contains(message_of<ConfigError>([&] { nn::load_weights(*model, whole, "w", "mine"); }),
                      "is Long and not Float"));
}

BOOST_AUTO_TEST_CASE(hostile_safetensors_are_refused_before_anything_is_read) {
  const auto entry = [](const std::string& name, const std::string& dtype, const std::string& shape,
                        const std::string& offsets) {
    return fmt::format(R"("{}": {{"dtype": "{}", "shape": {}, "data_offsets": {}}})", name, dtype, shape, offsets);
  };
  const std::string sixteen(16, '\0');
  const auto one = [&](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return refusal(safetensors("{" + entry("a", dtype, shape, offsets) + "}", sixteen));
  };
  BOOST_TEST(contains(
      refusal(safetensors("{" + entry("a", "F32", "[3]", "[0, 12]") + "," + entry("b", "F32", "[2]", "[8, 16]") + "}",
                          sixteen)),
      "the values of 'b' overlap"));
  BOOST_TEST(contains(one("F32", "[100]", "[0, 400]"), "ends before the values of 'a'"));
  BOOST_TEST(contains(one("F32", "[5]", "[0, 16]"), "reaches beyond"));
  BOOST_TEST(contains(one("F32", "[3]", "[0, 16]"), "more values than its shape"));
  BOOST_TEST(contains(one("F32", "[4611686018427387904, 4]", "[0, 16]"), "reaches beyond"));
  BOOST_TEST(contains(one("F32", "[0]", "[0, 16]"), "more values than its shape"));
  BOOST_TEST(contains(one("F32", "[-4]", "[0, 16]"), "not described by"));
  BOOST_TEST(contains(one("F32", "[4]", "[16, 0]"), "not described by"));
  BOOST_TEST(contains(one("F32", "[1]", "[9223372036854775807, 9223372036854775811]"), "'a'"));
  BOOST_TEST(contains(one("F8_E5M2", "[16]", "[0, 16]"), "values of type F8_E5M2, which are not read"));
  BOOST_TEST(contains(one("F32", "[2]", "[0, 8]"), "16 bytes of values of which its header names 8"));
  BOOST_TEST(contains(refusal(safetensors("{}", sixteen)), "16 bytes of values of which its header names 0"));
  BOOST_TEST(contains(refusal(std::string(8, '\xFF') + "{}"), "not a .safetensors file"));
  BOOST_TEST(contains(refusal("short"), "not a .safetensors file"));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  BOOST_TEST(contains(refusal(safetensors("{" + entry("a", "F32", "[1]", "[0, 4]") + "}",
                                          std::string(reinterpret_cast<const char*>(&nan), sizeof nan))),
                      "not numbers or infinite"));
}

BOOST_AUTO_TEST_CASE(a_network_is_not_looked_for_where_there_are_weights_alone) {
  const auto refusal_of = [](const fs::path& model) {
    return message_of<DataError>([&] { nn::load_torchscript(model, kOptions); });
  };
  BOOST_TEST(
      contains(refusal_of(golden("state_dict.pth")), "weights without a network; give the network as the model"));
  const fs::path exported = path / "net.pt2";
  {
    caffe2::serialize::PyTorchStreamWriter writer(exported.string());
    writer.writeRecord("archive_format", "pt2", 3);
    writer.writeEndOfFile();
  }
  BOOST_TEST((nn::archive_kind(exported) == nn::ArchiveKind::kExported));
  BOOST_TEST(contains(refusal_of(exported), "a program of torch.export (.pt2), which libtorch's C++ does not run"));
  write_file(path / "old.pt", "\x80\x02}q.");
  BOOST_TEST(contains(refusal_of(path / "old.pt"), "before PyTorch 1.6"));
  BOOST_TEST(contains(message_of<DataError>([&] { nn::read_weights(exported); }), "torch.export"));
}

BOOST_AUTO_TEST_SUITE_END()
