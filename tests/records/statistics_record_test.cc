#include "harness/records/statistics_record.h"

#include <boost/test/unit_test.hpp>

using namespace flnas;

namespace {

/// Two pairs compared: resnet18 - search1 by one training, and search1 - search2 by one and by all of them.
StatisticsRecord example() {
  return read_as<StatisticsRecord>(parse_json(R"({
      "n": 100, "lesions": 90, "subset": "test",
      "comparisons": {
        "resnet18": {"search1": {
          "only_first": 3, "only_second": 5, "mcnemar": {"p": 0.7, "p_holm": 1.0},
          "eodd": {"value": 0.25, "low": 0.125, "high": 0.5, "p": 0.01, "p_holm": 0.03},
          "auroc": {"value": null, "low": null, "high": null, "p": null, "p_holm": null}}},
        "search1": {"search2": {
          "eodd": {"value": 0.5, "low": 0.25, "high": 0.75, "p": 0.02, "p_holm": 0.04},
          "brier": {"value": 0.125, "low": 0, "high": 0.25, "p": 0.2, "p_holm": 0.4}}}},
      "trainings": {"models": {}, "comparisons": {
        "search1": {"search2": {
          "eodd": {"value": 0.0625, "low": -0.25, "high": 0.375, "p": 0.3, "p_holm": 0.6},
          "brier": {"value": null, "low": null, "high": null, "p": null, "p_holm": null}}}}}})",
                                              "example"),
                                   "statistics.json");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statistics_record)

BOOST_AUTO_TEST_CASE(a_difference_is_turned_round_where_its_pair_stands_in_the_other_order) {
  const auto stored = difference_between(example(), "resnet18", "search1", &MetricDifferences::eodd);
  BOOST_REQUIRE(stored.has_value());
  BOOST_TEST((!stored->swapped && !stored->over_trainings));
  BOOST_TEST(*stored->estimate.value == 0.25);
  BOOST_TEST(*stored->estimate.p == 0.01);

  const auto turned = difference_between(example(), "search1", "resnet18", &MetricDifferences::eodd);
  BOOST_REQUIRE(turned.has_value());
  BOOST_TEST(turned->swapped);
  BOOST_TEST(*turned->estimate.value == -0.25);
  BOOST_TEST(*turned->estimate.low == -0.5);
  BOOST_TEST(*turned->estimate.high == -0.125);
  BOOST_TEST(*turned->estimate.p == 0.01);
  BOOST_TEST(*turned->estimate.p_holm == 0.03);
}

BOOST_AUTO_TEST_CASE(all_trainings_count_before_the_first_ones_where_they_say_something) {
  const auto all = difference_between(example(), "search2", "search1", &MetricDifferences::eodd);
  BOOST_REQUIRE(all.has_value());
  BOOST_TEST((all->swapped && all->over_trainings));
  BOOST_TEST(*all->estimate.value == -0.0625);

  const auto first = difference_between(example(), "search1", "search2", &MetricDifferences::brier);
  BOOST_REQUIRE(first.has_value());
  BOOST_TEST(!first->over_trainings);
  BOOST_TEST(*first->estimate.value == 0.125);
}

BOOST_AUTO_TEST_CASE(nothing_is_known_of_other_models_metrics_that_are_missing_and_null) {
  BOOST_TEST(!difference_between(example(), "resnet18", "search2", &MetricDifferences::eodd).has_value());
  BOOST_TEST(!difference_between(example(), "resnet18", "search1", &MetricDifferences::eopp1).has_value());
  BOOST_TEST(!difference_between(example(), "resnet18", "search1", &MetricDifferences::auroc).has_value());
  BOOST_TEST(!difference_between(StatisticsRecord{}, "a", "b", &MetricDifferences::eodd).has_value());
}

BOOST_AUTO_TEST_CASE(its_rules_are_those_of_its_version_and_an_unknown_one_is_refused) {
  StatisticsRecord record;
  BOOST_CHECK(record.rules() == metrics::Rules::kVersion1);  // the first ones named none
  record.metrics_version = 2;
  BOOST_CHECK(record.rules() == metrics::Rules::kVersion2);
  BOOST_CHECK(metrics::Rules::kVersion2 < metrics::Rules::kNewest);
  record.metrics_version = version_of(metrics::Rules::kNewest) + 1;
  BOOST_CHECK_EXCEPTION(record.rules(), DataError, [](const DataError& error) {
    return std::string(error.what()).find("this program knows 1 to") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()
