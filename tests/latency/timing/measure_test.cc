#include "harness/latency/timing/measure.h"

#include <boost/test/unit_test.hpp>

#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "harness/train/memory.h"
#include "searches/spaces/cnn/searched_models.h"

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

BOOST_AUTO_TEST_SUITE(measure)

BOOST_AUTO_TEST_CASE(the_least_number_of_samples_is_taken_however_short_the_time) {
  const auto samples =
      measure_latency(*make(), {.batch = 2, .size = 32, .warm_up = 1, .seconds = 0, .least_samples = 7}, one_thread());
  BOOST_TEST(samples.samples_us.size() == 7U);
  BOOST_TEST(samples.batch == 2);
  BOOST_TEST(samples.threads == 1);
  for (const double us : samples.samples_us) BOOST_TEST(us > 0);
}

BOOST_AUTO_TEST_CASE(inference_holds_the_weights_and_at_least_the_largest_pair_of_maps) {
  install_counting_allocator();
  const auto model = make();
  const PeakMemory peak = measure_inference_peak(make, 32, 2, one_thread());
  // Search-3's first convolution reads 2x3x32x32 and writes 2x16x32x32 floats; parameters are floats too.
  const std::int64_t least = 4 * (nn::count_parameters(*model) + 2 * 3 * 32 * 32 + 2 * 16 * 32 * 32);
  BOOST_TEST(peak.batch == 2);
  BOOST_TEST(peak.peak_bytes >= least);
  BOOST_TEST(peak.peak_bytes < 4 * least);
}

BOOST_AUTO_TEST_CASE(a_training_step_holds_weights_gradients_adams_two_moments_and_the_activations) {
  install_counting_allocator();
  const auto model = make();
  const std::int64_t parameters = 4 * nn::count_parameters(*model);
  const PeakMemory small = measure_training_peak(make, 2, 32, 2, one_thread());
  const PeakMemory large = measure_training_peak(make, 2, 32, 8, one_thread());
  BOOST_TEST(small.peak_bytes > 3 * parameters);
  BOOST_TEST(large.peak_bytes > small.peak_bytes + 6 * 4 * (16 * 32 * 32 * 2));
}

BOOST_AUTO_TEST_SUITE_END()
