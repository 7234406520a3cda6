// Metrics against fairlearn and scikit-learn (make_golden.py).
#include <boost/test/unit_test.hpp>

#include "harness/evaluation/evaluate.h"
#include "tests/support/paths.h"

namespace flnas {
namespace {

const std::string kFolder = tests::tests_dir() + "/metrics/golden/";

void check_golden(const std::string& name) {
  const Json golden = read_json(kFolder + name + ".json");
  const Adapter adapter = load_adapter("isic2019");
  const auto predictions = read_predictions(kFolder + name + ".csv", attribute_columns(adapter));
  const Json ours =
      evaluate_predictions(predictions, adapter, task_of(predictions, adapter), "test", {.min_support = 0});
  BOOST_TEST(ours["n"] == golden["n"]);
  BOOST_TEST(ours["worst_group"]["name"] == golden["worst_group"]);
  for (const char* metric :
       {"accuracy", "balanced_accuracy", "unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"}) {
    BOOST_TEST_CONTEXT(metric) { BOOST_TEST(ours[metric]["value"].get<double>() == golden[metric].get<double>()); }
  }
  for (const char* part : {"recall", "pruning"}) {
    BOOST_TEST(ours[part].size() == golden[part].size());
    for (const auto& [key, value] : golden[part].items()) {
      BOOST_TEST_CONTEXT(key) { BOOST_TEST(ours[part][key]["value"].get<double>() == value.get<double>()); }
    }
  }
  for (const auto& [group, value] : golden["groups"].items()) {
    BOOST_TEST_CONTEXT(group) {
      BOOST_TEST(ours["groups"][group]["accuracy"]["value"].get<double>() == value.get<double>());
    }
  }
}

BOOST_AUTO_TEST_SUITE(golden, *boost::unit_test::tolerance(1e-12))

BOOST_AUTO_TEST_CASE(two_classes_agree_with_fairlearn) { check_golden("binary"); }

BOOST_AUTO_TEST_CASE(eight_classes_agree_with_fairlearn) { check_golden("isic8"); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas
