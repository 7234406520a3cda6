// Sentences with counts, and what records put into them.
#include <boost/test/unit_test.hpp>
#include <regex>

#include "harness/base/json.h"
#include "reports/data/people.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

/// Every place where a plural follows a 1, or a singular another number.
std::string disagreements(const std::string& text) {
  static const std::regex wrong(
      "(^|[^0-9.,])1 (readings|models|designs|proposals|seeds|pairs|cells|benchmarks|images|questions|retries|"
      "generations|training runs|measurements|results|of [0-9]+ [a-z ]+ (are|were|exceed)\\b)|"
      "\\b(0|[2-9]|[1-9][0-9]+) "
      "(reading|model|design|proposal|seed|pair|cell|benchmark|image|retry|generation)\\b");
  std::string found;
  for (std::sregex_iterator match(text.begin(), text.end(), wrong), end; match != end; ++match) {
    found += match->str() + "\n";
  }
  return found;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(wording)

BOOST_AUTO_TEST_CASE(counts_agree_with_their_nouns_and_verbs) {
  BOOST_TEST(disagreements("1 readings are settled") == "1 readings\n");
  BOOST_TEST(disagreements("1 of 8 models are above it") == "1 of 8 models are\n");
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.statistics->record.counts.at("young").at("malignant") = 1;
  inputs.reproduction->record.split.images.validation = 1;
  run_of(inputs, "fahana_fair").metrics->balanced_accuracy->low = 0.5;
  const std::string one = to_markdown(build_document(inputs));
  BOOST_TEST(disagreements(one) == "");
  BOOST_TEST(contains(one, "1 of 2 models is above it by balanced accuracy"));
  BOOST_TEST(contains(one, "has 1 test image:"));
  ReportInputs searches = load_report_inputs(searches_fixture());
  for (SearchComparison& comparison : searches.comparisons) {
    comparison.record.seeds = {1};
    comparison.record.budget = 1;
  }
  for (Search& search : searches.searches) {
    search.record.counts = SearchCounts{.evaluated = 1, .proposals = 1, .invalid = 1};
  }
  NasSearchRecord& nas = searches.nas.at(0).record;
  nas.pairs.resize(1), nas.seeds.resize(1), nas.predictor_cells = 1;
  for (ProxySearch& search : searches.proxy_searches) search.record.evaluations = 1, search.record.generations = 1;
  for (Suite& suite : searches.suites) suite.record.results.resize(1);
  const std::string few = to_markdown(build_document(searches));
  BOOST_TEST(disagreements(few) == "");
  BOOST_TEST(contains(few, "1 design evaluated in"));
  BOOST_TEST(contains(few, "1 proposal, of which 1 was refused"));
}

BOOST_AUTO_TEST_CASE(the_unit_is_called_what_the_data_set_calls_it) {
  const TemporaryFolder folder;
  Json adapter = read_json(std::filesystem::path(flnas::tests::tests_dir()).parent_path() / "datasets/isic2019.json");
  adapter["metadata"].erase("lesion");
  adapter["metadata"]["unit"] = "patient_id";
  write_json(folder.path() / "people.json", adapter);
  ReportInputs inputs = load_report_inputs(fixture());
  BOOST_TEST(contains(to_markdown(build_document(inputs)), "over lesions of the test set"));
  inputs.reproduction->record.data.adapter = (folder.path() / "people.json").string();
  const std::string text = to_markdown(build_document(inputs));
  BOOST_TEST(contains(text, "over patients of the test set"));
  BOOST_TEST(contains(find_table(build_document(inputs), "comparisons").caption, "paired bootstrap over patients"));
  BOOST_TEST(!contains(text, "over lesions"));
}

BOOST_AUTO_TEST_CASE(each_mark_is_explained_once_among_the_terms_and_older_names_are_known) {
  const Document document = build_document(load_report_inputs(searches_fixture()));
  for (int i = 1; i <= static_cast<int>(kLastMark); ++i) {
    const Mark mark = static_cast<Mark>(i);
    BOOST_TEST(!find_cell(find_table(document, "glossary"), mark_name(mark), "meaning").text.empty());
    BOOST_TEST(mark_from_name(mark_name(mark)) == mark);
  }
  BOOST_TEST(mark_from_name("like") == Mark::kApproximate);
  BOOST_TEST(mark_from_name("mistrusted") == Mark::kUnreliable);
  BOOST_TEST(mark_from_name("below constant") == Mark::kNotAboveConstant);
  BOOST_TEST(mark_from_name("below majority class") == Mark::kNotAboveConstant);
}

BOOST_AUTO_TEST_CASE(a_records_sentences_end_and_their_backticks_are_code) {
  const Document document = build_document(load_report_inputs(searches_fixture()));
  const std::string& caption = find_table(document, "nas_nas").caption;
  BOOST_TEST(contains(caption, "no candidates. Reference point"), caption);
  const std::string markdown = to_markdown(document);
  BOOST_TEST(!contains(markdown, "\\`"));
  BOOST_TEST(contains(markdown, "Made by `flnas dataset nas-table"));
  BOOST_TEST(with_code("a `b` c") == "a " + code("b") + " c");
  BOOST_TEST(with_code("a ` b") == "a ` b");
}

BOOST_AUTO_TEST_CASE(a_title_of_an_earlier_version_says_once_that_it_is_approximate) {
  ReportInputs inputs = load_report_inputs(fixture());
  run_of(inputs, "fahana_fair").record.model.title = "FaHaNa-Fair (like)";
  const std::string markdown = to_markdown(build_document(inputs));
  BOOST_TEST(contains(markdown, "FaHaNa-Fair (approximate)"));
  BOOST_TEST(!contains(markdown, "(like)"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
