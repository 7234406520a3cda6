#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

/// The conditions of a reproduction; the summary of searches alone.
const Section& section_of(const Document& document) {
  const Section& first = document.sections.at(0);
  const bool reproduction = document.sections.size() > 1 && document.sections[1].id == "conditions";
  return reproduction ? document.sections[1] : first;
}

const Callout& callout(const Document& document) { return std::get<Callout>(section_of(document).blocks.at(0)); }

std::string summary_text(const Document& document) {
  std::string text;
  for (const Block& block : section_of(document).blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) text += paragraph->text + "\n";
    if (const auto* list = std::get_if<List>(&block)) {
      for (const auto& item : list->items) text += item + "\n";
    }
    if (const auto* box = std::get_if<Callout>(&block)) text += box->title + "\n";
  }
  return without_controls(text);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(summary)

BOOST_AUTO_TEST_CASE(comparable_records_say_how_often_the_paper_lies_within) {
  const Document document = build_document(load_report_inputs(fixture()));
  BOOST_TEST((callout(document).tone == Callout::Tone::kGood));
  const std::string text = summary_text(document);
  BOOST_TEST(contains(text, "within our 95 % interval for: Accuracy "));
  BOOST_TEST(contains(text, " of 2; Unfairness, sum "));
  BOOST_TEST(contains(text, "EOPP1 1 of 1"));
  BOOST_TEST(
      contains(text, "2 of 2 models are above it by balanced accuracy and AUROC, as far as their intervals tell"));
  BOOST_TEST(contains(text, "84.0 % accuracy and 50.0 % balanced"));
}

BOOST_AUTO_TEST_CASE(records_that_cannot_be_compared_warn_at_the_top_with_every_reason) {
  ReportInputs inputs = load_report_inputs(fixture());
  Reproduction& made = inputs.reproduction->record;
  made.data.synthetic = true;
  made.task = "isic8";
  made.profile.comparable = false;
  const Document document = build_document(inputs);
  BOOST_TEST((callout(document).tone == Callout::Tone::kWarning));
  BOOST_TEST(contains(callout(document).title, "not comparable"));
  BOOST_TEST(callout(document).lines.size() == 4U);
  BOOST_TEST(!contains(summary_text(document), "Agreement."));
  // the table says it too, since it can be read alone
  BOOST_TEST(contains(find_table(document, "table1").caption, "No verdict is given"));
}

BOOST_AUTO_TEST_CASE(the_table_alone_names_profile_narrowing_task_protocol_data_and_device) {
  const Document document = build_document(load_report_inputs(fixture()));
  const std::string markdown = to_markdown(document, find_table(document, "table1"));
  for (const char* part : {"`paper`", "`--seeds 2`", "`binary`", "`clean`", "`isic2019-subset`", "Example CPU"}) {
    BOOST_TEST(contains(markdown, part));
  }
}

/// Search-3 as good a run as FaHaNa-Fair's, compared with it in statistics.json in the order given.
struct Paired {
  ReportInputs inputs = load_report_inputs(fixture());

  explicit Paired(const std::string& first = "search3", const std::string& second = "fahana_fair") {
    Run& searched = run_of(inputs, "search3");
    const Run& other = run_of(inputs, "fahana_fair");
    searched.record = other.record;
    searched.metrics = other.metrics;
    searched.record.model = ModelInfo();
    searched.record.model.name = "search3";
    searched.record.model.title = "Search-3";
    searched.problem.clear();
    pair(first, second) = *inputs.statistics->record.comparisons.find("constant")->find("resnet18");
  }
  PairComparison& pair(const std::string& first = "search3", const std::string& second = "fahana_fair") {
    return inputs.statistics->record.comparisons.at(first).at(second);
  }
  std::string text() const { return summary_text(build_document(inputs)); }
};

BOOST_AUTO_TEST_CASE(the_paired_test_decides_between_searched_and_baseline) {
  Paired paired;
  paired.pair().mcnemar->p_holm = 0.036;
  paired.pair().accuracy = PairedEstimate{.value = 0.05, .low = 0.01, .high = 0.09};
  // the intervals of the two alone are the same, and yet the pair differs
  BOOST_TEST(contains(paired.text(),
                      "searched minus baseline is 5.00 [1.00, 9.00], McNemar's p 0.036 (Holm-corrected): the searched "
                      "model is better here"));
  paired.pair().mcnemar->p_holm = 0.06;
  BOOST_TEST(contains(paired.text(), "McNemar's p 0.060 (Holm-corrected): not settled"));
}

BOOST_AUTO_TEST_CASE(a_pair_in_the_other_order_is_turned) {
  Paired paired("fahana_fair", "search3");
  PairComparison& pair = paired.pair("fahana_fair", "search3");
  pair.mcnemar->p_holm = 0.036;
  pair.accuracy = PairedEstimate{.value = 0.05, .low = 0.01, .high = 0.09};
  BOOST_TEST(contains(paired.text(), "searched minus baseline is \u22125.00 [\u22129.00, \u22121.00]"));
  BOOST_TEST(contains(paired.text(), "the baseline is better here"));
}

BOOST_AUTO_TEST_CASE(lower_unfairness_is_the_better_one) {
  Paired paired;
  paired.pair().unfairness_sum = PairedEstimate{.value = -0.1, .low = -0.2, .high = -0.05, .p_holm = 0.01};
  BOOST_TEST(contains(paired.text(), "p 0.010 (Holm-corrected): the searched model is better here"));
}

