#include <algorithm>
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

BOOST_AUTO_TEST_CASE(several_trainings_have_a_table_with_both_kinds_of_luck_and_one_training_has_none) {
  ReportInputs inputs = load_report_inputs(fixture());
  for (const Table* table : tables(build_document(inputs))) BOOST_TEST(table->id != "trainings");
  auto& trainings = inputs.statistics->record.trainings.emplace();
  auto& model = trainings.models.at("resnet18");
  model.runs = {"a", "b", "c"};
  model.accuracy = TrainedMetric{0.72, 0.70, 0.74, 0.008, 0.012};
  trainings.comparisons.at("resnet18").at("search3").accuracy = PairedEstimate{-0.05, -0.09, -0.01, 0.03};
  const Document whole = build_document(inputs);
  const Table table = find_table(whole, "trainings");
  BOOST_TEST(find_cell(table, "resnet18", "runs").value.value() == 3);
  BOOST_TEST(find_cell(table, "resnet18", "accuracy").low.value() == 0.70);
  BOOST_TEST(find_cell(table, "resnet18", "accuracy_sampling").value.value() == 0.008);
  BOOST_TEST(find_cell(table, "resnet18", "accuracy_training").value.value() == 0.012);
  BOOST_TEST(find_cell(table, "resnet18", "accuracy_training").provenance.key ==
             "/trainings/models/resnet18/accuracy/training_sd");
  BOOST_TEST(find_cell(find_table(whole, "trainings_compared"), "resnet18-search3", "accuracy_p").value.value() ==
             0.03);
}

BOOST_AUTO_TEST_CASE(small_counts_are_marked) {
  const Table table = find_table(document(), "group_counts");
  BOOST_TEST((find_cell(table, "young", "malignant").mark == Mark::kSmall));
  BOOST_TEST((find_cell(table, "young", "benign").mark == Mark::kNone));
}

BOOST_AUTO_TEST_CASE(without_statistics_their_tables_are_left_out) {
  ReportInputs inputs = load_report_inputs(fixture());
  const auto has = [&](const char* id) {
    const Document whole = build_document(inputs);
    const auto all = tables(whole);
    return std::any_of(all.begin(), all.end(), [&](const Table* table) { return table->id == id; });
  };
  BOOST_TEST(has("comparisons"));
  BOOST_TEST(has("noise_floor"));
  inputs.statistics.reset();
  BOOST_TEST(has("table1"));
  BOOST_TEST(!has("comparisons"));
  BOOST_TEST(!has("noise_floor"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
