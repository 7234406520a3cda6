// Text from records is hostile until it is escaped.
#include <boost/test/unit_test.hpp>

#include "harness/base/csv.h"
#include "harness/base/files.h"
#include "harness/base/json.h"
#include "reports/document/inline.h"
#include "reports/figures/script.h"
#include "reports/render/draw.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"
#include "tests/support/preconditions.h"

namespace flnas::reports {
namespace {

using namespace tests;

const std::string kHostile =
    "<script>alert('x')</script> & \"q\" \\input{x} $1$ 50% #_^~ {a} |b| `c` \x01z\x04 \n = ,\"";

/// The fixture with hostile texts in its files.
ReportInputs hostile_inputs() {
  const TemporaryFolder folder;
  const auto root = folder.path() / "out";
  std::filesystem::copy(fixture(), root, std::filesystem::copy_options::recursive);
  const auto change = [&](const std::string& file, auto&& edit) {
    Json record = read_json(root / file);
    edit(record);
    write_json(root / file, record);
  };
  change("runs/search3-s1-3a1b2c3d4e5f/run.json", [](Json& run) {
    run["reason"] = kHostile;
    run["command"] = kHostile;
  });
  change("runs/resnet18-s1-0a1b2c3d4e5f/run.json",
         [](Json& run) { run["metrics"]["definitions"][kHostile] = kHostile; });
  change("runs/fahana_fair-s1-2a1b2c3d4e5f/run.json", [](Json& run) {
    run["model"]["name"] = kHostile;
    run["model"]["title"] = kHostile;
  });
  change("reproduce.json", [](Json& reproduction) {
    reproduction["data"]["name"] = kHostile;
    reproduction["narrowed"].push_back(kHostile);
    reproduction["environment"]["machine"]["cpu"] = kHostile;
  });
  return load_report_inputs(root);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(escaping)

BOOST_AUTO_TEST_CASE(html_shows_markup_and_runs_none) {
  const std::string html = to_html(build_document(hostile_inputs()));
  BOOST_TEST(!contains(html, "<script>alert"));
  BOOST_TEST(contains(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;"));
}

BOOST_AUTO_TEST_CASE(latex_gets_no_command_from_a_record) {
  const std::string latex = to_latex(build_document(hostile_inputs()));
  BOOST_TEST(!contains(latex, "\\input{x}"));
  BOOST_TEST(contains(
      latex, "\\textbackslash{}input\\{x\\} \\$1\\$ 50\\% \\#\\_\\textasciicircum{}\\textasciitilde{} \\{a\\}"));
}

BOOST_AUTO_TEST_CASE(markdown_tables_keep_their_columns) {
  const Document document = build_document(hostile_inputs());
  const std::string markdown = to_markdown(document, find_table(document, "table1"));
  std::size_t at = 0;
  while (at < markdown.size()) {
    const auto end = markdown.find('\n', at);
    const std::string line = markdown.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line[0] != '|') continue;
    int bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i) bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
    BOOST_TEST((bars == 10));
  }
  BOOST_TEST(!contains(markdown, "<script>"));
}

BOOST_AUTO_TEST_CASE(csv_reads_back) {
  const Document document = build_document(hostile_inputs());
  const Csv csv = Csv::parse(to_csv(find_table(document, "metric_definitions")), "test");
  const std::size_t last = csv.rows() - 1;
  BOOST_TEST(csv.at(last, csv.column("definition")) == without_controls(kHostile));
}

BOOST_AUTO_TEST_CASE(a_record_cannot_forge_the_documents_own_marks) {
  for (const Span& span : spans(without_controls("a \x01z\x04 b"))) BOOST_TEST((span.kind == Span::Kind::kPlain));
  const auto found =
      spans(code("a\x04"
                 "b"));
  BOOST_TEST(found.size() == 1U);
  BOOST_TEST(found.front().text == "a b");
  BOOST_TEST(!contains(to_html(build_document(hostile_inputs())), "<code>z</code>"));
}

BOOST_AUTO_TEST_CASE(gnuplot_strings_hold_no_command) {
  BOOST_TEST(Script::quote("it's `rm` \n system('x')") == "'it''s `rm`   system(''x'')'");
}

BOOST_AUTO_TEST_CASE(gnuplot_draws_hostile_names, *boost::unit_test::precondition(test::has_program("gnuplot"))) {
  ReportInputs inputs = hostile_inputs();
  for (Hardware& found : inputs.hardware) found.record.model.name = without_controls(kHostile);
  Document document = build_document(inputs);
  BOOST_TEST(draw_figures(document, system_processes()).empty());
  for (const Figure* figure : figures(document)) BOOST_TEST(!contains(figure->svg, "<script>"));
}

BOOST_AUTO_TEST_CASE(latex_gets_only_characters_that_its_font_has) {
  BOOST_TEST(escape_latex("\u2212 \u00b1 \u00e9 \u4e2d") == "$-$ $\\pm$ \u00e9 ?");
  BOOST_TEST(escape_latex("\xe4\xb8") == "?");  // cut off in the middle
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
