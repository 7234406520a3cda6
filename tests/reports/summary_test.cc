#include <boost/test/unit_test.hpp>

#include "reports/inline.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

const Callout& callout(const Document& document) { return std::get<Callout>(document.sections.at(0).blocks.at(0)); }

std::string summary_text(const Document& document) {
  std::string text;
  for (const Block& block : document.sections.at(0).blocks) {
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
  const Document document = build_document(read_evidence(fixture()));
  BOOST_TEST((callout(document).tone == Callout::Tone::kGood));
  const std::string text = summary_text(document);
  BOOST_TEST(contains(text, "Accuracy 1 of 2; Unfairness, sum 1 of 2; Unfairness, mean 0 of 2"));
  BOOST_TEST(contains(text, "EOPP1 1 of 1"));
  BOOST_TEST(contains(text, "1 of 2 models exceed both; 1 fall short by accuracy, 0 by balanced accuracy"));
  BOOST_TEST(contains(text, "84.0 % accuracy and 50.0 % balanced"));
}

BOOST_AUTO_TEST_CASE(records_that_cannot_be_compared_warn_at_the_top_with_every_reason) {
  Evidence evidence = read_evidence(fixture());
  evidence.reproduce["data"]["synthetic"] = true;
  evidence.reproduce["task"] = "isic8";
  evidence.reproduce["profile"]["comparable"] = false;
  const Document document = build_document(evidence);
  BOOST_TEST((callout(document).tone == Callout::Tone::kWarning));
  BOOST_TEST(contains(callout(document).title, "not comparable"));
  BOOST_TEST(callout(document).lines.size() == 4U);
  BOOST_TEST(!contains(summary_text(document), "Agreement."));
  // the table says it too, since it can be read alone
  BOOST_TEST(contains(find_table(document, "table1").caption, "No verdict is given"));
}

BOOST_AUTO_TEST_CASE(the_table_alone_names_profile_narrowing_task_protocol_data_and_device) {
  const Document document = build_document(read_evidence(fixture()));
  const std::string markdown = to_markdown(document, find_table(document, "table1"));
  for (const char* part : {"`paper`", "`--seeds 2`", "`binary`", "`clean`", "`isic2019-subset`", "Example CPU"}) {
    BOOST_TEST(contains(markdown, part));
  }
}

BOOST_AUTO_TEST_CASE(overlapping_intervals_settle_nothing) {
  Evidence evidence = read_evidence(fixture());
  Record& searched = run_of(evidence, "search3");
  searched.json = run_of(evidence, "fahana_fair").json;
  searched.json["model"]["name"] = "search3";
  searched.problem.clear();
  BOOST_TEST(contains(summary_text(build_document(evidence)), "the intervals overlap"));
  searched.json["metrics"]["accuracy"] = {{"value", 0.95}, {"low", 0.93}, {"high", 0.97}};
  BOOST_TEST(contains(summary_text(build_document(evidence)), "the intervals are apart: the searched model is better"));
  searched.json["metrics"]["accuracy"] = {{"value", 0.5}, {"low", 0.45}, {"high", 0.55}};
  BOOST_TEST(contains(summary_text(build_document(evidence)), "the intervals are apart: the baseline is better"));
}

BOOST_AUTO_TEST_CASE(an_unfinished_reproduction_says_so) {
  Evidence evidence = read_evidence(fixture());
  evidence.reproduce["finished"] = nullptr;
  BOOST_TEST(contains(summary_text(build_document(evidence)), "not finished"));
}

BOOST_AUTO_TEST_CASE(the_inferred_protocol_says_that_test_images_guided_training) {
  Evidence evidence = read_evidence(fixture());
  evidence.reproduce["protocol"] = "inferred";
  BOOST_TEST(contains(summary_text(build_document(evidence)), "the same 500 images that guided early stopping"));
}

BOOST_AUTO_TEST_CASE(a_reproduction_without_any_run_still_reports) {
  Evidence evidence = read_evidence(fixture());
  evidence.runs.clear();
  evidence.hardware.clear();
  evidence.constant.reset();
  const Document document = build_document(evidence);
  BOOST_TEST(contains(summary_text(document), "0 of 8 models were trained"));
  BOOST_TEST(!to_html(document).empty());
}

BOOST_AUTO_TEST_CASE(searches_alone_are_summed_up_by_what_their_intervals_settle) {
  Evidence evidence = read_evidence(searches_fixture());
  const auto text = [&] { return summary_text(build_document(evidence)); };
  BOOST_TEST(contains(text(), "against random: fairer none; less fair none; not settled"));
  BOOST_TEST(contains(text(), "holds zero, evolution."));
  Json& gap = evidence.comparisons.at(0).json["arms"][1]["difference"]["unfairness"];
  gap["low"] = -0.2, gap["mean"] = -0.15, gap["high"] = -0.1;
  BOOST_TEST(contains(text(), "against random: fairer evolution; less fair none"));
  gap["low"] = 0.1, gap["mean"] = 0.15, gap["high"] = 0.2;
  BOOST_TEST(contains(text(), "against random: fairer none; less fair evolution"));
  for (Record& search : evidence.searches) search.json["sources"] = Json::array({"scripted"});
  BOOST_TEST(contains(text(), "a script answered in a language model's place: evolution."));
}

BOOST_AUTO_TEST_CASE(searches_on_tables_say_what_partitioning_alone_is_worth) {
  Evidence evidence = read_evidence(searches_fixture());
  const auto text = [&] { return summary_text(build_document(evidence)); };
  BOOST_TEST(contains(text(), "What partitioning alone is worth, without a language model: not settled, -7.5 points"));
  // both seeds the same on every pair: the difference of the means is exact
  const auto set = [&](const std::string& strategy, double share) {
    for (NasPair& pair : evidence.nas.at(0).record.pairs) {
      for (NasSearchResult& search : pair.searches) {
        if (search.strategy == strategy) search.hypervolume_share = share;
      }
    }
  };
  set("llmnas-offline", 0.9), set("offline-no-partition", 0.8), set("random", 0.95);
  BOOST_TEST(contains(text(), "without a language model: more by 10.0 points [10.0, 10.0]"));
  BOOST_TEST(contains(text(), "against random search: less by 5.0 points [5.0, 5.0]"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
