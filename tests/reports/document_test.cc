#include "reports/document/document.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "reports/document/cell_text.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

BOOST_AUTO_TEST_SUITE(document)

void check_ids(Document whole) {
  std::set<std::string> ids;
  std::size_t count = 0;
  for (const Section& section : whole.sections) ids.insert(section.id), ++count;
  for (const Table* table : tables(whole)) {
    ids.insert(table->id), ++count;
    for (const Row& row : table->rows) BOOST_TEST(row.cells.size() == table->columns.size());
  }
  for (const Figure* figure : figures(whole)) ids.insert(figure->id), ++count;
  BOOST_TEST(ids.size() == count);
}

/// The searches as `flnas report` finds them when each is the folder itself: their tables' ids have no suffix.
ReportInputs searches_at_the_root() {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (NasSearch& nas : inputs.nas) nas.folder.clear();
  for (ProxySearch& search : inputs.proxy_searches) search.folder.clear();
  for (SearchComparison& comparison : inputs.comparisons) comparison.folder.clear();
  return inputs;
}

BOOST_AUTO_TEST_CASE(ids_are_unique_and_every_row_has_a_cell_for_each_column) {
  for (const ReportInputs& inputs :
       {load_report_inputs(fixture()), load_report_inputs(searches_fixture()), searches_at_the_root()}) {
    check_ids(build_document(inputs));
  }
}

BOOST_AUTO_TEST_CASE(references_have_numbers) {
  const Document whole = build_document(load_report_inputs(fixture()));
  BOOST_TEST(reference_text(whole, "table1") == "Table I");
  BOOST_TEST(reference_text(whole, "groups") == "Table III");
  BOOST_TEST(reference_text(whole, "accuracy_unfairness") == "Figure 1");
  BOOST_TEST(reference_text(whole, "summary") == "Summary");
  BOOST_TEST(reference_text(whole, "nothing").empty());
  BOOST_TEST(roman(4) == "IV");
  BOOST_TEST(roman(19) == "XIX");
}

BOOST_AUTO_TEST_CASE(the_summary_comes_first_then_the_conditions_and_table_one) {
  const Document whole = build_document(load_report_inputs(fixture()));
  BOOST_TEST(whole.sections.at(0).id == "summary");
  BOOST_TEST(std::get<Table>(whole.sections.at(2).blocks.at(0)).id == "table1");
}

BOOST_AUTO_TEST_CASE(a_model_that_only_approximates_the_papers_says_so_wherever_it_appears) {
  ReportInputs inputs = load_report_inputs(fixture());
  // a reason, the comparison and the summary name it too
  inputs.reproduction->record.finished.reset();
  const std::string markdown = to_markdown(build_document(inputs));
  constexpr std::string_view kName = "FaHaNa-Fair";
  std::size_t named = 0;
  for (auto at = markdown.find(kName); at != markdown.npos; at = markdown.find(kName, at + kName.size())) {
    ++named;
    const auto line = markdown.rfind('\n', at) + 1;
    const std::string whole = markdown.substr(line, markdown.find('\n', at) - line);
    if (whole.find("cannot be identified") != whole.npos || whole.find("Mem.") != whole.npos) continue;
    const std::string after = markdown.substr(at + kName.size(), 20);
    BOOST_TEST((after.starts_with(" (approximate)") || after.starts_with("<br>*approximate*")), whole);
  }
  BOOST_TEST(named > 10u);
}

