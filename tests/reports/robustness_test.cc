#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/records/digest.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

RobustFigures figures(double all, double female, double male) {
  RobustFigures made;
  made.accuracy = {all, all - 0.1, all + 0.1};
  made.groups = {{"female", 20, {female, {}, {}}}, {"male", 30, {male, {}, {}}}, {"old", 0, {}}};
  return made;
}

RobustnessRecord record(const std::string& model, const std::string& subset = "test") {
  RobustnessRecord made;
  made.model = model, made.title = "Model " + model;
  made.subset = subset, made.n = 50, made.lesions = 40;
  made.conditions = {{"clean", 0, figures(0.8, 0.75, 0.825)}, {"blur", 2, figures(0.5, 0.4, 0.55)}};
  made.conditions[1].figures.unfairness_sum = RobustShare{0.15, 0.05, 0.3};
  made.corrupted = figures(0.5, 0.4, 0.55), made.attacked = figures(0.2, 0.1, 0.25);
  return made;
}

BOOST_AUTO_TEST_SUITE(robustness_in_reports)

BOOST_AUTO_TEST_CASE(a_model_s_accuracy_on_changed_images_stands_beside_that_on_the_images_as_they_are) {
  const TemporaryFolder folder;
  write_with_digest(folder.path() / "a/robustness.json", record_to_json(record("net")));
  const ReportInputs inputs = load_report_inputs(folder.path());
  const Document document = build_document(inputs);
  const Table table = find_table(document, "robustness");
  BOOST_TEST(find_cell(table, "net", "clean").value.value() == 0.8);
  const Cell corrupted = find_cell(table, "net", "corrupted");
  BOOST_TEST(corrupted.value.value() == 0.5);
  BOOST_TEST(corrupted.low.value() == 0.4);
  BOOST_TEST(corrupted.provenance.file == "robustness.json");
  BOOST_TEST(find_cell(table, "net", "attacked_male").value.value() == 0.25);
  for (const Column& column : table.columns) BOOST_TEST(column.panel != "old");  // without images
  const Table each = find_table(document, "robustness_conditions");
  BOOST_TEST(each.beside);
  BOOST_TEST(find_cell(each, "net_blur_2", "accuracy_female").value.value() == 0.4);
  BOOST_TEST(find_cell(each, "net_blur_2", "unfairness_sum").high.value() == 0.3);
}

BOOST_AUTO_TEST_CASE(two_records_of_one_model_are_told_apart_and_those_that_steered_a_search_are_left_out) {
  const TemporaryFolder folder;
  write_with_digest(folder.path() / "a/robustness.json", record_to_json(record("net")));
  write_with_digest(folder.path() / "b/robustness.json", record_to_json(record("net")));
  write_with_digest(folder.path() / "c/robustness.json", record_to_json(record("d001", "validation")));
  const ReportInputs inputs = load_report_inputs(folder.path());
  BOOST_TEST(inputs.robustness.size() == 2u);
  const Table table = find_table(build_document(inputs), "robustness");
  BOOST_TEST_REQUIRE(table.rows.size() == 2u);
  BOOST_TEST(table.rows[0].key != table.rows[1].key);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
