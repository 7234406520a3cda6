#include "harness/latency/timing/peak_memory.h"

#include <ATen/Functions.h>
#include <torch/utils.h>

#include <boost/test/unit_test.hpp>

#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/train/memory.h"
#include "harness/train/memory_need.h"
#include "searches/spaces/cnn/models/searched_models.h"
#include "tests/support/fake_machine.h"

namespace {

using namespace flnas;

const nn::ModelEntry kSearch3 = searches::searched_models().back();

std::shared_ptr<nn::Classifier> make() { return kSearch3.make({.classes = 2, .size = 32}); }

TrainConfig one_thread() {
  TrainConfig config;
  config.threads = 1;
  config.device = "cpu";
  return effective_config(config);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(peak_memory)

BOOST_AUTO_TEST_CASE(a_training_step_holds_weights_gradients_adams_two_moments_and_the_activations) {
  install_counting_allocator();
  const auto model = make();
  const std::int64_t parameters = 4 * nn::count_parameters(*model);
  const PeakMemory small = measure_training_peak(make, {.classes = 2, .size = 32}, 2, one_thread());
  const PeakMemory large = measure_training_peak(make, {.classes = 2, .size = 32}, 8, one_thread());
  BOOST_TEST(small.peak_bytes > 3 * parameters);
  BOOST_TEST(large.peak_bytes > small.peak_bytes + 6 * 4 * (16 * 32 * 32 * 2));
}

BOOST_AUTO_TEST_CASE(a_step_is_not_tried_where_its_memory_is_missing) {
  test::FakeMachine machine;
  TimingCase timing;  // filled one by one: GCC 12 takes the whole for uninitialised
  timing.model = kSearch3;
  timing.options = {.classes = 2, .size = 32};
  timing.config = one_thread();
  machine.memory = 1e6;
  BOOST_TEST(!training_peak_of(timing, machine));
  machine.memory = 1e11;
  BOOST_TEST(training_peak_of(timing, machine).value().batch == 8);
}

BOOST_AUTO_TEST_CASE(the_memory_that_is_predicted_covers_the_peak_that_is_measured_without_taking_any) {
  install_counting_allocator();
  for (const int batch : {2, 16}) {
    TrainConfig config = one_thread();
    config.batch = batch;
    const nn::ModelOptions options{.classes = 2, .size = 32};
    const auto peak = static_cast<double>(measure_training_peak(make, options, batch, config).peak_bytes);
    torch::manual_seed(7);
    const at::Tensor next = at::rand({1});
    torch::manual_seed(7);
    const MemoryNeed need = predict_memory(make, options, config);
    BOOST_TEST(at::equal(at::rand({1}), next), "the generator was changed");
    BOOST_TEST(need.step > peak);
    BOOST_TEST(need.step - training_step_bytes(0, 0) < 3 * peak);
    config.precision = "bfloat16";
    BOOST_TEST(predict_memory(make, options, config).step < need.step);
    config.ema = 0.9;
    BOOST_TEST(predict_memory(make, options, config).copies > need.copies);
  }
}

BOOST_AUTO_TEST_SUITE_END()
