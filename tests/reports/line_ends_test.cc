// Lines that are labelled at their ends.
#include "reports/figures/line_ends.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "reports/figures/figures.h"
#include "reports/figures/nas_strategies.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

BOOST_AUTO_TEST_SUITE(line_ends)

BOOST_AUTO_TEST_CASE(labels_stand_at_their_lines_ends_where_there_is_room) {
  const auto places = spread_labels({{5, "a", ""}, {1, "b", ""}}, 0, 10, 1);
  BOOST_TEST(places == (std::vector<double>{5, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(near_labels_are_moved_apart_and_stay_inside) {
  const std::vector<LineEnd> ends{{9.8, "a", ""}, {9.9, "b", ""}, {9.7, "c", ""}, {0, "d", ""}, {0, "e", ""}};
  const auto places = spread_labels(ends, 0, 10, 1);
  for (std::size_t i = 0; i < places.size(); ++i) {
    BOOST_TEST(places[i] >= 0);
    BOOST_TEST(places[i] <= 10);
    for (std::size_t j = 0; j < i; ++j) BOOST_TEST(std::abs(places[i] - places[j]) >= 1 - 1e-9);
  }
  BOOST_TEST(places[2] < places[0]);  // in the order of their lines
  BOOST_TEST(places[0] < places[1]);
}

BOOST_AUTO_TEST_CASE(curves_of_searches_on_tables_have_labels_in_place_of_a_key) {
  const NasSearch nas = load_report_inputs(searches_fixture()).nas.at(0);
  BOOST_TEST_REQUIRE(drawn_strategies(nas.record).size() > 1u);
  for (const auto& figure : {nas_curve_figure(nas), nas_coverage_figure(nas)}) {
    const std::string& script = figure.value().script;
    BOOST_TEST(script.find("set key at") == script.npos);
    for (const DrawnStrategy& strategy : drawn_strategies(nas.record)) {
      BOOST_TEST(script.find("set label '" + strategy.title + "' at graph") != script.npos);
      BOOST_TEST(script.find("dashtype " + std::to_string(strategy.dash)) != script.npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(strategies_differ_in_shape_as_well_as_in_colour) {
  const NasSearch nas = load_report_inputs(searches_fixture()).nas.at(0);
  const auto drawn = drawn_strategies(nas.record);
  BOOST_REQUIRE(drawn.size() == 2u);
  BOOST_TEST(drawn[0].shape.hollow != drawn[1].shape.hollow);
  for (const Figure& figure : nas_front_figures(nas)) {
    for (const DrawnStrategy& strategy : drawn) {
      const std::string point = "pointtype " + std::to_string(strategy.shape.hollow);
      BOOST_TEST(figure.script.find(point) != figure.script.rfind(point));  // in the key and in a panel
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
