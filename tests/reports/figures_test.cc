#include "reports/figures/figures.h"

#include <boost/test/unit_test.hpp>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "reports/figures/labels.h"
#include "reports/figures/script.h"
#include "reports/render/draw.h"
#include "reports/report.h"
#include "tests/reports/support.h"
#include "tests/support/preconditions.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(drawing)

BOOST_AUTO_TEST_CASE(without_gnuplot_there_is_one_line_and_a_report_without_figures) {
  const TemporaryFolder folder;
  FakeProcesses nothing;
  const auto problems = write_report(fixture(), folder.path(), nothing);
  BOOST_TEST(problems.size() == 2U);  // gnuplot, latexmk
  BOOST_TEST(problems.front().find("gnuplot is not installed") != std::string::npos);
  BOOST_TEST(nothing.commands.empty());
  const std::string html = read_file(folder.path() / "report.html");
  BOOST_TEST(html.find("not drawn") != std::string::npos);
  BOOST_TEST(!fs::exists(folder.path() / "figures/parameters.svg"));
  BOOST_TEST(fs::exists(folder.path() / "table1.json"));
}

BOOST_AUTO_TEST_CASE(a_figure_that_gnuplot_refuses_is_named_with_its_complaint) {
  const TemporaryFolder folder;
  FakeProcesses broken;
  broken.installed = {"gnuplot"};
  broken.exit_code = 1;
  const auto problems = write_report(fixture(), folder.path(), broken);
  BOOST_TEST(problems.front() == "figure accuracy_unfairness is left out: gnuplot ended with 1: line 3: it is broken ");
}

BOOST_AUTO_TEST_CASE(latexmk_makes_a_pdf_and_leaves_nothing_else) {
  const TemporaryFolder folder;
  FakeProcesses fake;
  fake.installed = {"gnuplot", "latexmk"};
  BOOST_TEST(write_report(fixture(), folder.path(), fake).empty());
  BOOST_TEST(fs::exists(folder.path() / "report.pdf"));
  BOOST_TEST(!fs::exists(folder.path() / "pdf.tmp"));
}

BOOST_AUTO_TEST_CASE(a_new_report_leaves_no_figure_of_an_older_one) {
  const TemporaryFolder folder;
  FakeProcesses fake;
  fake.installed = {"gnuplot", "latexmk"};
  write_report(fixture(), folder.path(), fake);
  fake.installed.clear();
  write_report(fixture(), folder.path(), fake);
  BOOST_TEST(!fs::exists(folder.path() / "figures/parameters.svg"));
  BOOST_TEST(!fs::exists(folder.path() / "report.pdf"));
}

BOOST_AUTO_TEST_CASE(a_report_that_cannot_be_written_is_an_error) {
  const TemporaryFolder folder;
  write_file(folder.path() / "file", "in the way");
  FakeProcesses nothing;
  BOOST_CHECK_THROW(write_report(fixture(), folder.path() / "file", nothing), IoError);
}

BOOST_AUTO_TEST_CASE(the_real_gnuplot_draws_every_figure_and_the_same_bytes_twice,
                     *boost::unit_test::precondition(test::has_program("gnuplot"))) {
  Document document = build_document(load_report_inputs(fixture()));
  BOOST_TEST(draw_figures(document, system_processes()).empty());
  std::vector<std::string> first;
  for (const Figure* figure : figures(document)) {
    BOOST_TEST(figure->svg.find("</svg>") != std::string::npos);
    first.push_back(figure->svg);
  }
  BOOST_TEST(first.size() == 6U);
  draw_figures(document, system_processes());
  for (std::size_t i = 0; i < first.size(); ++i) BOOST_TEST((first[i] == figures(document)[i]->svg));
}

BOOST_AUTO_TEST_CASE(searches_without_any_unfairness_are_drawn,
                     *boost::unit_test::precondition(test::has_program("gnuplot"))) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  for (Search& search : inputs.searches) {
    search.attributes.clear();  // so that no noise floor is shaded
    for (EvaluatedDesign& design : search.record.trajectory) {
      design.scores.unfairness_sum = 0;
    }
  }
  Document document = build_document(inputs);
  const auto problems = draw_figures(document, system_processes());
  BOOST_TEST(problems.empty(), (problems.empty() ? "" : problems.front()));
}

