// Metrics of version 2 in the tables: the estimate without noise, and how many terms count.
#include <boost/test/unit_test.hpp>

#include "reports/document/cell_text.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

/// The fixture with an EODD of ResNet-18 of which one pair lacks support.
ReportInputs inputs_with_support() {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "resnet18", 2).problem = "failed: killed";
  RunMetrics& metrics = *run_of(inputs, "resnet18").metrics;
  metrics.version = 2;
  metrics.min_support = 10;
  metrics.pairs = PairsUsed{{{"young", "malignant", "tpr", 9}}};
  metrics.eodd =
      RecordedEstimate{.value = 0.15, .low = 0, .high = 0.3, .debiased = 0.125, .printed = 0.41, .terms = 3, .of = 4};
  metrics.unfairness_sum->debiased = 0.11;
  metrics.unfairness_sum->terms = metrics.unfairness_sum->of = 5;
  return inputs;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(supported_terms)

BOOST_AUTO_TEST_CASE(a_class_that_no_tested_image_has_is_undefined_and_the_page_is_made) {
  ReportInputs inputs = load_report_inputs(fixture());
  for (int seed : {1, 2}) {
    RunMetrics& metrics = *run_of(inputs, "resnet18", seed).metrics;
    metrics.recall.at("malignant") = RecordedEstimate{.n = 0};
    metrics.balanced_accuracy = RecordedEstimate{};
    metrics.eodd = RecordedEstimate{};
  }
  const Document whole = build_document(inputs);
  BOOST_TEST(find_cell(find_table(whole, "class_recall"), "resnet18", "malignant").text == "undefined");
  BOOST_TEST(find_cell(find_table(whole, "table1"), "resnet18", "balanced_accuracy").text == "undefined");
  BOOST_TEST(contains(to_markdown(whole), "undefined"));
}

BOOST_AUTO_TEST_CASE(a_headline_cell_says_how_many_pairs_count_and_what_is_left_without_noise) {
  const Document document = build_document(inputs_with_support());
  const Cell& eodd = find_cell(find_table(document, "table1"), "resnet18", "eodd");
  BOOST_TEST(eodd.terms == "3 of 4 pairs");
  const Column column{.key = "eodd", .format = {.digits = 4}};
  BOOST_TEST(cell_text(eodd, column).support == "debiased 0.1250, 3 of 4 pairs");
  const Cell& sum = find_cell(find_table(document, "table1"), "resnet18", "unfairness_sum");
  BOOST_TEST(cell_text(sum, column).support == "debiased 0.1100");  // all five count
  for (const std::string& text : {to_html(document), to_latex(document), to_markdown(document)}) {
    BOOST_TEST(contains(text, "debiased 0.1250, 3 of 4 pairs"));
  }
}

BOOST_AUTO_TEST_CASE(what_lacks_rows_is_named_with_its_count) {
  const Document document = build_document(inputs_with_support());
  const std::string& caption = find_table(document, "table1").caption;
  BOOST_TEST(contains(caption, "Rates count from 10 images on; with fewer: young, malignant (9)."));
  const Document first_version = build_document(load_report_inputs(fixture()));
  BOOST_TEST(!contains(find_table(first_version, "table1").caption, "Rates count"));
}

BOOST_AUTO_TEST_CASE(a_metric_of_which_no_term_counts_says_so) {
  ReportInputs inputs = inputs_with_support();
  run_of(inputs, "resnet18").metrics->eodd = RecordedEstimate{.terms = 0, .of = 4};
  const Document document = build_document(inputs);
  const Cell& eodd = find_cell(find_table(document, "table1"), "resnet18", "eodd");
  BOOST_TEST(!eodd.value.has_value());
  BOOST_TEST(eodd.reason == "no term has enough rows to count");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
