#include "searches/spaces/nas_bench_201/predicted_ranks.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/metrics/comparison/rank_correlation.h"
#include "tests/base/fixture.h"

using namespace flnas;
using namespace flnas::searches;

namespace {

/// Every second cell is a candidate; values repeat, and the first ten candidates were trained on.
PredictedAccuracy made_up() {
  PredictedAccuracy predicted;
  predicted.accuracy.assign(kNasCells, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t index = 0; index < kNasCells; index += 2) {
    predicted.accuracy[index] = std::floor(100 * std::sin(static_cast<double>(index)));
    if (index < 20) predicted.trained_on.push_back(static_cast<Candidate>(index));
  }
  return predicted;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(predicted_ranks)

BOOST_AUTO_TEST_CASE(ranks_come_back_from_their_file_and_correlate_as_the_predictions_do) {
  const test::TemporaryFolder folder;
  const PredictedAccuracy predicted = made_up();
  const auto file = folder / "ranks.bin";
  write_ranks(file, {ranks_of(predicted, "cifar10", 7), ranks_of(predicted, "lesions", 8)});
  const auto all = read_ranks(file);
  BOOST_TEST_REQUIRE(all.size() == 2u);
  BOOST_TEST(all[1].dataset == "lesions");
  BOOST_TEST(all[0].seed == 7u);
  const PredictedAccuracy again = predictions_of(all[0], NasSearchView());
  BOOST_TEST(again.trained_on == predicted.trained_on, boost::test_tools::per_element());
  std::vector<double> values, ranks, truth;
  for (std::size_t index = 0; index < kNasCells; ++index) {
    BOOST_TEST_REQUIRE(std::isnan(again.accuracy[index]) == std::isnan(predicted.accuracy[index]));
    if (std::isnan(predicted.accuracy[index])) continue;
    values.push_back(predicted.accuracy[index]);
    ranks.push_back(again.accuracy[index]);
    truth.push_back(std::cos(static_cast<double>(index)));
  }
  BOOST_TEST(metrics::spearman(values, truth) == metrics::spearman(ranks, truth));
}

BOOST_AUTO_TEST_CASE(a_cut_file_and_another_one_are_data_errors) {
  const test::TemporaryFolder folder;
  write_ranks(folder / "ranks.bin", {ranks_of(made_up(), "cifar10", 7)});
  const std::string bytes = read_file(folder / "ranks.bin");
  for (const std::string& wrong :
       {bytes.substr(0, bytes.size() - 1), bytes + "x", std::string("{}\n"), std::string("no JSON"), std::string(),
        "[{\"seed\": 1}]\n" + bytes.substr(bytes.find('\n') + 1)}) {
    write_file(folder / "wrong.bin", wrong);
    BOOST_CHECK_THROW(read_ranks(folder / "wrong.bin"), DataError);
  }
}

BOOST_AUTO_TEST_SUITE_END()
