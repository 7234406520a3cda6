#include "searches/spaces/nas_bench_201/partition.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "harness/base/error.h"
#include "searches/spaces/nas_bench_201/cell_costs.h"
#include "tests/datasets/nas/fixture.h"
#include "tests/searches/spaces/nas_bench_201/fixture.h"

using namespace flnas;
using namespace flnas::searches;
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

BOOST_AUTO_TEST_CASE(niches_by_live_convolutions_hold_each_function_in_one_niche) {
  const Partition live = make_partition("live-convolutions", {}, 1);
  BOOST_TEST(live.name == "live-convolutions");
  BOOST_TEST(live.niches[1] == "no live nor_conv_3x3 and at least one live nor_conv_1x1");
  for (std::size_t index = 0; index < kNasCells; ++index) {
    const std::size_t same = nn::table_index(nn::reachable(nn::cell_at(index)));
    if (live.niche_of[index] != live.niche_of[same]) BOOST_ERROR(index);
  }
  const std::size_t dead = test::cell_index("|nor_conv_3x3~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|");
  BOOST_TEST(convolution_partition().niche_of[dead] == 2);
  BOOST_TEST(live.niche_of[dead] == 1);
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

BOOST_AUTO_TEST_CASE(counted_convolutions_end_in_a_niche_of_those_and_more) {
  const Partition four = make_partition("convolutions:4", {}, 1);
  BOOST_TEST(four.name == "convolutions:4");
  BOOST_TEST(four.niches[2] == "exactly 2 nor_conv_3x3");
  BOOST_TEST(four.niches[3] == "at least 3 nor_conv_3x3");
  BOOST_TEST(sizes(four) == (std::vector<std::ptrdiff_t>{4096, 6144, 3840, 1545}), boost::test_tools::per_element());
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_partition("convolutions:8", {}, 1); }), "from 1 to 7"));
}

BOOST_AUTO_TEST_CASE(a_device_s_latency_and_the_13_proxies_divide_the_space) {
  const test::SmallNasTable small;
  const NasTable table = NasTable::open(small.tables, small.cache);
  const NasSearchView view = table.search_view("toy");
  const Partition by_latency = make_partition("latency:2", view, 1, "board");  // 0.5, 4, 6 and 9 ms
  BOOST_TEST(by_latency.niches[0] == "latency from 0.5 to below 6");
  BOOST_TEST(by_latency.niche_of[0] == 0);
  BOOST_TEST(by_latency.niche_of[12] == 1);
  BOOST_TEST(make_partition("zen:2", view, 1).niche_of[12] == 1);
  BOOST_TEST(contains(message_of<ConfigError>([&] { make_partition("latency:2", view, 1); }), "unknown --niches"));
}

BOOST_AUTO_TEST_CASE(parameters_and_flops_are_computed_where_the_table_has_none) {
  const test::SmallNasTable small;
  std::filesystem::remove(small.tables / "zc_full_toy.csv");
  const NasTable table = NasTable::open(small.tables, small.cache);
  NasSearchView view = table.search_view("toy");
  BOOST_TEST(add_cell_costs(view) == (std::vector<std::string>{"params_M", "flops_M"}),
             boost::test_tools::per_element());
  BOOST_TEST(add_cell_costs(view).empty());
  const NasSearchView copy = view;
  BOOST_TEST(copy.zc_full().columns[0][0] == 0.129306, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(copy.zc_full().columns[1][0] == 17.958592, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(std::isnan(copy.zc_full().columns[1][1]));  // not in the table
  BOOST_TEST(make_partition("flops_M:2", copy, 1).niche_of[12] == 1);
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
