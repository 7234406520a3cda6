// The terms behind the fairness metrics: by group, by class and group, by class and pair of groups.
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "reports/data/measures.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace tt = boost::test_tools;

BOOST_AUTO_TEST_SUITE(fairness_terms)

BOOST_AUTO_TEST_CASE(the_terms_of_unfairness_are_the_groups_gaps_to_all_rows) {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "resnet18", 2).problem = "its predictions are not here";
  const Document document = build_document(inputs);
  const Table& table = find_table(document, "unfairness_terms");
  const RunMetrics& metrics = inputs.run_of("resnet18")->metrics.value();
  const double overall = metrics.accuracy.value.value();
  for (const char* group : {"male", "female", "young", "middle", "old"}) {
    const Cell& cell = find_cell(table, "resnet18", group);
    const double own = metrics.groups.find(group)->accuracy.value.value();
    BOOST_TEST(cell.value.value() == own - overall, tt::tolerance(1e-12));
    BOOST_REQUIRE(cell.inputs.size() == 2u);
    BOOST_TEST(cell.inputs[1].key == "/metrics/accuracy");
    BOOST_TEST(cell.low.value() < cell.high.value());
  }
  BOOST_TEST(find_cell(table, "resnet18", "sum").value.value() == 0.2);
  for (const Column& column : table.columns) BOOST_TEST(column.key != "unknown");
}

/// Six rows of three classes in two groups, and one of no group; of what a model answered.
ModelPredictions small_predictions(const std::string& run) {
  ModelPredictions predictions;
  predictions.run = run;
  metrics::Outcomes& outcomes = predictions.outcomes;
  outcomes.classes = {"A", "B", "C"};
  outcomes.attributes = {{"sex", {"male", "female"}, {{0, 1}}}};
  outcomes.labels = {0, 0, 1, 0, 1, 1, 2};
  outcomes.predictions = {0, 1, 1, 0, 0, 1, 2};
  outcomes.lesions = {0, 1, 2, 3, 4, 5, 6};
  outcomes.groups = {{0, 0, 0, 1, 1, 1, -1}};
  return predictions;
}

BOOST_AUTO_TEST_CASE(every_class_and_pair_has_its_gaps_and_every_class_and_group_its_recall) {
  ReportInputs inputs = load_report_inputs(fixture());
  const std::string run = inputs.run_of("resnet18")->folder;
  inputs.predictions.clear();
  inputs.predictions.emplace(run, small_predictions(run));
  const Document document = build_document(inputs);
  const Table& recall = find_table(document, "group_recall");
  BOOST_TEST(find_cell(recall, "resnet18-male", "A").value.value() == 0.5);
  BOOST_TEST(find_cell(recall, "resnet18-female", "B").value.value() == 0.5);
  BOOST_TEST(!find_cell(recall, "resnet18-male", "C").value);
  const Table& gaps = find_table(document, "recall_gaps");
  const Table& others = find_table(document, "false_positive_gaps");
  BOOST_TEST(gaps.rows.size() == 3u);
  // A: recall 1/2 of men and 1/1 of women; taken for A of the others 0/1 and 1/2
  BOOST_TEST(find_cell(gaps, "resnet18-A", "dtpr_0").value.value() == -0.5);
  BOOST_TEST(find_cell(others, "resnet18-A", "dfpr_0").value.value() == -0.5);
  BOOST_TEST(find_cell(others, "resnet18-A", "eodd").value.value() == 0.5);
  // B: recall 1/1 and 1/2; taken for B of the others 1/2 and 0/1
  BOOST_TEST(find_cell(gaps, "resnet18-B", "dtpr_0").value.value() == 0.5);
  BOOST_TEST(!find_cell(gaps, "resnet18-C", "dtpr_0").value);  // no image of it in either group
  BOOST_TEST(find_cell(others, "resnet18-C", "dfpr_0").value.value() == 0);
  BOOST_TEST(!find_cell(gaps, "resnet18-C", "eopp1").value);
  const Cell& cell = find_cell(gaps, "resnet18-A", "dtpr_0");
  BOOST_TEST((cell.mark == Mark::kSmall));
  BOOST_TEST(cell.n.value() == 1);
  BOOST_TEST(cell.provenance.file == "predictions.csv");
  BOOST_TEST(cell.provenance.key == "A against the rest, rows with sex male and female");
}

