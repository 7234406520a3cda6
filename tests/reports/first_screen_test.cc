// The page's first screen, and the words that are read from the records.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "harness/base/files.h"
#include "harness/records/convergence.h"
#include "reports/data/conditions.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {

// Rows of sections.cc.
void add_first_screen(const ReportInputs&, Section&);
void add_summary(const ReportInputs&, Section&);

namespace {

using namespace tests;
namespace fs = std::filesystem;

Section first_screen(const ReportInputs& inputs) {
  Section section;
  add_first_screen(inputs, section);
  return section;
}

std::vector<std::string> sentences(const ReportInputs& inputs) {
  std::vector<std::string> items = std::get<List>(first_screen(inputs).blocks.at(0)).items;
  for (std::string& item : items) item = without_controls(item);
  return items;
}

std::string conditions_text(const ReportInputs& inputs) {
  Section section;
  add_summary(inputs, section);
  std::string text;
  for (const Block& block : section.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) text += paragraph->text + "\n";
  }
  return without_controls(text);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(first_screen_of_a_report)

BOOST_AUTO_TEST_CASE(five_sentences_and_a_figure_come_before_anything_else) {
  const ReportInputs inputs = load_report_inputs(fixture());
  const Document document = build_document(inputs);
  BOOST_REQUIRE(!document.sections.empty());
  BOOST_TEST(document.sections[0].id == "summary");
  BOOST_REQUIRE(document.sections[0].blocks.size() == 2u);
  BOOST_TEST(std::get<List>(document.sections[0].blocks[0]).items.size() == 5u);
  BOOST_TEST(std::holds_alternative<Figure>(document.sections[0].blocks[1]));
  const std::string text = rendered_files(document).at("summary.txt");  // for terminals
  BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 5);
  BOOST_TEST(contains(text, "\nThis rests on "), text);
}

/// ResNet-18 and FaHaNa-Fair, compared as said.
ReportInputs compared(const PairedEstimate& balanced, const PairedEstimate& unfairness) {
  ReportInputs inputs = load_report_inputs(fixture());
  PairComparison& pair = inputs.statistics->record.comparisons.at("resnet18").at("fahana_fair");
  pair.balanced_accuracy = balanced;
  pair.unfairness_sum = unfairness;
  for (Run& run : inputs.runs) {
    if (!run.metrics) continue;
    run.metrics->balanced_accuracy->value = run.model() == "resnet18" ? 0.8 : 0.75;
    run.metrics->unfairness_sum->value = run.model() == "resnet18" ? 0.3 : 0.1;
  }
  return inputs;
}

BOOST_AUTO_TEST_CASE(it_says_which_is_more_accurate_by_how_much_and_whether_that_is_more_than_chance) {
  ReportInputs inputs = compared({.value = 0.05, .low = 0.01, .high = 0.09, .p_holm = 0.012},
                                 {.value = 0.2, .low = -0.01, .high = 0.4, .p_holm = 0.3});
  auto found = sentences(inputs);
  BOOST_TEST(contains(found[0], "ResNet-18 has the highest balanced accuracy, 80.0 %"));
  BOOST_TEST(contains(found[0], "next is FaHaNa-Fair (approximate) with 75.0 %"));
  BOOST_TEST(
      contains(found[1], "from FaHaNa-Fair (approximate) is 5.0 points [1.0, 9.0]: more than chance (p = 0.012"));
  BOOST_TEST(contains(found[2], "FaHaNa-Fair (approximate) has the lowest Unfairness, 0.100"));
  BOOST_TEST(contains(found[2], "male, female"));
  BOOST_TEST(contains(found[3], "is \u22120.200 [\u22120.400, 0.010]: not more than chance (p = 0.300"));
}

BOOST_AUTO_TEST_CASE(models_that_may_be_guessing_are_left_out_of_the_comparison_of_fairness) {
  ReportInputs inputs = load_report_inputs(fixture());
  const auto may_guess = [&](const char* model, bool guesses) {
    for (Run& run : inputs.runs) {
      if (!run.metrics || run.model() != model) continue;
      RecordedEstimate& balanced = *run.metrics->balanced_accuracy;
      balanced.value = guesses ? 0.5 : 0.8, balanced.low = guesses ? 0.4 : 0.7, balanced.high = guesses ? 0.6 : 0.9;
    }
  };
  may_guess("resnet18", false), may_guess("fahana_fair", true);
  const std::string one = sentences(inputs)[2];
  BOOST_TEST(contains(one, "Fairness:"));
  BOOST_TEST(contains(one, "ResNet-18 has an Unfairness of "));
  BOOST_TEST(contains(one, "FaHaNa-Fair (approximate) is not shown to do better than guessing and is left out here."));
  may_guess("resnet18", true);
  BOOST_TEST(contains(sentences(inputs)[2], "no model is shown to do better than guessing"));
}

BOOST_AUTO_TEST_CASE(it_says_on_how_many_images_and_people_it_rests) {
  const auto found = sentences(load_report_inputs(fixture()));
  BOOST_TEST(contains(found[4], "test images"));
  BOOST_TEST(contains(found[4], "the fewest are "));
  BOOST_TEST(contains(found[4], "trainings of each model"));
}