BOOST_AUTO_TEST_CASE(a_figure_that_could_not_be_drawn_leaves_no_half_of_a_pdf_to_latex) {
  const TemporaryFolder folder;
  Document document = build_document(load_report_inputs(fixture()));
  const std::string begun = figures(document).front()->id + ".pdf";
  write_file(folder.path() / begun, "%PDF");
  FakeProcesses broken;
  broken.installed = {"gnuplot"};
  broken.exit_code = 1;
  BOOST_TEST(!draw_pdf_figures(document, broken, folder.path()));
  BOOST_TEST(!fs::exists(folder.path() / begun));
}

BOOST_AUTO_TEST_CASE(an_svg_is_made_fit_for_a_page_with_others) {
  Figure figure;
  figure.id = "parameters";
  figure.title = "Size & count";
  const std::string svg = clean_svg(
      "<?xml version=\"1.0\"?>\n<svg><title>Gnuplot</title>\n<desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>\n"
      "<path id='gpPt0'/><use xlink:href='#gpPt0' color='rgb(  0, 114, 178)'/></svg>",
      figure);
  BOOST_TEST(svg.find("<svg>") == 0U);
  BOOST_TEST(svg.find("GNUPLOT") == std::string::npos);
  BOOST_TEST(svg.find("<title>Size &amp; count</title>") != std::string::npos);
  BOOST_TEST(svg.find("id='parameters_gpPt0'") != std::string::npos);
  BOOST_TEST(svg.find("href='#parameters_gpPt0' color=\"#0072b2\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_figure_without_data_is_left_out) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.runs.clear();
  inputs.hardware.clear();
  BOOST_TEST(!accuracy_unfairness_figure(inputs).has_value());
  BOOST_TEST(!group_accuracy_figure(inputs, {"male"}).has_value());
  BOOST_TEST(!parameters_figure(inputs).has_value());
  BOOST_TEST(!memory_figure(inputs).has_value());
  BOOST_TEST(!latency_figure(inputs).has_value());
  BOOST_TEST(!training_figure(inputs).has_value());
}

std::vector<std::string> figure_ids(Document document) {
  std::vector<std::string> ids;
  for (const Figure* figure : figures(document)) ids.push_back(figure->id);
  return ids;
}

BOOST_AUTO_TEST_CASE(a_lone_search_is_drawn_unless_a_script_answered_it) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  const auto drawn = [&](const std::string& id) {
    const auto ids = figure_ids(build_document(inputs));
    return std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  BOOST_TEST(!drawn("trajectory_scripted"));
  for (Search& search : inputs.searches) search.record.sources = {"file"};
  BOOST_TEST(drawn("trajectory_scripted"));
  BOOST_TEST(drawn("search_front_scripted"));
}

BOOST_AUTO_TEST_CASE(arms_that_a_script_answered_are_not_drawn) {
  ReportInputs inputs = load_report_inputs(searches_fixture());
  const auto script = [&] {
    Document document = build_document(inputs);
    for (const Figure* figure : figures(document)) {
      if (figure->id == "trajectory_searches") return figure->script;
    }
    return std::string();
  };
  BOOST_TEST(script().find("evolution") != std::string::npos);
  for (Search& search : inputs.searches) {
    if (search.record.name == "evolution") search.record.sources = {"scripted"};
  }
  BOOST_TEST(script().find("evolution") == std::string::npos);
  BOOST_TEST(script().find("random") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(labels_of_near_points_do_not_cover_each_other) {
  const std::vector<std::string> texts{"first", "second", "third"};
  const std::vector<double> x{100, 104, 102}, y{100, 103, 97};
  const auto places = place_labels(texts, x, y, {}, {0, 0, 300, 300});
  std::vector<Area> areas;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double width = 7.2 * static_cast<double>(texts[i].size());
    const double left = places[i].align < 0   ? places[i].x
                        : places[i].align > 0 ? places[i].x - width
                                              : places[i].x - width / 2;
    areas.push_back({left, places[i].y - 7.5, left + width, places[i].y + 7.5});
  }
  BOOST_TEST(areas[0].overlap(areas[1]) + areas[0].overlap(areas[2]) + areas[1].overlap(areas[2]) == 0);
}

BOOST_AUTO_TEST_CASE(a_label_at_the_edge_stays_inside) {
  const auto places = place_labels({"a long label"}, {295}, {150}, {}, {0, 0, 300, 300});
  BOOST_TEST(places.front().align == 1);
}

BOOST_AUTO_TEST_CASE(log_axes_have_readable_ticks) {
  BOOST_TEST(log_ticks(0.5, 20) == "'0.1' 0.1, '1' 1, '10' 10, '100' 100");
  BOOST_TEST(log_ticks(2e5, 3e6) == "'100,000' 100000, '1 million' 1e+06, '10 million' 1e+07");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
