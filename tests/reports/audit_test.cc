// Claims as formulas over a small table: values, intervals, and what is missing.
#include "reports/data/claims.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <random>

#include "harness/base/error.h"

namespace flnas::reports {
namespace {

namespace tt = boost::test_tools;

/// Two searched models and one baseline.
ClaimTable small_table() {
  static const std::map<std::string, double> values = {
      {"a.accuracy", 0.8}, {"b.accuracy", 0.7}, {"c.accuracy", 0.75}, {"a.eodd", 0.1}, {"c.eodd", 0.3}};
  return {{"a", "b"}, {"c"}, [](const std::string& model, const std::string& column) {
            const auto found = values.find(model + "." + column);
            return found == values.end() ? std::nullopt : std::optional(found->second);
          }};
}

BOOST_AUTO_TEST_SUITE(audit_)

BOOST_AUTO_TEST_CASE(groups_stand_for_all_their_models) {
  const Audit found =
      audit({.value = "max(searched.accuracy) - baselines.accuracy", .holds = "value > 0"}, small_table());
  BOOST_TEST(found.value.value() == 0.05, tt::tolerance(1e-12));
  BOOST_TEST(found.holds.value());
}

/// The same with five resamples of what depends on the images.
ClaimTable resampled_table() {
  static const std::map<std::string, std::vector<double>> draws = {{"a.accuracy", {0.70, 0.75, 0.80, 0.85, 0.90}},
                                                                   {"c.accuracy", {0.72, 0.74, 0.76, 0.78, 0.80}}};
  ClaimTable table = small_table();
  table.draws = [](const std::string& model, const std::string& column) {
    const auto found = draws.find(model + "." + column);
    return found == draws.end() ? std::vector<double>() : found->second;
  };
  return table;
}

BOOST_AUTO_TEST_CASE(the_interval_is_of_the_formula_on_each_resample) {
  // Differences -0.02, 0.01, 0.04, 0.07, 0.10; the 2.5 % quantile lies a tenth of a step inside, as does the 97.5 %.
  // Their mean is 0.04 and the value 0.05, so that all are moved by 0.01.
  const Audit found = audit({.value = "a.accuracy - c.accuracy", .holds = "value > 0.03"}, resampled_table());
  BOOST_TEST(found.value.value() == 0.05, tt::tolerance(1e-12));
  BOOST_TEST(found.low.value() == -0.007, tt::tolerance(1e-12));
  BOOST_TEST(found.high.value() == 0.107, tt::tolerance(1e-12));
  BOOST_TEST(found.holds.value());
  BOOST_TEST(!found.settled);
  BOOST_TEST(audit({.value = "a.accuracy - c.accuracy", .holds = "value > -0.1"}, resampled_table()).settled);
  BOOST_TEST(audit({.value = "a.accuracy - c.accuracy", .holds = "value > 0.11"}, resampled_table()).settled);
}

BOOST_AUTO_TEST_CASE(what_no_resample_changes_has_no_interval) {
  const Audit found = audit({.value = "a.eodd / c.eodd", .holds = "value < 1"}, resampled_table());
  BOOST_TEST(!found.low);
  BOOST_TEST(!found.high);
  BOOST_TEST(found.settled);
  // b's accuracy has no draws: it stays as it is while the others vary
  BOOST_TEST(audit({.value = "a.accuracy - b.accuracy", .holds = "value > 0"}, resampled_table()).low.value() == 0.005,
             tt::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_ratio_that_is_often_infinite_has_no_interval) {
  ClaimTable table = resampled_table();
  const auto draws = table.draws;
  table.draws = [draws](const std::string& model, const std::string& column) {
    return model == "c" ? std::vector<double>{0, 0.74, 0.76, 0.78, 0.80} : draws(model, column);
  };
  const Audit found = audit({.value = "a.accuracy / c.accuracy", .holds = "value > 1"}, table);
  BOOST_TEST(found.value.has_value());
  BOOST_TEST(!found.low);
}

BOOST_AUTO_TEST_CASE(what_bands_do_to_the_value_is_added_by_squares) {
  ClaimTable table = small_table();
  table.band = [](const std::string& model, const std::string&) -> std::optional<std::pair<double, double>> {
    if (model == "b") return std::nullopt;
    return model == "a" ? std::pair(0.4, 1.6) : std::pair(0.5, 1.0);
  };
  // a 0.8 in [0.4, 1.6], c 0.75 in [0.5, 1]: by a the ratio goes from 0.4 / 0.75 to 1.6 / 0.75, by c from 0.8 to 1.6
  const double ratio = 0.8 / 0.75;
  const Audit found = audit({.value = "a.accuracy / c.accuracy", .holds = "value > 1"}, table);
  BOOST_TEST(found.low.value() == ratio - std::hypot(ratio - 0.4 / 0.75, ratio - 0.8), tt::tolerance(1e-12));
  BOOST_TEST(found.high.value() == ratio + std::hypot(1.6 / 0.75 - ratio, 1.6 - ratio), tt::tolerance(1e-12));
  BOOST_TEST(found.holds.value());
  BOOST_TEST(!found.settled);
  BOOST_TEST(audit({.value = "a.accuracy / c.accuracy", .holds = "value > 0.3"}, table).settled);
  BOOST_TEST(audit({.value = "a.accuracy / c.accuracy", .holds = "value > 4"}, table).settled);
  // a difference of two independent figures: 3-4-5
  table.band = [](const std::string& model, const std::string&) {
    return std::optional(model == "a" ? std::pair(0.77, 0.83) : std::pair(0.71, 0.79));
  };
  BOOST_TEST(audit({.value = "a.accuracy - c.accuracy", .holds = "value > 0"}, table).low.value() == 0,
             tt::tolerance(1e-12));
  BOOST_TEST(audit({.value = "a.accuracy - c.accuracy", .holds = "value > 0"}, table).high.value() == 0.1,
             tt::tolerance(1e-12));
  table.band = [](const std::string& model, const std::string&) -> std::optional<std::pair<double, double>> {
    if (model == "b") return std::nullopt;
    return std::pair(0.4, 1.6);
  };
  BOOST_TEST(!audit({.value = "b.accuracy", .holds = "value > 0"}, table).low);
}

/// How often the interval of a formula holds the true value: tables of three searched models and two baselines, each
/// accuracy that of 1,500 images of its own, with Wilson's interval as its band.
double coverage_of(const std::string& formula, const std::map<std::string, double>& truth) {
  constexpr int kTables = 200, kImages = 1500;
  ClaimTable table{{"a", "b", "c"}, {"d", "e"}, {}};
  const auto values_of = [](const std::map<std::string, double>& values) {
    return [&values](const std::string& model, const std::string&) { return std::optional(values.at(model)); };
  };
  table.value = values_of(truth);
  const double expected = audit({.value = formula, .holds = "value > 0"}, table).value.value();
  std::mt19937_64 random(1);
  int held = 0;
  for (int i = 0; i < kTables; ++i) {
    std::map<std::string, double> drawn;
    for (const auto& [model, rate] : truth) {
      drawn[model] = std::binomial_distribution<int>(kImages, rate)(random) / double{kImages};
    }
    table.value = values_of(drawn);
    table.band = [&](const std::string& model, const std::string&) {
      const double p = drawn.at(model), z = 1.959964, n = kImages;
      const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
      const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
      return std::optional(std::pair(middle - half, middle + half));
    };
    const Audit found = audit({.value = formula, .holds = "value > 0"}, table);
    held += *found.low <= expected && expected <= *found.high;
  }
  return held / double{kTables};
}

BOOST_AUTO_TEST_CASE(the_intervals_of_claims_hold_the_true_value) {
  // As in the paper's table, and where all models are equally accurate, so that a maximum is the luckiest of them.
  // Standard error of a coverage of 95 %: 1.5 points.
  const std::map<std::string, double> papers = {{"a", 0.752}, {"b", 0.732}, {"c", 0.72}, {"d", 0.717}, {"e", 0.677}},
                                      equal = {{"a", 0.7}, {"b", 0.7}, {"c", 0.7}, {"d", 0.7}, {"e", 0.7}};
  for (const auto& truth : {papers, equal}) {
    for (const char* formula : {"a.accuracy - d.accuracy", "max(searched.accuracy) - max(baselines.accuracy)",
                                "min(searched.accuracy) - max(baselines.accuracy)",
                                "(1 - max(baselines.accuracy)) / (1 - max(searched.accuracy))"}) {
      BOOST_TEST(coverage_of(formula, truth) >= 0.93, formula << ": " << coverage_of(formula, truth));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_ratio_to_what_may_be_nothing_has_no_upper_end) {
  ClaimTable table = small_table();
  table.band = [](const std::string& model, const std::string&) -> std::optional<std::pair<double, double>> {
    return model == "a" ? std::pair(0.4, 1.6) : std::pair(0.0, 1.0);
  };
  const Audit found = audit({.value = "a.accuracy / c.accuracy", .holds = "value > 1"}, table);
  const double ratio = 0.8 / 0.75;
  BOOST_TEST(found.low.value() == ratio - std::hypot(ratio - 0.4 / 0.75, ratio - 0.8), tt::tolerance(1e-12));
  BOOST_TEST(std::isinf(found.high.value()));
  BOOST_TEST(!found.settled);
  BOOST_TEST(!audit({.value = "a.accuracy / c.accuracy", .holds = "value < 100"}, table).settled);
  BOOST_TEST(audit({.value = "a.accuracy / c.accuracy", .holds = "value > 0.3"}, table).settled);
}

BOOST_AUTO_TEST_CASE(what_is_not_settled_says_by_how_much_the_sample_has_to_grow) {
  // 0.05 in [-0.007, 0.107], asked whether it is above 0.03: the interval has to shrink from 0.057 to 0.02 and the
  // power
  const Audit found = audit({.value = "a.accuracy - c.accuracy", .holds = "value > 0.03"}, resampled_table());
  BOOST_TEST(found.growth.value() == std::pow((1.959964 + 0.841621) / 1.959964 * 0.057 / 0.02, 2), tt::tolerance(1e-4));
  BOOST_TEST(!audit({.value = "a.accuracy - c.accuracy", .holds = "value > 0.2"}, resampled_table()).growth);
}

BOOST_AUTO_TEST_CASE(missing_values_are_named) {
  const Audit found = audit({.value = "min(searched.eodd)", .holds = "value > 0"}, small_table());
  BOOST_TEST(!found.value);
  BOOST_TEST(found.missing == std::vector<std::string>{"b.eodd"}, tt::per_element());
}

BOOST_AUTO_TEST_CASE(a_condition_on_every_row_counts_those_that_have_its_columns) {
  const Audit found = audit({.every = "eodd < 0.2"}, small_table());
  BOOST_TEST(found.value.value() == 1);
  BOOST_TEST(found.rows.value() == 2);
  BOOST_TEST(!found.holds.value());
}

BOOST_AUTO_TEST_CASE(a_formula_that_cannot_be_computed_is_named) {
  for (const char* formula : {"max(a.accuracy", "a.accuracy +", "unknown_function(a.accuracy)"}) {
    BOOST_CHECK_EXCEPTION(
        audit({.value = formula, .holds = "value > 0"}, small_table()), DataError,
        [&](const DataError& error) { return std::string(error.what()).find(formula) != std::string::npos; });
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
