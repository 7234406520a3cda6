// Known answers: the audit of the paper's own table that was made by hand when its facts were collected.
#include "reports/data/claims.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

#include "harness/base/error.h"
#include "harness/metrics/intervals/rate_interval.h"
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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