/// ResNet-18's second seed left out, so that its figures are those of one training.
ReportInputs one_training() {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "resnet18", 2).problem = "its predictions are not here";
  return inputs;
}

BOOST_AUTO_TEST_CASE(their_means_are_the_metrics_of_table_one) {
  const ReportInputs inputs = one_training();
  const Document document = build_document(inputs);
  const Table& gaps = find_table(document, "recall_gaps");
  const Table& others = find_table(document, "false_positive_gaps");
  for (const char* model : {"resnet18", "fahana_fair"}) {
    const ModelPredictions* predictions = inputs.predictions_of(inputs.run_of(model));
    BOOST_REQUIRE(predictions != nullptr);
    const auto metrics = metrics::evaluate(predictions->outcomes, metrics::tally(predictions->outcomes));
    const std::string row = std::string(model) + "-malignant";
    BOOST_TEST(find_cell(others, row, "eodd").value.value() == metrics.eodd, tt::tolerance(1e-12));
    BOOST_TEST(find_cell(gaps, row, "eopp1").value.value() == metrics.eopp1, tt::tolerance(1e-12));
    BOOST_TEST(find_cell(others, row, "eopp2").value.value() == metrics.eopp2, tt::tolerance(1e-12));
    const double pruning = find_cell(gaps, row, "eopp1").value.value() +
                           find_cell(gaps, std::string(model) + "-benign", "eopp1").value.value();
    BOOST_TEST(pruning == metrics.sum_abs_dtpr, tt::tolerance(1e-12));
  }
}

BOOST_AUTO_TEST_CASE(over_several_trainings_they_are_means_with_the_luck_of_training_in_their_intervals) {
  ReportInputs inputs = load_report_inputs(fixture());
  const auto runs = inputs.runs_of("resnet18");
  BOOST_REQUIRE(runs.size() == 2u);
  // the second training answers all rows of malignant images rightly
  ModelPredictions second = *inputs.predictions_of(runs[0]);
  second.run = runs[1]->folder;
  for (std::size_t row = 0; row < second.outcomes.labels.size(); ++row) {
    if (second.outcomes.labels[row] == second.outcomes.positive) {
      second.outcomes.predictions[row] = second.outcomes.positive;
    }
  }
  inputs.predictions.insert_or_assign(runs[1]->folder, second);
  const Cell both = find_cell(find_table(build_document(inputs), "group_recall"), "resnet18-old", "malignant");
  const Cell one = find_cell(find_table(build_document(one_training()), "group_recall"), "resnet18-old", "malignant");
  BOOST_TEST(both.value.value() == (one.value.value() + 1) / 2, tt::tolerance(1e-12));
  BOOST_TEST(both.seeds->n == 2);
  BOOST_TEST(both.inputs.size() == 2u);
  BOOST_TEST(both.inputs[1].run == runs[1]->folder);
  BOOST_TEST(both.high.value() - both.low.value() > one.high.value() - one.low.value());
}

BOOST_AUTO_TEST_CASE(rates_that_table_one_has_too_have_its_intervals) {
  const ReportInputs inputs = one_training();
  const Document document = build_document(inputs);
  const ModelPredictions* predictions = inputs.predictions_of(inputs.run_of("resnet18"));
  BOOST_REQUIRE(predictions != nullptr);
  const auto metrics = metrics::intervals(predictions->resampled);
  const auto check = [&](const char* table, const char* column, const metrics::Estimate& expected) {
    const Cell& cell = find_cell(find_table(document, table), "resnet18-malignant", column);
    BOOST_TEST(cell.low.value() == expected.low);
    BOOST_TEST(cell.high.value() == expected.high);
  };
  check("recall_gaps", "eopp1", metrics.eopp1);
  check("false_positive_gaps", "eodd", metrics.eodd);
}

BOOST_AUTO_TEST_CASE(without_predictions_they_are_left_out) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.predictions.clear();
  const Document document = build_document(inputs);
  for (const Table* table : tables(document)) BOOST_TEST(table->id != "recall_gaps");
  BOOST_TEST(!find_cell(find_table(document, "unfairness_terms"), "resnet18", "male").low);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
