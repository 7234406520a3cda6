#include "harness/nn/models/model.h"

#include <torch/types.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "harness/base/error.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/classifier.h"

namespace {

using namespace flnas;
namespace fs = std::filesystem;

std::shared_ptr<nn::Classifier> tiny(const nn::ModelOptions& options) {
  static const nn::Architecture architecture = nn::parse_architecture(
      Json::parse(R"({"stages": [{"channels": 4}], "head": {"reduce": "global_average"}})"), "tiny");
  return nn::build_classifier(architecture, options);
}
constexpr std::int64_t kTinyAtTwoClasses = 4 * 27 + 4 + 4 * 2 + 2;

nn::Registry registry() {
  return nn::Registry({{"first", "First", "paper", kTinyAtTwoClasses, nn::Match::kExact, tiny},
                       {"resembling", "Like", "paper", kTinyAtTwoClasses, nn::Match::kApproximate, tiny},
                       {"wrong_count", "Wrong", "paper", 1000, nn::Match::kExact, tiny},
                       {"own", "Own", "us", std::nullopt, nn::Match::kNone, tiny}});
}

BOOST_AUTO_TEST_SUITE(model)

BOOST_AUTO_TEST_CASE(a_strided_1x1_convolution_of_few_channels_learns_in_channels_last_layout) {
  // oneDNN 2.6 wrote beyond its buffers here, and the next allocations found a broken heap
  const nn::Architecture architecture = nn::parse_architecture(
      Json::parse(R"({"stages": [{"channels": 8, "kernel": 1, "padding": 0, "stride": 2}, {"channels": 8}],
                      "head": {"reduce": "global_average"}})"),
      "tiny");
  torch::manual_seed(1);
  const auto model = nn::build_classifier(architecture, {.classes = 2, .size = 64});
  const auto images = torch::rand({32, 3, 64, 64});
  const auto gradient = [&](const torch::Tensor& x) {
    for (auto& parameter : model->parameters()) parameter.mutable_grad() = torch::Tensor();
    model->forward(x).square().sum().backward();
    return model->parameters().at(0).grad().clone();
  };
  const auto expected = gradient(images);
  for (int step = 0; step < 3; ++step) {
    BOOST_TEST(torch::allclose(gradient(images.contiguous(torch::MemoryFormat::ChannelsLast)), expected, 1e-3, 1e-4));
  }
  torch::NoGradGuard no_grad;  // takes the convolution as it is
  const auto as_it_is = model->forward(images);
  torch::AutoGradMode grad(true);
  BOOST_TEST(torch::allclose(model->forward(images), as_it_is, 1e-4, 1e-5));
}

BOOST_AUTO_TEST_CASE(cells_are_models_by_index_and_by_architecture_string) {
  const std::string text = nn::to_string(nn::cell_at(117));
  for (const std::string& name : {std::string("cell:117"), "cell:" + text, text}) {
    const nn::ModelEntry entry = nn::find_model(registry(), name);
    BOOST_TEST(entry.name == "cell117");
    BOOST_TEST(entry.title == text);
    const ModelInfo info = nn::describe_model(entry, {.classes = 10, .size = 32});
    BOOST_TEST(static_cast<double>(*info.parameters) * 1e-6 ==
                   nn::cell_cost(nn::cell_at(117), {.classes = 10, .size = 32}).parameters_m,
               boost::test_tools::tolerance(1e-9));
  }
  const auto fails = [](const std::string& name, const std::string& part) {
    BOOST_CHECK_EXCEPTION(nn::find_model(registry(), name), ConfigError, [&](const ConfigError& error) {
      return std::string(error.what()).find(part) != std::string::npos;
    });
  };
  fails("cell:15625", "15625");
  fails("cell:x", "expected |op~0|+");
  fails("|none~0|+|none~0|conv_3x3~1|+|none~0|none~1|none~2|", "did you mean 'nor_conv_3x3'");
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_an_error_that_names_the_nearest) {
  BOOST_CHECK_EXCEPTION(nn::find_model(registry(), "frist"), ConfigError, [](const ConfigError& error) {
    return std::string(error.what()).find("did you mean 'first'") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_a_configuration_error) {
  for (const char* name : {"none.json", "none.pt", "some/folder"}) {
    BOOST_CHECK_THROW(nn::find_model(registry(), name), ConfigError);
  }
}

BOOST_AUTO_TEST_CASE(absurd_geometry_is_a_configuration_error) {
  BOOST_CHECK_THROW(registry().at("first").make({.classes = 2, .size = 1'000'000}), ConfigError);
  BOOST_CHECK_THROW(registry().at("first").make({.classes = 1'000'000, .size = 8}), ConfigError);
}

BOOST_AUTO_TEST_CASE(an_architecture_file_is_a_model) {
  const fs::path file = fs::temp_directory_path() / ("flnas_model_" + std::to_string(::getpid()) + ".json");
  std::ofstream(file) << R"({"stages": [{"channels": 4}], "head": {"reduce": "global_average"}})";
  const nn::ModelEntry entry = nn::find_model(registry(), file.string());
  BOOST_TEST(entry.name == file.stem().string());
  BOOST_TEST(nn::describe_model(entry, {.classes = 2, .size = 8}).parameters.value() == kTinyAtTwoClasses);
  std::ofstream(file) << R"({"stages": [{"channels": 4}], "heads": {}})";
  BOOST_CHECK_THROW(nn::find_model(registry(), file.string()), ConfigError);
  std::ofstream(file) << "{";
  BOOST_CHECK_THROW(nn::find_model(registry(), file.string()), DataError);
  fs::remove(file);
}

BOOST_AUTO_TEST_CASE(exact_is_earned_by_the_count_at_two_classes) {
  const nn::Registry models = registry();
  const auto match = [&](const char* name) {
    return nn::describe_model(models.at(name), {.classes = 8, .size = 16}).match;
  };
  BOOST_TEST(match("first") == "exact");
  BOOST_TEST(match("resembling") == "approximate");
  BOOST_TEST(match("wrong_count") == "none");
  BOOST_TEST(match("own") == "none");
}

BOOST_AUTO_TEST_CASE(the_json_form_has_the_documented_keys_in_order) {
  const auto info = nn::describe_model(registry().at("own"), {.classes = 8, .size = 16});
  BOOST_TEST(record_to_json(info).dump() ==
             R"({"name":"own","title":"Own","source":"us","classes":8,"input":[3,16,16],"parameters":152,)"
             R"("macs":27680,"paper_parameters":null,"match":"none"})");
}

BOOST_AUTO_TEST_CASE(a_listing_is_of_the_models_asked_for_or_of_those_that_are_listed) {
  const nn::ModelsRequest request{.models = {"own", "cell:4"}, .options = {.classes = 3, .size = 32}};
  const auto asked = nn::describe_models(request, registry(), {"first"});
  BOOST_TEST_REQUIRE(asked.size() == 2U);
  BOOST_TEST(asked[0].name == "own");
  BOOST_TEST(asked[1].classes == 3);
  const auto listed = nn::describe_models({}, registry(), {"first"});
  BOOST_TEST_REQUIRE(listed.size() == 1U);
  BOOST_TEST(listed[0].name == "first");
}

BOOST_AUTO_TEST_CASE(describing_a_model_leaves_the_random_generator_alone) {
  torch::manual_seed(5);
  const torch::Tensor expected = torch::rand({4});
  torch::manual_seed(5);
  nn::describe_model(registry().at("first"), {.classes = 8, .size = 16});
  BOOST_TEST(torch::rand({4}).equal(expected));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
