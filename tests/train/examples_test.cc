#include "harness/train/examples.h"

#include <ATen/Functions.h>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(examples)

BOOST_AUTO_TEST_CASE(input_statistics_are_those_of_the_rows_alone) {
  at::manual_seed(2);
  const at::Tensor all = at::randint(0, 256, {4, 5, 5, 3}, at::kByte);
  flnas::Examples rows{.pixels = all.data_ptr<std::uint8_t>(), .size = 5};
  rows.row = {3, 1};
  const auto statistics = flnas::input_statistics(rows);
  const at::Tensor used = at::stack({all[3], all[1]}).to(at::kDouble).div(255).view({-1, 3});
  for (std::int64_t c = 0; c < 3; ++c) {
    const auto i = static_cast<std::size_t>(c);
    BOOST_TEST(statistics.mean[i] == used.select(1, c).mean().item<double>(), boost::test_tools::tolerance(1e-12));
    BOOST_TEST(statistics.deviation[i] == used.select(1, c).std(/*unbiased=*/false).item<double>(),
               boost::test_tools::tolerance(1e-9));
  }
}

BOOST_AUTO_TEST_CASE(a_channel_of_one_value_is_not_scaled) {
  const std::vector<std::uint8_t> grey(3 * 4, 51);
  flnas::Examples rows{.pixels = grey.data(), .size = 2};
  rows.row = {0};
  BOOST_TEST(flnas::input_statistics(rows).mean[0] == 0.2);
  BOOST_TEST(flnas::input_statistics(rows).deviation[0] == 1);
}

BOOST_AUTO_TEST_CASE(numbers_of_a_table_have_statistics_and_categories_none) {
  const std::vector<float> table = {1, 2, 7, 3, 1, 7, 100, 2, 7};
  flnas::Examples rows;
  rows.features = table.data();
  rows.columns = {0, 2, 0};
  rows.row = {0, 1};  // not the third
  const auto statistics = flnas::input_statistics(rows);
  BOOST_TEST(statistics.of_columns);
  BOOST_TEST(statistics.mean == (std::vector<double>{2, 0, 7}), boost::test_tools::per_element());
  BOOST_TEST(statistics.deviation == (std::vector<double>{1, 1, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