BOOST_AUTO_TEST_CASE(without_a_paired_comparison_nothing_is_settled) {
  Paired paired;
  paired.inputs.statistics.reset();
  BOOST_TEST(contains(paired.text(), "no paired comparison of these two is known"));
  BOOST_TEST(!contains(paired.text(), "is better here"));
}

BOOST_AUTO_TEST_CASE(the_claims_audit_is_summed_up) {
  const ReportInputs inputs = load_report_inputs(fixture());
  const std::string text = summary_text(build_document(inputs));
  BOOST_TEST(
      contains(text, "readings on accuracy, fairness and memory, with the noise of the paper's own test images"));
  BOOST_TEST(contains(text, "On these records "));
}

BOOST_AUTO_TEST_CASE(damaged_statistics_leave_a_line_that_cannot_be_overlooked) {
  const TemporaryFolder folder;
  const auto root = folder.path() / "out";
  std::filesystem::copy(fixture(), root, std::filesystem::copy_options::recursive);
  write_file(root / "statistics.json", "{");
  const std::string damaged = to_markdown(build_document(load_report_inputs(root)));
  BOOST_TEST(contains(damaged, "Comparisons of models and the noise floor are left out"));
  BOOST_TEST(contains(damaged, "statistics.json"));
  BOOST_TEST(!contains(damaged, root.string()));
  std::filesystem::remove(root / "statistics.json");
  BOOST_TEST(contains(to_markdown(build_document(load_report_inputs(root))), "Statistics.json is missing"));
}

BOOST_AUTO_TEST_CASE(an_unfinished_reproduction_says_so) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.reproduction->record.finished.reset();
  BOOST_TEST(contains(summary_text(build_document(inputs)), "not finished"));
}

BOOST_AUTO_TEST_CASE(the_inferred_protocol_says_that_test_images_guided_training) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.reproduction->record.protocol = "inferred";
  BOOST_TEST(contains(summary_text(build_document(inputs)), "tested on the same 500 images"));
}

BOOST_AUTO_TEST_CASE(a_reproduction_without_any_run_still_reports) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.runs.clear();
  inputs.hardware.clear();
  inputs.constant.reset();
  const Document document = build_document(inputs);
  BOOST_TEST(contains(summary_text(document), "0 of 8 models were trained"));
  BOOST_TEST(!to_html(document).empty());
}

BOOST_AUTO_TEST_CASE(searches_are_called_fairer_by_test_figures_with_an_interval_alone) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  const auto text = [&] { return summary_text(build_document(inputs)); };
  BOOST_TEST(contains(text(), "on test images, compared with random: fairer: none; less fair: none; not settled"));
  BOOST_TEST(contains(text(), "holds zero: evolution."));
  ComparedFigures& difference = inputs.comparisons.at(0).record.configurations.at(1).difference;
  // What the designs were chosen by says nothing.
  difference.unfairness = SeedMean{.mean = -0.15, .low = -0.2, .high = -0.1, .n = 2};
  BOOST_TEST(contains(text(), "holds zero: evolution."));
  SeedMean& gap = difference.test_unfairness.emplace(SeedMean{.mean = -0.15, .low = {}, .high = {}, .n = 1});
  BOOST_TEST(contains(text(), "fairer: none; less fair: none"));
  gap.low = -0.2, gap.high = -0.1;
  BOOST_TEST(contains(text(), "compared with random: fairer: evolution; less fair: none"));
  gap.low = 0.1, gap.mean = 0.15, gap.high = 0.2;
  BOOST_TEST(contains(text(), "compared with random: fairer: none; less fair: evolution"));
  difference.test_unfairness.reset();
  BOOST_TEST(contains(text(), "Not measured: evolution (no test figures to compare)."));
  for (Search& search : inputs.searches) {
    if (search.record.name == "evolution") search.record.sources = {"scripted"};
  }
  BOOST_TEST(contains(text(), "Not measured: evolution (a script answered in place of a language model)."));
}

BOOST_AUTO_TEST_CASE(nothing_is_compared_to_a_first_arm_that_a_script_answered) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (Search& search : inputs.searches) {
    if (search.record.name == "random") search.record.sources = {"scripted"};
  }
  const Document document = build_document(inputs);
  BOOST_TEST(
      contains(summary_text(document), "Not measured: random, to which the others are compared (a script answered"));
  const Table& table = find_table(document, "search_comparison_searches");
  BOOST_TEST(!find_cell(table, "evolution", "difference_unfairness").value);
  BOOST_TEST(find_cell(table, "evolution", "unfairness").value.has_value());
}

BOOST_AUTO_TEST_CASE(searches_on_tables_say_what_partitioning_alone_is_worth) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  const auto text = [&] { return summary_text(build_document(inputs)); };
  BOOST_TEST(contains(text(), "What partitioning alone is worth, without a language model:  not settled: −7.4 points"));
  // both seeds the same on every pair: the difference of the means is exact
  const auto set = [&](const std::string& strategy, double share) {
    for (NasPair& pair : inputs.nas.at(0).record.pairs) {
      for (NasSearchResult& search : pair.searches) {
        if (search.strategy == strategy) search.hypervolume_share = share;
      }
    }
  };
  set("llmnas-offline", 0.9), set("offline-no-partition", 0.8), set("random", 0.95);
  BOOST_TEST(contains(text(), "without a language model:  more by 10.0 points [10.0, 10.0]"));
  BOOST_TEST(contains(text(), "against random search:  less by 5.0 points [5.0, 5.0]"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
