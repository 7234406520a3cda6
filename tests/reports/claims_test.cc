// Known answers: the audit of the paper's own table that was made by hand when its facts were collected.
#include "reports/data/claims.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "harness/base/error.h"
#include "harness/metrics/rate_interval.h"
#include "reports/data/formula.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;
namespace tt = boost::test_tools;

/// The table that has the row, whatever it rests on.
Table table_with(const ReportInputs& inputs, const std::string& row) {
  for (const Table& table : claims_tables(inputs)) {
    for (const Row& each : table.rows) {
      if (each.key == row) return table;
    }
  }
  throw std::runtime_error("no claim " + row);
}

Cell claim_cell(const ReportInputs& inputs, const std::string& row, const std::string& column) {
  const Table table = table_with(inputs, row);
  const auto has = [&](const Column& each) { return each.key == column; };
  // a column that says nothing in any row is left out
  return std::any_of(table.columns.begin(), table.columns.end(), has) ? find_cell(table, row, column) : Cell();
}

Cell paper_cell(const std::string& row, const std::string& column) {
  return claim_cell(load_report_inputs(fixture()), row, column);
}

void expect(const std::string& row, double value, const std::string& verdict) {
  BOOST_TEST_CONTEXT(row) {
    BOOST_TEST(paper_cell(row, "paper").value.value() == value, tt::tolerance(0.006));
    BOOST_TEST(paper_cell(row, "paper_verdict").text == verdict);
  }
}

/// Two searched models and one baseline.
ClaimTable small_table() {
  static const std::map<std::string, double> values = {
      {"a.accuracy", 0.8}, {"b.accuracy", 0.7}, {"c.accuracy", 0.75}, {"a.eodd", 0.1}, {"c.eodd", 0.3}};
  return {{"a", "b"}, {"c"}, [](const std::string& model, const std::string& column) {
            const auto found = values.find(model + "." + column);
            return found == values.end() ? std::nullopt : std::optional(found->second);
          }};
}

BOOST_AUTO_TEST_SUITE(claims)

BOOST_AUTO_TEST_CASE(the_papers_own_table_gives_the_known_figures) {
  expect("accuracy-1", 11.40, "not settled");
  expect("accuracy-2", 3.47, "fails");
  expect("accuracy-3", 0.27, "not settled");
  expect("fairness-1", 18.9, "not settled");
  expect("all-fairness-1", 1.706, "not settled");
  expect("all-fairness-2", 4.196, "not settled");
  expect("all-fairness-3", 1.628, "fails");
  expect("latency-1", 14.2, "holds");
  expect("latency-2", 2.18, "fails");
  expect("latency-3", 140.75, "holds");
  expect("latency-4", 8.73, "holds");
  expect("size-1", 18.8, "holds");
  expect("size-2", 143.7, "holds");
  expect("all-smaller-1", 0.967, "fails");
  expect("memory-1", 55.2, "holds");
  expect("memory-2", 81.3, "holds");
  expect("orders-2", 5.4, "fails");
}

