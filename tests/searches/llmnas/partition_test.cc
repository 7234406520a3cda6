#include "searches/llmnas/partition.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <limits>

#include "harness/base/error.h"
#include "tests/searches/llmnas/fixture.h"

using namespace flnas;
using namespace flnas::searches::llmnas;
using flnas::test::contains;
using flnas::test::message_of;

namespace {

std::vector<std::ptrdiff_t> sizes(const Partition& partition) {
  std::vector<std::ptrdiff_t> counts;
  for (std::size_t niche = 0; niche < partition.niches.size(); ++niche) {
    counts.push_back(
        std::count(partition.niche_of.begin(), partition.niche_of.end(), static_cast<std::int16_t>(niche)));
  }
  return counts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(partition)

BOOST_AUTO_TEST_CASE(the_six_niches_have_the_published_sizes) {
  const std::vector<std::ptrdiff_t> published = {729, 3367, 6144, 3840, 1280, 265};
  BOOST_TEST(sizes(convolution_partition()) == published, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(random_niches_are_disjoint_of_equal_size_and_depend_on_the_seed) {
  const Partition first = random_partition(6, 1), again = random_partition(6, 1), other = random_partition(6, 2);
  for (const auto size : sizes(first)) BOOST_TEST((size == 2604 || size == 2605));
  BOOST_TEST((first.niche_of == again.niche_of));
  BOOST_TEST((first.niche_of != other.niche_of));
}

BOOST_AUTO_TEST_CASE(quantiles_keep_equal_values_together) {
  std::vector<double> values(kNasCells);
  for (std::size_t i = 0; i < kNasCells; ++i) values[i] = i < 7000 ? 1 : 2;
  values[3] = std::numeric_limits<double>::quiet_NaN();
  const Partition halves = quantile_partition("flops_M", values, 2);
  BOOST_TEST(halves.niches[0] == "flops_M from 1 to below 2");
  BOOST_TEST(halves.niches[1] == "flops_M of 2 or more");
  BOOST_TEST(sizes(halves) == (std::vector<std::ptrdiff_t>{7000, 8625}), boost::test_tools::per_element());
  BOOST_TEST(halves.niche_of[3] == 0);
  for (std::size_t i = 0; i < kNasCells; ++i) values[i] = static_cast<double>(i % 10);
  // Ten values cannot make twenty niches.
  BOOST_TEST(quantile_partition("flops_M", values, 20).niches.size() == 10u);
}

BOOST_AUTO_TEST_CASE(wrong_names_are_one_clear_line) {
  const NasSearchView view;
  BOOST_TEST(make_partition("random:3", view, 1).niches.size() == 3u);
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_partition("convolution", view, 1); }),
                      "did you mean 'convolutions'?"));
  BOOST_TEST(
      contains(message_of<ConfigError>([&] { make_partition("random:x", view, 1); }), "did you mean 'random:6'?"));
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_partition("random:0", view, 1); }), "from 1 to 100"));
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_partition("flops:6", view, 1); }), "unknown --niches"));
}

BOOST_AUTO_TEST_SUITE_END()
