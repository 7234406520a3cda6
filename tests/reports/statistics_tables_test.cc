#include <boost/test/unit_test.hpp>

#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

Document document() { return build_document(load_report_inputs(fixture())); }

BOOST_AUTO_TEST_SUITE(statistics_tables)

BOOST_AUTO_TEST_CASE(the_noise_floor_stands_beside_the_observed_value) {
  const Table table = find_table(document(), "noise_floor");
  BOOST_TEST(find_cell(table, "resnet18", "unfairness_sum").value.value() == 0.32);
  const Cell fair = find_cell(table, "resnet18", "unfairness_sum_fair");
  BOOST_TEST(fair.value.value() == 0.1105);
  BOOST_TEST(fair.low.value() == 0.0395);
  BOOST_TEST(fair.provenance.file == "statistics.json");
  BOOST_TEST(find_cell(table, "resnet18", "eodd_p").value.value() == 0.21);
}

BOOST_AUTO_TEST_CASE(a_comparison_is_turned_to_the_tables_order) {
  // the record has constant against resnet18; the table has the constant predictor last
  const Table table = find_table(document(), "comparisons");
  const Cell gap = find_cell(table, "resnet18-constant", "accuracy");
  BOOST_TEST(gap.value.value() == -0.05);
  BOOST_TEST(gap.low.value() < gap.high.value());
  BOOST_TEST(find_cell(table, "resnet18-constant", "only_first").value.value() == 15);
  BOOST_TEST(find_cell(table, "resnet18-fahana_fair", "only_first").value.value() == 20);
}

BOOST_AUTO_TEST_CASE(small_counts_are_marked) {
  const Table table = find_table(document(), "group_counts");
  BOOST_TEST((find_cell(table, "young", "malignant").mark == Mark::kSmall));
  BOOST_TEST((find_cell(table, "young", "benign").mark == Mark::kNone));
}

BOOST_AUTO_TEST_CASE(without_statistics_their_tables_are_left_out) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.statistics.reset();
  const Document whole = build_document(inputs);
  for (const Table* table : tables(whole)) {
    BOOST_TEST(table->id != "comparisons");
    BOOST_TEST(table->id != "noise_floor");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