BOOST_AUTO_TEST_CASE(one_model_alone_is_set_against_the_constant_predictor) {
  ReportInputs inputs = load_report_inputs(fixture());
  std::erase_if(inputs.runs, [](const Run& run) { return run.model() != "resnet18" || run.record.seed != 1; });
  const auto found = sentences(inputs);
  BOOST_TEST(contains(found[0], "ResNet-18 has a balanced accuracy of "));
  BOOST_TEST(contains(found[0], "answering at random gives 50.0 %"));
  BOOST_TEST(contains(found[1], "always answering with the most frequent class"));
  BOOST_TEST(contains(found.back(), "one training of each model, so that its luck is not known"));
}

BOOST_AUTO_TEST_CASE(without_tests_or_runs_it_says_so) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.statistics.reset();
  BOOST_TEST(contains(sentences(inputs)[1], "by more than chance was not tested."));
  inputs.runs.clear();
  BOOST_TEST(contains(sentences(inputs)[0], "No model was measured"));
}

BOOST_AUTO_TEST_CASE(converged_is_one_rule) {
  // best, run, falling, stopped early, patience
  BOOST_TEST(training_converged(13, 20, true, false, 0).value());
  BOOST_TEST(!training_converged(20, 20, true, false, 0).value());  // the last epoch is the best
  BOOST_TEST(!training_converged(5, 12, true, true, 4).value());    // the schedule was cut
  BOOST_TEST(training_converged(5, 9, false, true, 4).value());     // patience ran out
  BOOST_TEST(!training_converged(1, 2, false, false, 4).value());   // the epochs did
  BOOST_TEST(!training_converged(1, 2, false, false, 0));           // nothing waited: not known
  BOOST_TEST((all_converged({true, true}) == true));
  BOOST_TEST((all_converged({true, false}) == false));
  BOOST_TEST((all_converged({true, std::nullopt}) == std::nullopt));
  BOOST_TEST((all_converged({std::nullopt, false}) == false));
  BOOST_TEST((all_converged({}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(tables_mark_models_whose_training_had_not_converged) {
  ReportInputs inputs = load_report_inputs(fixture());
  const auto marked = [&] {
    const Row row = find_row(table_one(inputs), "resnet18");
    return std::find(row.marks.begin(), row.marks.end(), Mark::kNotConverged) != row.marks.end();
  };
  for (Run& run : inputs.runs) run.converged = true;
  BOOST_TEST(!marked());
  run_of(inputs, "resnet18", 2).converged = false;  // one seed of two is enough
  BOOST_TEST(marked());
  BOOST_TEST(contains(conditions_text(inputs), "had not converged (ResNet-18)"));
  for (Run& run : inputs.runs) run.converged = true;
  BOOST_TEST(contains(conditions_text(inputs), "all had converged"));
}

BOOST_AUTO_TEST_CASE(older_records_are_judged_by_the_history_beside_them) {
  const TemporaryFolder folder;
  fs::copy(fixture(), folder.path() / "out", fs::copy_options::recursive);
  const fs::path run = folder.path() / "out/runs/fahana_fair-s1-2a1b2c3d4e5f";
  const auto epoch = [](int number, double loss) {
    return R"({"epoch": )" + std::to_string(number) +
           R"(, "train_loss": 1, "train_accuracy": 0.5, "validation_loss": )" + std::to_string(loss) +
           R"(, "validation_accuracy": 0.5, "lr": 0.1, "seconds": 1, "data_wait_seconds": 0})" + "\n";
  };
  write_file(run / "history.jsonl", epoch(1, 0.5) + epoch(2, 0.4));
  ReportInputs inputs = load_report_inputs(folder.path() / "out");
  BOOST_TEST((run_of(inputs, "fahana_fair").converged == false));
  std::filesystem::remove(run / "history.jsonl");
  inputs = load_report_inputs(folder.path() / "out");
  BOOST_TEST((run_of(inputs, "fahana_fair").converged == std::nullopt));
}

BOOST_AUTO_TEST_CASE(settings_are_the_same_only_where_the_records_say_so) {
  ReportInputs inputs = load_report_inputs(fixture());
  for (Run& run : inputs.runs) run.record.effective = {{"epochs", 20}, {"lr", 0.1}, {"seed", run.record.seed}};
  BOOST_TEST(differing_settings(inputs).empty());
  BOOST_TEST(contains(conditions_text(inputs), "All trainings had the same settings"));
  run_of(inputs, "resnet18").record.effective["epochs"] = 2;
  BOOST_TEST(differing_settings(inputs) == std::vector<std::string>{"epochs"}, boost::test_tools::per_element());
  BOOST_TEST(contains(conditions_text(inputs), "Trainings differ in "));
}

BOOST_AUTO_TEST_CASE(what_was_not_seen_is_counted_in_the_split) {
  const TemporaryFolder folder;
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.root = folder.path();
  BOOST_TEST(!overlap_of(inputs));
  const auto write_split = [&](const char* train, const char* validation) {
    write_file(folder.path() / "split.json", std::string(R"({"unit": "lesion", "subsets": {"train": )") + train +
                                                 R"(, "validation": )" + validation + R"(, "test": ["c", "d"]}})");
  };
  write_split(R"(["a"])", R"(["b"])");
  BOOST_TEST(contains(conditions_text(inputs), "that neither training nor selection saw, divided by lesion"));
  write_split(R"(["a", "c"])", R"(["c", "d"])");
  BOOST_TEST(overlap_of(inputs)->with_training == 1);
  BOOST_TEST(overlap_of(inputs)->with_validation == 2);
  BOOST_TEST(contains(conditions_text(inputs), "of which 1 were trained on and 2 chose the kept epoch"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
