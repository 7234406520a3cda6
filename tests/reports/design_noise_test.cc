// The noise floor of searches: what a perfectly fair design shows by sampling alone.
#include "reports/data/design_noise.h"

#include <boost/test/unit_test.hpp>

#include "reports/document/inline.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace tt = boost::test_tools;

/// A search's record with the groups of the paper's example: 1,500 images.
Search papers_groups() {
  Search search;
  search.file = "search.json";
  search.attributes = load_adapter("isic2019").attributes;
  search.record.data.images.validation = 1500;
  DesignScores scores;
  scores.accuracy = 0.72;
  scores.groups = {{"male", 756, {}, {}},
                   {"female", 744, {}, {}},
                   {"young", 177, {}, {}},
                   {"middle", 828, {}, {}},
                   {"old", 495, {}, {}}};
  search.record.best = BestDesign{.name = "d001", .meets_floor = true, .scores = scores};
  return search;
}

Place<DesignScores> best_scores(const Search& search) { return search.at(&SearchRecord::best).at(&BestDesign::scores); }

std::string script_of(const Document& whole, const std::string& id) {
  Document document = whole;
  for (const Figure* figure : figures(document)) {
    if (figure->id == id) return figure->script + figure->caption;
  }
  return {};
}

BOOST_AUTO_TEST_SUITE(design_noise_)

BOOST_AUTO_TEST_CASE(group_sizes_and_accuracy_give_the_known_floor) {
  const Search search = papers_groups();
  const auto noise = design_noise(search, best_scores(search));
  BOOST_TEST(noise.value().mean == 0.064, tt::tolerance(0.05));
  BOOST_TEST(noise.value().low == 0.023, tt::tolerance(0.1));
  BOOST_TEST(noise.value().high == 0.114, tt::tolerance(0.1));
}

BOOST_AUTO_TEST_CASE(scores_without_groups_and_unknown_adapters_have_none) {
  Search search = papers_groups();
  search.record.best->scores->groups.clear();
  BOOST_TEST(!design_noise(search, best_scores(search)).has_value());
  search = papers_groups();
  search.attributes.clear();
  BOOST_TEST(!design_noise(search, best_scores(search)).has_value());
  BOOST_TEST(!best_designs_noise({&search}).has_value());
}

BOOST_AUTO_TEST_CASE(the_tables_of_searches_have_it_beside_unfairness) {
  const Document document = build_document(load_report_inputs(searches_fixture()));
  for (const auto& [table, row] :
       {std::pair("search_comparison_searches", "random"), std::pair("designs_scripted", "d001")}) {
    const Cell& cell = find_cell(find_table(document, table), row, "fair");
    BOOST_TEST(cell.low.value() < cell.value.value());
    BOOST_TEST(cell.value.value() < cell.high.value());
    BOOST_TEST(!cell.inputs.empty());
  }
}

BOOST_AUTO_TEST_CASE(the_figures_of_searches_shade_it) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (const char* id : {"trajectory_searches", "search_front_searches"}) {
    const std::string script = script_of(build_document(inputs), id);
    BOOST_TEST(script.find("noise of a fair design") != script.npos, id);
    BOOST_TEST(script.find("Shaded: what 95 % of perfectly fair designs") != script.npos, id);
  }
  for (Search& search : inputs.searches) search.record.best->scores->groups.clear();
  const std::string script = script_of(build_document(inputs), "trajectory_searches");
  BOOST_TEST(script.find("plot ") != script.npos);
  BOOST_TEST(script.find("noise") == script.npos);
}

BOOST_AUTO_TEST_CASE(the_summary_says_which_best_designs_are_within_it) {
  const auto text = [](const ReportInputs& inputs) {
    return without_controls(std::get<List>(build_document(inputs).sections.at(0).blocks.at(0)).items.at(0));
  };
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (Search& search : inputs.searches) search.record.best->scores->unfairness_sum = 9;
  BOOST_TEST(text(inputs).find("0 of 4 best designs are no more unfair than chance") != std::string::npos,
             text(inputs));
  inputs.searches.at(1).record.best->scores->unfairness_sum = 0;
  BOOST_TEST(text(inputs).find("1 of 4 best designs is no more unfair than chance") != std::string::npos, text(inputs));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
