// A study's questions in words, and what of a report is printed.
#include <boost/test/unit_test.hpp>

#include "reports/data/questions.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

Evidence evidence(const char* subject, const char* against, const char* metric, double value, std::optional<double> low,
                  std::optional<double> high, std::optional<double> p, std::int64_t n, const char* of) {
  return {subject, against, metric, value, low, high, p, n, of};
}

/// The fixture's reproduction with an answer to every question but the last two.
ReportInputs answered() {
  ReportInputs inputs = load_report_inputs(fixture());
  Questions& questions = inputs.questions.emplace();
  questions.file = kQuestionsFile;
  QuestionsRecord& record = questions.record;
  record.images = 400, record.lesions = 350, record.seeds = 1, record.folds = 5;
  record.answers = {
      {kMoreAccurate,
       "",
       {evidence("search3", "resnet18", "balanced_accuracy", -0.012, -0.03, 0.006, 1, 400, "image"),
        evidence("search1", "resnet18", "balanced_accuracy", -0.02, -0.04, 0.0, 1, 400, "image"),
        evidence("search3", "resnet18", "auroc", 0.01, -0.01, 0.03, 0.6, 400, "image")}},
      {kFairer, "", {evidence("search3", "resnet18", "unfairness_sum", 0.1, 0.05, 0.15, 0.0002, 400, "image")}},
      {kSmallerFairer,
       "",
       {evidence("tenfold parameters", "", "unfairness_sum", -0.02, -0.03, -0.01, 0.01, 7, "network")}},
      {kChoice,
       "",
       {evidence("architecture", "", "unfairness_sum", 0.01, 0, 0.02, {}, 6, "network"),
        evidence("fold", "", "unfairness_sum", 0.08, 0.05, 0.2, {}, 6, "network"),
        evidence("architecture", "fold", "unfairness_sum", -0.07, -0.2, -0.03, {}, 6, "network")}},
      {kMitigation,
       "",
       {evidence("search1@reweight", "search3", "unfairness_sum", -0.01, -0.02, 0.01, 1, 400, "image"),
        evidence("search1@reweight", "search3", "balanced_accuracy", 0.1, 0.05, 0.15, 0.001, 400, "image")}},
      {kSampleSize,
       "",
       {{"search3", "resnet18", "auroc", 12000, {}, {}, {}, 400, "image"},
        {"search3", "resnet18", "eodd", {}, {}, {}, {}, 400, "image"},
        {"search3", "resnet18", "balanced_accuracy", 300, {}, {}, {}, 400, "image"}}},
      {kShortTraining,
       "",
       {evidence("epoch 1", "epoch 20", "validation_auroc", 0.2, -0.7, 0.8, {}, 6, "network"),
        evidence("epoch 3", "epoch 20", "validation_auroc", 0.6, -0.4, 0.9, {}, 6, "network")}},
      {kInferred, "a study under it", {}},
      {kLanguageModel, "a comparison of searches", {}}};
  return inputs;
}

