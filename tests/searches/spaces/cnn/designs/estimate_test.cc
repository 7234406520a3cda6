#include "searches/spaces/cnn/designs/estimate.h"

#include <ATen/Functions.h>

#include <boost/test/unit_test.hpp>

#include "harness/base/random.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/train/memory.h"
#include "searches/spaces/cnn/designs/sample.h"
#include "searches/spaces/cnn/models/searched_models.h"

namespace {

using namespace flnas;
using namespace flnas::searches;

/// Random designs that fit and are small enough to be built in a test.
std::vector<nn::Architecture> designs(int count, const nn::ModelOptions& options) {
  const CnnDefinition space = load_cnn();
  std::vector<nn::Architecture> found;
  Random random(11);
  while (static_cast<int>(found.size()) < count) {
    const auto design = nn::parse_architecture(sample(space.choices, random), "test");
    try {
      if (estimate_cost(design, options, 8).macs < 30'000'000) found.push_back(design);
    } catch (const std::exception&) {
    }
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(estimate)

BOOST_AUTO_TEST_CASE(parameters_and_macs_are_exactly_those_of_the_built_network) {
  const nn::ModelOptions options{.classes = 8, .size = 24};
  for (const auto& design : designs(30, options)) {
    const CostEstimate found = estimate_cost(design, options, 8);
    const nn::Cost cost = nn::measure_cost(*nn::build_classifier(design, options), options.size);
    BOOST_TEST(found.parameters == cost.parameters, nn::to_json(design));
    BOOST_TEST(found.macs == cost.macs, nn::to_json(design));
    std::int64_t parameters = 0, macs = 0;
    for (const StageCost& stage : stage_costs(design, options)) parameters += stage.parameters, macs += stage.macs;
    BOOST_TEST(parameters == cost.parameters, nn::to_json(design));
    BOOST_TEST(macs == cost.macs, nn::to_json(design));
  }
}

// By then the kernels' own workspace, which depends on the processor, is freed.
BOOST_AUTO_TEST_CASE(activations_are_within_three_tenths_of_what_lives_when_the_backward_pass_begins) {
  install_counting_allocator();
  const nn::ModelOptions options{.classes = 2, .size = 48};
  for (const auto& design : designs(12, options)) {
    const CostEstimate found = estimate_cost(design, options, 8);
    const auto network = nn::build_classifier(design, options);
    network->train();
    const std::int64_t before = allocated_bytes(at::kCPU);
    const at::Tensor images = at::rand({8, 3, 48, 48});
    const at::Tensor logits = network->forward(images);
    const double ratio =
        static_cast<double>(found.activation_bytes) / static_cast<double>(allocated_bytes(at::kCPU) - before);
    BOOST_TEST((ratio > 0.7 && ratio < 1.3), ratio << " for " << nn::to_json(design));
    BOOST_TEST(found.memory_bytes > found.activation_bytes + 4 * 4 * found.parameters);
  }
}

BOOST_AUTO_TEST_SUITE_END()
