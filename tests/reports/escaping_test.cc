// Text from records is hostile until it is escaped.
#include <boost/test/unit_test.hpp>

#include "harness/base/csv.h"
#include "reports/document/inline.h"
#include "reports/figures/draw.h"
#include "reports/figures/script.h"
#include "reports/render/render.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

const std::string kHostile =
    "<script>alert('x')</script> & \"q\" \\input{x} $1$ 50% #_^~ {a} |b| `c` \x01z\x04 \n = ,\"";

Evidence hostile_evidence() {
  Evidence evidence = read_evidence(fixture());
  Record& failed = run_of(evidence, "search3");
  failed.problem = "failed: " + kHostile;
  failed.json["command"] = kHostile;
  evidence.reproduce["data"]["name"] = kHostile;
  evidence.reproduce["narrowed"].push_back(kHostile);
  evidence.reproduce["environment"]["machine"]["cpu"] = kHostile;
  run_of(evidence, "resnet18").json["metrics"]["definitions"][kHostile] = kHostile;
  run_of(evidence, "fahana_fair").json["model"]["name"] = kHostile;
  run_of(evidence, kHostile).json["model"]["title"] = kHostile;
  return evidence;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

BOOST_AUTO_TEST_SUITE(escaping)

BOOST_AUTO_TEST_CASE(html_shows_markup_and_runs_none) {
  const std::string html = to_html(build_document(hostile_evidence()));
  BOOST_TEST(!contains(html, "<script>alert"));
  BOOST_TEST(contains(html, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;"));
}

BOOST_AUTO_TEST_CASE(latex_gets_no_command_from_a_record) {
  const std::string latex = to_latex(build_document(hostile_evidence()));
  BOOST_TEST(!contains(latex, "\\input{x}"));
  BOOST_TEST(contains(
      latex, "\\textbackslash{}input\\{x\\} \\$1\\$ 50\\% \\#\\_\\textasciicircum{}\\textasciitilde{} \\{a\\}"));
}

BOOST_AUTO_TEST_CASE(markdown_tables_keep_their_columns) {
  const Document document = build_document(hostile_evidence());
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
  const Document document = build_document(hostile_evidence());
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
  BOOST_TEST(!contains(to_html(build_document(hostile_evidence())), "<code>z</code>"));
}

BOOST_AUTO_TEST_CASE(gnuplot_strings_hold_no_command) {
  BOOST_TEST(Script::quote("it's `rm` \n system('x')") == "'it''s `rm`   system(''x'')'");
}

BOOST_AUTO_TEST_CASE(gnuplot_draws_hostile_names) {
  if (!system_processes().has("gnuplot")) return;
  Evidence evidence = hostile_evidence();
  for (Record& record : evidence.hardware) record.json["model"]["name"] = kHostile;
  Document document = build_document(evidence);
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
