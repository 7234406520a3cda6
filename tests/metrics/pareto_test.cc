#include "harness/metrics/pareto.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "harness/base/json.h"
#include "harness/base/random.h"
#include "tests/support/paths.h"

namespace flnas::metrics {
namespace {

std::vector<Point> random_points(Random& random, std::size_t objectives, std::size_t size, int steps) {
  std::vector<Point> points(size, Point(objectives));
  for (Point& point : points) {
    for (double& value : point) value = static_cast<double>(random.below(static_cast<std::uint64_t>(steps))) / steps;
  }
  return points;
}

BOOST_AUTO_TEST_SUITE(pareto, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(fronts_hypervolumes_and_distances_agree_with_pymoo) {
  const Json golden = read_json(tests::tests_dir() + "/metrics/golden/pareto.json");
  for (const Json& expected : golden["cases"]) {
    const auto points = expected["points"].get<std::vector<Point>>();
    const auto target = expected["target"].get<std::vector<Point>>();
    BOOST_TEST(pareto_front(points) == expected["front"].get<std::vector<std::size_t>>(),
               boost::test_tools::per_element());
    BOOST_TEST(hypervolume(points, expected["reference"].get<Point>()) == expected["hypervolume"].get<double>());
    BOOST_TEST(igd(points, target) == expected["igd"].get<double>());
  }
  BOOST_TEST(golden["cases"].size() == 6u);
}

BOOST_AUTO_TEST_CASE(a_front_by_hand) {
  // (2, 2) is dominated by (1, 2); both (1, 2) stay.
  const std::vector<Point> points{{2, 2}, {1, 2}, {3, 1}, {1, 2}, {4, 4}};
  BOOST_TEST(pareto_front(points) == (std::vector<std::size_t>{1, 2, 3}), boost::test_tools::per_element());
  // Up to (5, 5): 4 x 3 of (1, 2), and 2 x 1 more of (3, 1).
  BOOST_TEST(hypervolume(points, {5, 5}) == 14.0);
  BOOST_TEST(hypervolume(points, {1, 1}) == 0.0);
  BOOST_TEST(hypervolume({}, {1, 1}) == 0.0);
  BOOST_TEST(hypervolume({{1}, {3}}, {4}) == 3.0);
  BOOST_TEST(igd({{0, 0}}, {{3, 4}, {0, 1}}) == 3.0);
  BOOST_TEST(std::isnan(igd({}, {{1, 1}})));
}

BOOST_AUTO_TEST_CASE(a_hypervolume_on_a_grid_is_the_number_of_dominated_cells) {
  Random random(3);
  for (int trial = 0; trial < 200; ++trial) {
    constexpr int kSteps = 6;
    const std::size_t objectives = 1 + random.below(4);
    const auto points = random_points(random, objectives, 1 + random.below(8), kSteps);
    int cells = 1, dominated = 0;
    for (std::size_t k = 0; k < objectives; ++k) cells *= kSteps;
    for (int cell = 0; cell < cells; ++cell) {
      Point corner;
      for (int rest = cell; corner.size() < objectives; rest /= kSteps) {
        corner.push_back(static_cast<double>(rest % kSteps) / kSteps);
      }
      dominated += std::any_of(points.begin(), points.end(), [&](const Point& point) {
        return std::equal(point.begin(), point.end(), corner.begin(), std::less_equal<>());
      });
    }
    BOOST_TEST(hypervolume(points, Point(objectives, 1.0)) == static_cast<double>(dominated) / cells);
  }
}

BOOST_AUTO_TEST_CASE(bounds_scale_to_zero_and_one) {
  const auto bounds = bounds_of({{1, 7}, {3, 7}});
  BOOST_TEST(bounds.scaled({2, 7}) == (Point{0.5, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::metrics
