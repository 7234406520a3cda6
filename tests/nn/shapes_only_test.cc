#include "harness/nn/shapes_only.h"

#include <ATen/Functions.h>
#include <torch/utils.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/json.h"
#include "harness/nn/architecture/architecture.h"
#include "harness/nn/autoformer/autoformer.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/nn/models/model.h"
#include "harness/nn/nas_bench_201/nas_bench_201.h"

namespace {

using namespace flnas;

/// The same counts, operation by operation, as where everything is computed.
void check_counts(const nn::ModelEntry& entry, const nn::ModelOptions& options) {
  const nn::Cost computed = nn::measure_cost(*entry.make(options), options.size);
  const nn::Cost shapes = [&] {
    const nn::ShapesOnly shapes_only;
    return nn::measure_cost(*entry.make(options), options.size);
  }();
  BOOST_TEST_CONTEXT(entry.name) {
    BOOST_TEST(shapes.parameters == computed.parameters);
    BOOST_TEST(shapes.parameters_and_buffers == computed.parameters_and_buffers);
    BOOST_TEST(shapes.macs == computed.macs);
    BOOST_TEST(shapes.activations == computed.activations);
    BOOST_TEST_REQUIRE(shapes.operations.size() == computed.operations.size());
    for (std::size_t i = 0; i < shapes.operations.size(); ++i) {
      BOOST_TEST(shapes.operations[i].name == computed.operations[i].name);
      BOOST_TEST(shapes.operations[i].shape == computed.operations[i].shape);
    }
  }
}

BOOST_AUTO_TEST_SUITE(shapes_only)

BOOST_AUTO_TEST_CASE(networks_are_counted_as_where_everything_is_computed) {
  const nn::Architecture architecture = nn::parse_architecture(Json::parse(R"({"name": "all-forms", "stages": [
        {"channels": 8, "stride": 2, "norm": "batch", "pooling": "max"},
        {"channels": 16, "form": "depthwise_separable", "norm": "group", "activation": "hardswish"},
        {"channels": 24, "form": "residual", "stride": 2, "norm": "batch", "pooling": "average", "dropout": 0.1}],
        "head": {"reduce": "flatten", "hidden": [32]}})"),
                                                               "architecture");
  check_counts(
      {.name = "all forms", .make = [&](const nn::ModelOptions& o) { return build_classifier(architecture, o); }},
      {.classes = 3, .size = 50});
  check_counts(nn::cell_entry(nn::cell_at(8374)), {.classes = 10, .size = 32});
  check_counts(nn::autoformer_entry(nn::published_autoformers().front()), {.classes = 5, .size = 224});
}

BOOST_AUTO_TEST_CASE(transposed_and_dilated_convolutions_have_their_shapes) {
  const auto weight = at::ones({4, 6, 3, 5}), image = at::ones({2, 4, 9, 11});
  const auto up = at::conv_transpose2d(image, weight, {}, {2, 3}, {1, 0}, {1, 2}, 1, {2, 1});
  const auto down = at::conv2d(image, at::ones({6, 2, 3, 3}), {}, 2, 1, 2, 2);
  const nn::ShapesOnly shapes_only;
  BOOST_TEST(at::conv_transpose2d(image, weight, {}, {2, 3}, {1, 0}, {1, 2}, 1, {2, 1}).sizes() == up.sizes());
  BOOST_TEST(at::conv2d(image, at::ones({6, 2, 3, 3}), {}, 2, 1, 2, 2).sizes() == down.sizes());
}

BOOST_AUTO_TEST_CASE(what_is_computed_afterwards_is_computed) {
  { const nn::ShapesOnly shapes_only; }
  BOOST_TEST(at::ones({2, 3}).mm(at::ones({3, 2})).sum().item<float>() == 12.F);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
