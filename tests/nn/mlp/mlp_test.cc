#include "harness/nn/mlp/mlp.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/models/model.h"
#include "harness/nn/standardised.h"
#include "harness/nn/torchscript.h"
#include "tests/base/fixture.h"

using namespace flnas;
using test::contains;
using test::message_of;

namespace {

/// Two numbers and a column of three categories.
const nn::ModelOptions kTable{.classes = 2, .columns = {0, 0, 3}};

torch::Tensor logits_of(nn::Classifier& model, const torch::Tensor& rows) {
  const nn::EvalMode eval(model);
  const torch::NoGradGuard no_grad;
  return model.forward(rows);
}

/// "head.weight" and the like.
torch::Tensor parameter(const nn::Classifier& model, const std::string& name) {
  return model.named_parameters()[name].detach();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mlp)

BOOST_AUTO_TEST_CASE(parameters_and_macs_are_those_counted_by_hand) {
  const auto cost = [](const nn::Mlp& mlp) { return nn::measure_cost(*nn::build_mlp(mlp, kTable), kTable); };
  BOOST_TEST(cost({.widths = {}}).parameters == (5 + 1) * 2);
  BOOST_TEST(cost({.widths = {}}).macs == 5 * 2);
  BOOST_TEST(cost({.widths = {7, 4}}).parameters == (5 + 1) * 7 + (7 + 1) * 4 + (4 + 1) * 2);
  BOOST_TEST(cost({.widths = {7, 4}}).macs == 5 * 7 + 7 * 4 + 4 * 2);
  BOOST_TEST(cost({.widths = {7}, .norm = "batch"}).parameters == (5 + 1) * 7 + 2 * 7 + (7 + 1) * 2);
  BOOST_TEST(cost({.widths = {7}, .norm = "layer"}).parameters == (5 + 1) * 7 + 2 * 7 + (7 + 1) * 2);
  BOOST_TEST(cost({.widths = {7}, .embedding = 2}).parameters == 3 * 2 + (4 + 1) * 7 + (7 + 1) * 2);
  const nn::ModelOptions images{.classes = 3, .size = 8};
  BOOST_TEST(nn::measure_cost(*nn::build_mlp({.widths = {}}, images), images).parameters == (3 * 8 * 8 + 1) * 3);
}

BOOST_AUTO_TEST_CASE(a_category_is_a_column_and_others_are_none) {
  torch::manual_seed(3);
  const auto model = nn::build_mlp({.widths = {}}, kTable);
  const torch::Tensor weight = parameter(*model, "head.weight"), bias = parameter(*model, "head.bias");
  const torch::Tensor logits = logits_of(*model, torch::tensor({{2.0F, -1.0F, 0.0F}, {0.0F, 0.0F, 3.0F}}));
  BOOST_TEST(torch::allclose(logits[0], bias + 2 * weight.select(1, 0) - weight.select(1, 1)));
  BOOST_TEST(torch::allclose(logits[1], bias + weight.select(1, 4)));
}

BOOST_AUTO_TEST_CASE(an_embedding_gives_each_category_its_numbers) {
  torch::manual_seed(3);
  const auto model = nn::build_mlp({.widths = {}, .embedding = 2}, kTable);
  const torch::Tensor weight = parameter(*model, "head.weight"), bias = parameter(*model, "head.bias");
  const torch::Tensor embedding = parameter(*model, "encoder.embedding2");
  const torch::Tensor logits = logits_of(*model, torch::tensor({{0.0F, 0.0F, 0.0F}, {0.0F, 0.0F, 2.0F}}));
  BOOST_TEST(torch::allclose(logits[0], bias));
  BOOST_TEST(torch::allclose(logits[1], bias + weight.slice(1, 2, 4).mv(embedding[1])));
}

BOOST_AUTO_TEST_CASE(a_residual_block_adds_its_input) {
  torch::manual_seed(3);
  const nn::ModelOptions numbers{.classes = 2, .columns = {0, 0, 0, 0}};
  const auto plain = nn::build_mlp({.widths = {4}, .activation = "tanh"}, numbers);
  torch::manual_seed(3);
  const auto residual = nn::build_mlp({.widths = {4}, .activation = "tanh", .residual = true}, numbers);
  const torch::Tensor rows = torch::randn({5, 4});
  const torch::Tensor difference = logits_of(*residual, rows) - logits_of(*plain, rows);
  BOOST_TEST(torch::allclose(difference, rows.mm(parameter(*plain, "head.weight").t()), 1e-4, 1e-6));
}

BOOST_AUTO_TEST_CASE(a_trained_one_becomes_torchscript_that_takes_rows_as_they_are) {
  test::TemporaryFolder folder;
  torch::manual_seed(3);
  const nn::ChannelStatistics statistics{.mean = {40, 2, 0}, .deviation = {10, 4, 1}, .of_columns = true};
  const nn::Mlp mlp{.widths = {6, 6}, .norm = "batch", .dropout = 0.3, .residual = true, .embedding = 2};
  const auto inner = nn::build_mlp(mlp, kTable);
  const auto model = nn::standardised(inner, statistics);
  nn::save_torchscript(*model, kTable, folder / "model.pt");
  const auto loaded = nn::load_torchscript(folder / "model.pt", kTable);
  const torch::Tensor rows = torch::tensor({{40.0F, 2.0F, 1.0F}, {60.0F, 0.0F, 0.0F}, {25.0F, 9.0F, 3.0F}});
  const torch::Tensor logits = logits_of(*model, rows);
  BOOST_TEST(torch::allclose(logits_of(*loaded, rows), logits));
  torch::Tensor scaled = rows.clone();
  scaled.select(1, 0).sub_(40).div_(10);
  scaled.select(1, 1).sub_(2).div_(4);
  BOOST_TEST(torch::allclose(logits_of(*inner, scaled), logits));
  const auto refusal = message_of<ConfigError>([&] {
    nn::load_torchscript(folder / "model.pt", {.classes = 2, .columns = {0, 0}});
  });
  BOOST_TEST(contains(refusal, "does not take rows [N, 2] of a table"));
}

BOOST_AUTO_TEST_CASE(a_file_is_a_model) {
  test::TemporaryFolder folder;
  const auto describe = [&](const std::string& text) {
    write_file(folder / "mine.json", text);
    return nn::describe_model(
        nn::find_model(nn::Registry(std::vector<nn::ModelEntry>{}), (folder / "mine.json").string()), kTable);
  };
  const ModelInfo info = describe(R"({"format": "flnas-mlp/1", "widths": [8], "norm": "layer"})");
  BOOST_TEST(info.name == "mine");
  BOOST_TEST(*info.parameters == (5 + 1) * 8 + 2 * 8 + (8 + 1) * 2);
  BOOST_TEST(info.input == (std::vector<std::int64_t>{3}), boost::test_tools::per_element());
  const auto refused = [&](const std::string& text, const std::string& part) {
    BOOST_TEST(contains(message_of<ConfigError>([&] { describe(text); }), part));
  };
  refused(R"({"format": "flnas-mlp/1", "width": [8]})", "did you mean 'widths'");
  refused(R"({"format": "flnas-mlp/1", "widths": [0], "norm": "group", "dropout": 1})",
          "widths must be 1 to 1024, not 0");
  refused(R"({"format": "flnas-mlp/1", "widths": [0], "norm": "group"})", "norm must be one of none, batch, layer");
}

BOOST_AUTO_TEST_CASE(a_network_of_images_refuses_a_table) {
  const auto architecture =
      nn::parse_architecture(Json::parse(R"({"name": "small", "stages": [{"channels": 4}]})"), "x");
  BOOST_TEST(contains(message_of<ConfigError>([&] { nn::build_classifier(architecture, kTable); }),
                      "takes images, and the data are a table of 3 columns"));
}

BOOST_AUTO_TEST_SUITE_END()
