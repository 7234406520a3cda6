// Table I's hardware columns and latency by device: measured, estimated and the paper's.
#include <boost/test/unit_test.hpp>

#include "reports/data/measures.h"
#include "tests/reports/support.h"

namespace flnas::reports {
namespace {

using namespace tests;

BOOST_AUTO_TEST_SUITE(hardware_columns)

BOOST_AUTO_TEST_CASE(devices_of_the_paper_are_not_measured_here) {
  const Table table = table_one(load_report_inputs(fixture()));
  const Cell& cell = find_cell(table, "resnet18", "latency_a10_ms");
  BOOST_TEST(cell.mark == Mark::kNotMeasured);
  BOOST_TEST(cell.paper.value() == 7.63, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(latency_of_this_machine_is_marked_host_per_batch_and_per_image) {
  const Table table = table_one(load_report_inputs(fixture()));
  const Cell& batch = find_cell(table, "resnet18", "latency_host_ms");
  BOOST_TEST(batch.mark == Mark::kHost);
  BOOST_TEST(batch.value.value() == 50.0);
  BOOST_TEST(batch.low.value() == 47.5);
  BOOST_TEST(find_cell(table, "resnet18", "latency_host_image_ms").value.value() == 25.0);
}

/// The inputs with a record of ResNet-18 on another device: twice as slow as on the host.
ReportInputs with_device(const std::string& device, const std::string& mark) {
  ReportInputs inputs = load_report_inputs(fixture());
  Hardware found = *inputs.hardware_of("resnet18");
  found.folder = "hardware/resnet18-" + device;
  found.record.device = device;
  LatencySummary& latency = found.record.latency.value();
  latency.mark = mark;
  latency.median_us *= 2, latency.low_us *= 2, latency.high_us *= 2;
  inputs.hardware.push_back(found);
  return inputs;
}

BOOST_AUTO_TEST_CASE(an_estimated_latency_keeps_its_mark_and_its_band_beside_the_papers_value) {
  const ReportInputs inputs = with_device("pi4", "estimated");
  const Cell cell = find_cell(table_one(inputs), "resnet18", "latency_pi4_ms");
  BOOST_TEST(cell.mark == Mark::kEstimated);
  BOOST_TEST(cell.value.value() == 100.0);
  BOOST_TEST(cell.low.value() == 95.0);
  BOOST_TEST(cell.paper.value() == 5640.0, boost::test_tools::tolerance(1e-9));
  // The host's own column is not touched by it.
  BOOST_TEST(find_cell(table_one(inputs), "resnet18", "latency_host_ms").value.value() == 50.0);
}

BOOST_AUTO_TEST_CASE(latency_by_device_shows_both_readings_of_the_papers_number) {
  const ReportInputs inputs = with_device("a10", "measured");
  const Table table = latency_table(inputs);
  const Cell& batch = find_cell(table, "resnet18", "a10_batch_ms");
  const Cell& image = find_cell(table, "resnet18", "a10_image_ms");
  BOOST_TEST(batch.mark == Mark::kMeasured);
  BOOST_TEST(batch.value.value() == 100.0);
  BOOST_TEST(image.value.value() == 50.0);
  BOOST_TEST(batch.paper.value() == image.paper.value());
  BOOST_TEST(find_cell(table, "resnet18", "host_batch_ms").mark == Mark::kHost);
  BOOST_TEST(find_cell(table, "resnet18", "pi4_batch_ms").mark == Mark::kNotMeasured);
  BOOST_TEST(find_cell(table, "resnet18", "pi4_batch_ms").paper.value() == 5640.0, boost::test_tools::tolerance(1e-9));
}

/// A suite that measured ResNet-18 on the device itself: 4 s a batch.
Suite suite_on(const std::string& device, const std::string& status = "passed") {
  Suite suite;
  suite.file = "pi4.json";
  suite.record.platform = device;
  LatencyResult& result = suite.record.results.emplace_back();
  result.model = "resnet18";
  result.batch = 2, result.classes = 2, result.input = {3, 224, 224};
  result.mark = "measured", result.status = status;
  result.latency = LatencyStatistics{.p50_us = 4e6, .p50_low_us = 3e6, .p50_high_us = 6e6};
  return suite;
}

BOOST_AUTO_TEST_CASE(a_suite_measured_on_the_device_takes_precedence_over_an_estimate) {
  ReportInputs inputs = with_device("pi4", "estimated");
  inputs.suites.push_back(suite_on("pi4"));
  const Cell cell = find_cell(table_one(inputs), "resnet18", "latency_pi4_ms");
  BOOST_TEST(cell.mark == Mark::kMeasured);
  BOOST_TEST(cell.value.value() == 4000.0);
  BOOST_TEST(cell.low.value() == 3000.0);
  BOOST_TEST(cell.within.value());  // the paper says 5.64 s
  BOOST_TEST(cell.provenance.file == "pi4.json");
  BOOST_TEST(find_cell(latency_table(inputs), "resnet18", "pi4_image_ms").value.value() == 2000.0);
  // a measurement of the reproduction's own stays, as does an estimate beside a suite that is not to be trusted
  inputs = with_device("pi4", "measured");
  inputs.suites.push_back(suite_on("pi4"));
  BOOST_TEST(find_cell(table_one(inputs), "resnet18", "latency_pi4_ms").value.value() == 100.0);
  inputs = with_device("pi4", "estimated");
  inputs.suites.push_back(suite_on("pi4", kUnreliable));
  BOOST_TEST(find_cell(table_one(inputs), "resnet18", "latency_pi4_ms").value.value() == 100.0);
}

BOOST_AUTO_TEST_CASE(devices_show_the_verdict_beside_their_mark) {
  const Table table = table_one(with_device("pi4", "estimated"));
  const Cell& cell = find_cell(table, "resnet18", "latency_pi4_ms");  // 100 [95, 105], the paper 5,640
  BOOST_TEST(marks_of(cell) == (std::vector{Mark::kEstimated, Mark::kDiffers}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(memory_is_in_mib_beside_the_papers_mb) {
  const Table table = table_one(load_report_inputs(fixture()));
  const Cell& cell = find_cell(table, "fahana_fair", "memory_training_mib");
  BOOST_TEST(cell.value.value() == 1400.0);
  BOOST_TEST(cell.paper.value() == 12864.62);
  BOOST_TEST(!cell.within.value());  // counted: another number
  BOOST_TEST(cell.mark == Mark::kHost);
  BOOST_TEST(marks_of(cell) == (std::vector{Mark::kHost, Mark::kDiffers}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_record_whose_latency_is_unreliable_keeps_what_it_counted) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.hardware.front().unreliable = "the machine was busy";
  const Table table = table_one(inputs);
  BOOST_TEST(find_cell(table, "resnet18", "latency_host_ms").mark == Mark::kUnreliable);
  BOOST_TEST(find_cell(table, "resnet18", "macs").mark == Mark::kNone);
  BOOST_TEST(find_cell(table, "resnet18", "memory_training_mib").mark == Mark::kHost);
}

BOOST_AUTO_TEST_CASE(a_parameter_count_that_differs_is_marked) {
  ReportInputs inputs = load_report_inputs(fixture());
  inputs.hardware.front().record.model.parameters = 11169859;
  const Table table = table_one(inputs);
  const Cell& cell = find_cell(table, "resnet18", "parameters");
  BOOST_TEST(cell.mark == Mark::kDiffers);
  BOOST_TEST(cell.difference.value() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace flnas::reports