BOOST_AUTO_TEST_CASE(claims_of_both_papers_have_rows_of_their_own_and_formulas_that_can_be_read) {
  for (const auto* claims : {&fl_nas_claims(), &llm_nas_claims()}) {
    std::set<std::string> rows;
    for (const Claim& claim : *claims) {
      BOOST_TEST(!claim.readings.empty(), claim.id);
      for (const Reading& reading : claim.readings) {
        BOOST_TEST(rows.insert(reading.id).second, "two readings are called " << reading.id);
        BOOST_TEST(!reading.text.empty(), reading.id);
        BOOST_TEST((reading.value.empty() || !variables_of(reading.value).empty()), reading.id);
        BOOST_TEST((reading.holds.empty() || !reading.value.empty()), reading.id << ": a condition on nothing");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(its_rows_satisfy_the_identities_but_not_its_formula_for_unfairness) {
  BOOST_TEST(paper_cell("consistency-1", "paper").text == "8 of 8");
  BOOST_TEST(paper_cell("consistency-2", "paper").text == "6 of 8");
  BOOST_TEST(paper_cell("consistency-2", "paper_verdict").text == "fails");
  BOOST_TEST(paper_cell("consistency-3", "paper").text == "8 of 8");
}

BOOST_AUTO_TEST_CASE(what_was_not_run_has_neither_value_nor_verdict) {
  const Cell ours = paper_cell("accuracy-1", "ours");  // the fixture's Search-3 failed
  BOOST_TEST(!ours.value);
  BOOST_TEST((ours.mark == Mark::kNotMeasured));
  BOOST_TEST(paper_cell("accuracy-1", "ours_verdict").text.empty());
  BOOST_TEST((paper_cell("hours-1", "paper").mark == Mark::kNotMeasured));
}

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

/// Every model of the paper with a run and a hardware record, all like ResNet-18's.
ReportInputs complete() {
  ReportInputs inputs = load_report_inputs(fixture());
  const Run run = run_of(inputs, "resnet18");
  const Hardware hardware = *inputs.hardware_of("resnet18");
  inputs.runs.clear();
  inputs.hardware.clear();
  for (const Model& model : inputs.models()) {
    inputs.runs.push_back(run);
    inputs.runs.back().record.model.name = model.name;
    for (const char* device : {"host", "a10", "pi4"}) {
      Hardware& found = inputs.hardware.emplace_back(hardware);
      found.folder = "hardware/" + model.name + "-" + device;
      found.record.model.name = model.name;
      found.record.device = device;
      LatencySummary& latency = found.record.latency.value();
      latency.mark = device == std::string("host") ? "measured" : "estimated";
      latency.median_us = model.group == "Baselines" ? 1000 : 200;
      latency.low_us = model.group == "Baselines" ? 500 : 100;
      latency.high_us = model.group == "Baselines" ? 2000 : 400;
    }
  }
  return inputs;
}

BOOST_AUTO_TEST_CASE(estimated_latencies_settle_only_what_their_bands_allow) {
  const ReportInputs inputs = complete();
  BOOST_TEST(table_with(inputs, "latency-1").id == "claims_estimates");
  // 1000 / 200 = 5; the bands, from half to twice the median, wider so that those of four and of three hold at once
  const Cell ratio = claim_cell(inputs, "latency-1", "ours");
  BOOST_TEST(ratio.value.value() == 5, tt::tolerance(1e-9));
  const auto at_once = [](double count) {
    return metrics::normal_quantile(std::pow(0.975, 1 / count)) / metrics::normal_quantile(0.975);
  };
  const double four = at_once(4), three = at_once(3);
  // by squares the lower end would go beyond both bands' ends together
  BOOST_TEST(ratio.low.value() == (1000 - 500 * four) / (200 + 200 * three), tt::tolerance(1e-9));
  BOOST_TEST(ratio.high.value() == 5 + std::hypot((1000 + 1000 * four) / 200 - 5, 1000 / (200 - 100 * three) - 5),
             tt::tolerance(1e-9));
  BOOST_TEST((ratio.mark == Mark::kEstimated));
  for (const char* row : {"latency-1", "latency-2", "latency-3", "orders-2"}) {
    BOOST_TEST(claim_cell(inputs, row, "ours_verdict").text.empty());
  }
}

BOOST_AUTO_TEST_CASE(latencies_of_the_device_itself_are_decided) {
  ReportInputs inputs = complete();
  for (Hardware& found : inputs.hardware) {
    if (found.record.device == "a10") found.record.latency->mark = "measured";
  }
  BOOST_TEST(table_with(inputs, "latency-1").id == "claims");
  BOOST_TEST(!claim_cell(inputs, "latency-1", "ours_verdict").text.empty());
  BOOST_TEST(table_with(inputs, "latency-3").id == "claims_estimates");
}

BOOST_AUTO_TEST_CASE(what_holds_by_construction_has_no_verdict_of_ours) {
  const ReportInputs inputs = complete();
  for (const char* row : {"size-1", "size-2", "all-smaller-1", "orders-1", "consistency-1"}) {
    BOOST_TEST_CONTEXT(row) {
      BOOST_TEST(table_with(inputs, row).id == "claims_construction");
      BOOST_TEST(claim_cell(inputs, row, "ours_verdict").text.empty());
      BOOST_TEST(!claim_cell(inputs, row, "paper_verdict").text.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_model_that_only_stands_for_the_papers_decides_nothing) {
  ReportInputs inputs = complete();
  BOOST_TEST(table_with(inputs, "memory-1").id == "claims_estimates");  // names FaHaNa-Fair
  // and is not among the baselines: its memory, a thousand times the others', does not show
  const double before = claim_cell(inputs, "memory-2", "ours").value.value();
  for (Hardware& found : inputs.hardware) {
    if (found.record.model.name == "fahana_fair") found.record.memory.training_step->peak_bytes *= 1000;
  }
  BOOST_TEST(claim_cell(inputs, "memory-2", "ours").value.value() == before);
  // and without it the paper's own figures do not hold: no verdict of ours
  BOOST_TEST(table_with(inputs, "memory-2").id == "claims_estimates");
  BOOST_TEST(claim_cell(inputs, "memory-2", "paper_verdict").text == "holds");
  BOOST_TEST(claim_cell(inputs, "memory-2", "ours_verdict").text.empty());
}

BOOST_AUTO_TEST_CASE(under_other_conditions_ours_has_a_value_and_no_verdict) {
  ReportInputs inputs = complete();
  BOOST_TEST(claim_cell(inputs, "accuracy-1", "ours_verdict").text == "fails");
  inputs.reproduction->record.profile.comparable = false;
  const Cell ours = claim_cell(inputs, "accuracy-1", "ours");
  BOOST_TEST(ours.value.has_value());
  BOOST_TEST((ours.mark == Mark::kNotComparable));
  BOOST_TEST(claim_cell(inputs, "accuracy-1", "ours_verdict").text.empty());
  // memory is taken at the paper's geometry whatever the profile
  BOOST_TEST(!claim_cell(inputs, "orders-4", "ours_verdict").text.empty());
}

BOOST_AUTO_TEST_CASE(a_claim_on_fairness_names_the_people_who_would_decide_it) {
  // EOPP2 of the rarest people
  const std::string needed = paper_cell("all-fairness-5", "paper_sample").text;
  BOOST_TEST(needed.find("images, ") != needed.npos);
  BOOST_TEST(needed.find("of them young and malignant") != needed.npos);
  // -0.14 hundredths against 0
  BOOST_TEST(paper_cell("all-fairness-4", "paper_sample").text == "none in reach: too near the boundary");
  BOOST_TEST(paper_cell("fairness-2", "paper_sample").text == "unknown: its interval has no upper end");
  // accuracy asks for images alone; what is decided asks for none
  BOOST_TEST(paper_cell("accuracy-3", "paper_sample").text.ends_with(" images"));
  BOOST_TEST(paper_cell("accuracy-2", "paper_sample").text.empty());
}

BOOST_AUTO_TEST_CASE(what_only_the_papers_table_can_answer_is_not_asked_of_ours) {
  const ReportInputs inputs = complete();
  for (const char* row : {"consistency-2", "consistency-3"}) {
    BOOST_TEST(!claim_cell(inputs, row, "paper_verdict").text.empty());
    BOOST_TEST(!claim_cell(inputs, row, "ours").value);
    BOOST_TEST(claim_cell(inputs, row, "ours_verdict").text.empty());
  }
  BOOST_TEST(claim_cell(inputs, "consistency-1", "ours").text == "8 of 8");
}

BOOST_AUTO_TEST_CASE(a_formula_names_every_figure_behind_it) {
  const ReportInputs inputs = complete();
  const Cell paper = claim_cell(inputs, "size-1", "paper");
  BOOST_REQUIRE(paper.inputs.size() == 2u);
  BOOST_TEST(paper.inputs[0].file == "reports/paper/fl_nas.json");
  BOOST_TEST(paper.inputs[0].key == "/rows/4/parameters");
  const Cell ours = claim_cell(inputs, "latency-1", "ours");
  BOOST_TEST(ours.inputs.size() == 7u);  // one of the eight only stands for the paper's
  for (const Provenance& from : ours.inputs) BOOST_TEST(from.key == "/latency/median_us");
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
