// The printed document: what breaks over pages, and what is set how.
#include <boost/test/unit_test.hpp>

#include "reports/document/inline.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// A section with a table of so many rows of one number.
Section section_of(const std::string& id, int rows) {
  Table table{id, "Title of " + id, "", "Row", {{"n", "N", "", "", {0, 1, false}}}, {}};
  for (int i = 0; i < rows; ++i) {
    Cell cell;
    cell.value = i;
    table.rows.push_back({std::to_string(i), "row " + std::to_string(i), {}, "", "", {cell}});
  }
  return {id, "Section " + id, {table}};
}

std::string latex_of(std::vector<Section> sections) {
  Document document;
  document.sections = std::move(sections);
  return to_latex(document);
}

BOOST_AUTO_TEST_SUITE(latex)

BOOST_AUTO_TEST_CASE(the_claims_stand_in_two_parts_that_are_made_to_fit_the_page) {
  const Document document = build_document(load_report_inputs(fixture()));
  const Table& claims = find_table(document, "claims");
  BOOST_TEST(panels(claims).size() == 2u);
  BOOST_TEST(!is_long(claims));
  BOOST_TEST(contains(to_latex(document, claims), "\\resizebox"));
}

BOOST_AUTO_TEST_CASE(a_section_with_a_long_table_has_one_column_and_the_last_ones_are_the_appendix) {
  const std::string text =
      latex_of({section_of("a", 3), section_of("b", 30), section_of("c", 3), section_of("d", 30), section_of("e", 30)});
  const auto at = [&](const std::string& part, std::size_t from = 0) { return text.find(part, from); };
  const auto begin = at("\\onecolumn");
  BOOST_TEST(at("Section a") < begin);
  BOOST_TEST(begin < at("Section b"));
  BOOST_TEST(at("Section b") < at("\\clearpage\\twocolumn"));
  BOOST_TEST(at("\\clearpage\\twocolumn") < at("Section c"));
  BOOST_TEST(at("Section c") < at("\\onecolumn", begin + 1));
  BOOST_TEST(at("\\onecolumn", begin + 1) < at("\\appendix"));
  BOOST_TEST(at("\\appendix") < at("Section d"));
  BOOST_TEST(at("\\appendix") == text.rfind("\\appendix"));
}

BOOST_AUTO_TEST_CASE(hyphens_and_quotes_that_stand_twice_stay_two_characters) {
  BOOST_TEST(escape_latex("narrowed by --images 2000") == "narrowed by -{}-images 2000");
  BOOST_TEST(escape_latex("---") == "-{}-{}-");
  BOOST_TEST(escape_latex("a,,b ``c''") == "a,{},b `{}`c'{}'");
  BOOST_TEST(escape_latex("a-b, c") == "a-b, c");
}

BOOST_AUTO_TEST_CASE(small_counts_are_set_in_italics_and_the_notes_say_so) {
  const Document document = build_document(load_report_inputs(fixture()));
  const std::string text = to_latex(document, find_table(document, "group_counts"));
  BOOST_TEST(contains(text, "\\emph{4}"));
  BOOST_TEST(contains(text, "set in italics"));
  BOOST_TEST(!contains(to_latex(document, find_table(document, "class_recall")), "set in italics"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