BOOST_AUTO_TEST_CASE(a_table_beside_the_pages_is_linked_and_stands_in_files_of_its_own) {
  const Document whole = build_document(load_report_inputs(fixture()));
  const Table& table = find_table(whole, "comparisons");
  BOOST_REQUIRE(table.beside);
  const auto files = rendered_files(whole);
  const std::string row = find_row(table, "resnet18-constant").label;
  const std::string number = reference_text(whole, "comparisons");
  BOOST_TEST(files.at("comparisons.md").find("| " + row + " |") != std::string::npos);
  BOOST_TEST(files.at("comparisons.csv").find("resnet18-constant,") != std::string::npos);
  BOOST_TEST(to_json(table).at("beside") == true);
  const std::vector<std::pair<const char*, const char*>> links{{"report.md", "](comparisons.csv)"},
                                                               {"report.html", "<a href=\"comparisons.csv\">"}};
  for (const auto& [page, link] : links) {
    BOOST_TEST(files.at(page).find(link) != std::string::npos);
    BOOST_TEST(files.at(page).find(number) != std::string::npos);
  }
  BOOST_TEST(files.at("report.html").find("id=\"comparisons\"") != std::string::npos);
  // in print nothing is beside: what is selected stands there whole
  BOOST_REQUIRE(find_table(whole, "table1_short").beside);
  BOOST_TEST(files.at("report.tex").find(files.at("table1_short.tex")) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(numbers_of_the_csv_lack_the_digits_of_binary_arithmetic) {
  BOOST_TEST(csv_number((0.65 + 0.69) / 2) == "0.67");
  BOOST_TEST(csv_number(11169858) == "11169858");
  BOOST_TEST(csv_number(1.0 / 3) == "0.333333333333");
}

BOOST_AUTO_TEST_CASE(numbers_are_printed_with_their_digits) {
  BOOST_TEST(format_number(0.66666, {.digits = 2, .scale = 100}) == "66.67");
  BOOST_TEST(format_number(11169858, {.digits = 0, .thousands = true}) == "11,169,858");
  BOOST_TEST(format_number(12864.62, {.digits = 1, .thousands = true}) == "12,864.6");
  BOOST_TEST(format_number(-0.5, {.digits = 1}) == "\u22120.5");
  BOOST_TEST(format_number(-0.0001, {.digits = 2}) == "0.00");  // no minus before a zero
  BOOST_TEST(format_number(1e300, {.digits = 0, .thousands = true}) == "1.000e+300");
}

BOOST_AUTO_TEST_CASE(a_cells_text_has_every_part_once) {
  Cell cell;
  cell.value = 0.65, cell.low = 0.61, cell.high = 0.69, cell.paper = 0.6667, cell.difference = -0.0167;
  cell.seeds = SeedSpread{2, 0.67, 0.028};
  cell.mark = Mark::kWithin;
  const CellText text = cell_text(cell, {.key = "accuracy", .format = {.digits = 2, .scale = 100}});
  BOOST_TEST(text.value == "65.00");
  BOOST_TEST(text.interval == "[61.00, 69.00]");
  BOOST_TEST(text.seeds == "67.00 ± 2.80 (2)");
  cell.seeds->mean = *cell.value;
  BOOST_TEST(cell_text(cell, {.key = "accuracy", .format = {.digits = 2, .scale = 100}}).seeds == "± 2.80 (2)");
  BOOST_TEST(text.paper == "66.67");
  BOOST_TEST(text.difference == "\u22121.67");
  BOOST_TEST(text.mark == "within");
}

BOOST_AUTO_TEST_CASE(json_has_the_promised_fields_for_every_cell) {
  const Document whole = build_document(load_report_inputs(fixture()));
  for (const Table* table : tables(whole)) {
    const Json json = to_json(*table);
    for (const Json& row : json.at("rows")) {
      for (const auto& [key, cell] : row.at("cells").items()) {
        for (const char* field : {"value", "low", "high", "paper", "difference", "within", "mark", "provenance"}) {
          BOOST_TEST(cell.contains(field));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(marks_have_names_that_lead_back) {
  for (int i = 0; i <= static_cast<int>(kLastMark); ++i) {
    const Mark mark = static_cast<Mark>(i);
    BOOST_TEST((mark_from_name(mark_name(mark)) == mark));
  }
  BOOST_TEST((mark_from_name("invented") == Mark::kNone));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
