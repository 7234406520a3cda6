#include "harness/records/pareto_points.h"

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "tests/base/fixture.h"

namespace flnas {
namespace {

using test::contains;
using test::message_of;

// Accuracy is maximised, latency minimised: b is worse than a in both.
constexpr char kPoints[] = "name,accuracy,latency_ms\na,90,10\nb,85,12\nc,95,30\nd,60,5\n";

Json run(const ParetoRequest& request, const char* text = kPoints, const char* true_front = nullptr) {
  const Csv points = Csv::parse(text, "points.csv");
  if (true_front == nullptr) return pareto(points, request);
  const Csv target = Csv::parse(true_front, "front.csv");
  return pareto(points, request, &target);
}

ParetoRequest objectives() {
  ParetoRequest request;
  request.minimise = {"latency_ms"};
  request.maximise = {"accuracy"};
  return request;
}

BOOST_AUTO_TEST_SUITE(pareto_points, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(the_front_is_given_by_row_numbers_from_zero) {
  BOOST_TEST(run(objectives())["front"].dump() == "[0,2,3]");
}

BOOST_AUTO_TEST_CASE(the_reference_has_minimised_columns_first_in_their_own_units) {
  ParetoRequest request = objectives();
  request.reference = {20, 80};
  // Only a is inside: 10 ms x 10 points.
  BOOST_TEST(run(request)["hypervolume"].get<double>() == 100.0);
  // The default is the worst of each column, 30 ms and 60: a (20 x 30); c and d lie on the edges.
  const Json result = run(objectives());
  BOOST_TEST(result["reference"].dump() == "[30.0,60.0]");
  BOOST_TEST(result["hypervolume"].get<double>() == 600.0);
  BOOST_TEST(result["igd"].is_null());
}

BOOST_AUTO_TEST_CASE(normalised_objectives_have_the_range_of_points_and_true_front) {
  ParetoRequest request = objectives();
  request.normalise = true;
  // Latency 5..30, accuracy 60..95: a is (0.2, 1/7) away from the best, the reference (1, 1).
  BOOST_TEST(run(request)["hypervolume"].get<double>() == 0.8 * 6 / 7);
  // A true front of one point at 5 ms and 95: the nearest is a, at (0.2, 1/7). Its second row is dominated.
  const Json result = run(request, kPoints, "accuracy,latency_ms\n95,5\n94,6\n");
  BOOST_TEST(result["igd"].get<double>() == std::sqrt(0.04 + 1.0 / 49));
}

BOOST_AUTO_TEST_CASE(bad_requests_and_tables_say_what_is_wrong) {
  BOOST_CHECK_THROW(run({}), ConfigError);
  ParetoRequest request = objectives();
  request.reference = {1};
  BOOST_TEST(contains(message_of<ConfigError>([&] { run(request); }), "1 values for 2 objectives"));
  request = objectives();
  request.maximise = {"latency_ms"};
  BOOST_CHECK_THROW(run(request), ConfigError);
  request.maximise = {"acuracy"};
  BOOST_TEST(contains(message_of<DataError>([&] { run(request); }), "nearest is 'accuracy'"));
  BOOST_TEST(contains(message_of<DataError>([&] { run(objectives(), "accuracy,latency_ms\n1,\n"); }), "points.csv:2"));
  BOOST_TEST(contains(message_of<DataError>([&] { run(objectives(), "accuracy,latency_ms\n"); }), "no rows"));
}

BOOST_AUTO_TEST_CASE(the_points_of_files_are_those_of_texts) {
  const test::TemporaryFolder folder;
  write_file(folder / "points.csv", kPoints);
  ParetoRequest request = objectives();
  request.points = folder / "points.csv";
  const ParetoResult result = pareto_of_files(request);
  BOOST_TEST(result.front == run(objectives()));
  BOOST_TEST(result.points.rows() == Csv::parse(kPoints, "points").rows());
  request.true_front = folder / "points.csv";
  BOOST_TEST(pareto_of_files(request).front.at("igd") == 0.0);
  request.true_front = folder / "none.csv";
  BOOST_CHECK_THROW(pareto_of_files(request), DataError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