const Answered& answer(const std::vector<Answered>& all, const std::string& key) {
  for (const Answered& each : all) {
    if (each.key == key) return each;
  }
  throw std::out_of_range(key);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(questions_)

BOOST_AUTO_TEST_CASE(each_question_has_a_verdict_and_its_figures) {
  const auto all = answered_questions(answered());
  BOOST_TEST(all.size() == 9u);
  const Answered& accuracy = answer(all, kMoreAccurate);
  BOOST_TEST(accuracy.verdict == "Not shown");
  BOOST_TEST(contains(accuracy.detail,
                      "by balanced accuracy, Search-3 is ahead of ResNet-18 by \u22121.2 points "
                      "[\u22123.0, 0.6] (p = 1.000)"));
  BOOST_TEST(contains(accuracy.detail, "Holm over 3 tests; n = 400 images"));
  BOOST_TEST(answer(all, kFairer).verdict == "Yes");
  BOOST_TEST(contains(answer(all, kFairer).detail, "p < 0.001"));
  BOOST_TEST(answer(all, kSmallerFairer).verdict == "No");  // unfairness falls with size
  BOOST_TEST(answer(all, kChoice).verdict == "Less than fold");
  BOOST_TEST(
      contains(answer(all, kChoice).detail, "0.010 [0.000, 0.020] by architecture, 0.080 [0.050, 0.200] by fold"));
  BOOST_TEST(answer(all, kMitigation).verdict == "Not shown");  // more accurate is not fairer
  BOOST_TEST(contains(answer(all, kSampleSize).detail, "by AUROC would take about 12,000 images"));
  BOOST_TEST(contains(answer(all, kSampleSize).detail, "by EODD: no sample up to a thousand times as large"));
  BOOST_TEST(contains(answer(all, kSampleSize).detail, "by balanced accuracy: not more images, but more trainings"));
  BOOST_TEST(contains(answer(all, kShortTraining).verdict, "0.600 [\u22120.400, 0.900]"));
  BOOST_TEST(answer(all, kInferred).verdict == "Not measured");
  BOOST_TEST(answer(all, kInferred).detail == "needs a study under it");
}

BOOST_AUTO_TEST_CASE(what_is_shown_by_some_figures_alone_is_no_yes) {
  ReportInputs inputs = answered();
  auto& answers = inputs.questions->record.answers;
  answers[1].evidence.push_back(evidence("search3", "resnet18", "eodd", 0.02, -0.01, 0.05, 0.2, 400, "image"));
  BOOST_TEST(answer(answered_questions(inputs), kFairer).verdict == "By Unfairness alone");
  answers[8].evidence = {evidence("flnas", "random-sensible", "hypervolume_share", 0.02, 0.01, 0.03, 0.01, 6, "search"),
                         evidence("flnas", "random-sensible", "unfairness_sum", -0.1, -0.9, 0.7, 1, 2, "search"),
                         evidence("llmnas", "random-sensible", "hypervolume_share", 0.024, {}, {}, {}, 1, "search")};
  const Answered model = answer(answered_questions(inputs), kLanguageModel);
  BOOST_TEST(model.verdict == "In part");
  BOOST_TEST(
      contains(model.detail, "0.020 [0.010, 0.030] (p = 0.010, n = 6 searches); not shown of flnas by Unfairness"));
  BOOST_TEST(contains(model.detail, "without an interval: llmnas"));
  answers[8].evidence.resize(1);
  BOOST_TEST(answer(answered_questions(inputs), kLanguageModel).verdict == "Yes");
  answers[8].evidence[0].value = -0.02;
  BOOST_TEST(answer(answered_questions(inputs), kLanguageModel).verdict == "Not shown");
}

BOOST_AUTO_TEST_CASE(the_page_shows_them_the_first_screen_in_five_lines_and_the_evidence_names_its_place) {
  const ReportInputs inputs = answered();
  const Document document = build_document(inputs);
  const auto& lines = std::get<List>(document.sections.at(0).blocks.back());
  BOOST_TEST(lines.items.size() == 5u);
  const Cell& cell = find_cell(find_table(document, "question_evidence"), "accuracy_0", "value");
  BOOST_TEST(*cell.value == -0.012);
  BOOST_TEST(*cell.low == -0.03);
  BOOST_TEST(cell.provenance.file == "questions.json");
  BOOST_TEST(cell.provenance.key == "/answers/0/evidence/0");
  BOOST_TEST(find_cell(find_table(document, "question_evidence"), "sample_1", "images").text ==
             "more than 1,000 times n");
  const auto files = rendered_files(document);
  BOOST_REQUIRE(files.contains("answers.md"));
  BOOST_TEST(contains(files.at("answers.md"), "Is smaller fairer?** No: with ten times as many parameters Unfairness"));
}

BOOST_AUTO_TEST_CASE(a_study_without_answers_has_no_page_for_them) {
  const Document document = build_document(load_report_inputs(fixture()));
  BOOST_TEST(!rendered_files(document).contains("answers.md"));
  BOOST_TEST(reference_text(document, "questions").empty());
}

BOOST_AUTO_TEST_CASE(what_is_printed_is_a_paper_that_names_what_it_leaves_out) {
  const Document document = build_document(answered());
  const Document paper = printed_document(document);
  std::vector<std::string> titles;
  for (const Section& section : paper.sections) titles.push_back(section.title);
  BOOST_TEST(titles == (std::vector<std::string>{"Abstract", "Answers", "Conditions and findings", "Results",
                                                 "Threats to validity"}),
             boost::test_tools::per_element());
  BOOST_TEST(std::holds_alternative<Paragraph>(paper.sections[0].blocks[0]));
  BOOST_TEST(tables(paper).size() == 1u);
  BOOST_TEST(reference_text(paper, "table1_short") == "Table I");
  BOOST_TEST(reference_text(paper, "group_counts") == reference_text(document, "group_counts") + " of report.html");
  const std::string tex = to_latex(paper);
  BOOST_TEST(contains(tex, "\\section*{Abstract}"));
  BOOST_TEST(!contains(tex, "\\onecolumn"));
  BOOST_TEST(rendered_files(document).at("report.tex") == tex);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
