#include "harness/latency/calibration/calibrate.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/random.h"
#include "harness/latency/calibration/agreement.h"
#include "harness/nn/classifier.h"
#include "tests/support/preconditions.h"

namespace {

using namespace flnas;
namespace fs = std::filesystem;
using enum nn::CellOperation;

ExecutedOperations executed(nn::CellOperation e01, nn::CellOperation e02, nn::CellOperation e12, nn::CellOperation e03,
                            nn::CellOperation e13, nn::CellOperation e23) {
  return executed_operations({{e01, e02, e12, e03, e13, e23}});
}

/// "3x3 1x1 pooling additions"
std::string text(const ExecutedOperations& e) {
  return std::to_string(e.conv_3x3) + " " + std::to_string(e.conv_1x1) + " " + std::to_string(e.pooling) + " " +
         std::to_string(e.additions);
}

const Rates kRates{.float32_gflops = 48, .bandwidth_gb_s = 12.8, .cores = 4, .source = "test"};

Efficiency uniform(double share) {
  Efficiency e;
  for (double* value : {&e.convolution, &e.pointwise, &e.depthwise, &e.linear, &e.memory, &e.pooling, &e.unrolled}) {
    *value = share;
  }
  e.cache_kib = 256;
  e.folded = true;
  e.ratio_low = e.ratio_high = 1;
  return e;
}

/// Another device: shares that the fit has to find.
Efficiency truth() {
  Efficiency e = uniform(0.2);
  e.convolution = 0.5, e.pointwise = 0.25, e.pooling = 0.05, e.unrolled = 0.15;
  return e;
}

std::vector<MeasuredCell> synthetic(const CellDataSet& set, std::size_t count, std::uint64_t seed) {
  const CellTimes times = cell_times(set, kRates, truth(), 1);
  Random random(seed);
  std::vector<MeasuredCell> cells;
  while (cells.size() < count) {
    const nn::Cell cell = nn::cell_at(random.below(nn::kCellCount));
    if (!nn::is_connected(cell)) continue;
    const ExecutedOperations e = executed_operations(cell);
    cells.push_back({cell, e, times.latency_us(e)});
  }
  return cells;
}

BOOST_AUTO_TEST_SUITE(folded_cell)

BOOST_AUTO_TEST_CASE(every_operation_on_the_way_back_from_the_output_runs) {
  BOOST_TEST(text(executed(kConv3x3, kConv3x3, kConv3x3, kConv3x3, kConv3x3, kConv3x3)) == "6 0 0 3");
  BOOST_TEST(text(executed(kConv3x3, kConv1x1, kAvgPool3x3, kSkipConnect, kConv1x1, kAvgPool3x3)) == "1 2 2 3");
  BOOST_TEST(text(executed(kSkipConnect, kNone, kNone, kNone, kSkipConnect, kNone)) == "0 0 0 0");
}

BOOST_AUTO_TEST_CASE(what_the_output_does_not_need_does_not_run) {
  // Node 2 leads nowhere; a pooling in front of `none` is cut with it.
  BOOST_TEST(text(executed(kNone, kAvgPool3x3, kNone, kConv1x1, kNone, kNone)) == "0 1 0 0");
  BOOST_TEST(text(executed(kAvgPool3x3, kNone, kNone, kConv1x1, kNone, kNone)) == "0 1 0 0");
}

BOOST_AUTO_TEST_CASE(a_zero_behind_a_single_convolution_moves_into_its_weights) {
  // none on 2-3 behind a convolution alone: it runs.
  BOOST_TEST(text(executed(kNone, kConv3x3, kNone, kConv1x1, kNone, kNone)) == "1 1 0 0");
  // The same through a skip.
  BOOST_TEST(text(executed(kConv3x3, kNone, kSkipConnect, kConv1x1, kNone, kNone)) == "1 1 0 0");
  // A sum of two is not one convolution.
  BOOST_TEST(text(executed(kConv3x3, kConv3x3, kSkipConnect, kConv1x1, kNone, kNone)) == "0 1 0 0");
  // none on 1-2 keeps node 1 where node 2 is needed.
  BOOST_TEST(text(executed(kConv3x3, kConv1x1, kNone, kNone, kNone, kSkipConnect)) == "1 1 0 0");
  // none on 1-3 does not.
  BOOST_TEST(text(executed(kConv3x3, kNone, kAvgPool3x3, kConv1x1, kNone, kNone)) == "0 1 0 0");
}

BOOST_AUTO_TEST_CASE(an_empty_node_2_stands_for_node_1) {
  BOOST_TEST(text(executed(kConv3x3, kNone, kNone, kConv1x1, kNone, kNone)) == "1 1 0 0");
}

BOOST_AUTO_TEST_CASE(a_skip_of_zero_is_no_input_and_a_convolution_of_zero_runs) {
  // Node 1 is empty: its skip to 3 is no second input.
  BOOST_TEST(text(executed(kNone, kNone, kNone, kConv1x1, kSkipConnect, kNone)) == "0 1 0 0");
  BOOST_TEST(text(executed(kNone, kNone, kNone, kConv1x1, kConv3x3, kNone)) == "1 1 0 1");
  BOOST_TEST(text(executed(kNone, kNone, kNone, kConv1x1, kAvgPool3x3, kNone)) == "0 1 1 1");
  // Empty through a skip of an empty node.
  BOOST_TEST(text(executed(kNone, kNone, kSkipConnect, kConv1x1, kNone, kSkipConnect)) == "0 1 0 0");
}

BOOST_AUTO_TEST_CASE(the_cost_of_a_cell_that_nothing_is_folded_from_is_the_network_s) {
  const nn::Cell cell{{kConv3x3, kAvgPool3x3, kConv1x1, kConv3x3, kConv1x1, kSkipConnect}};
  const auto network = nn::make_cell_network(cell, {.classes = 10, .size = 32});
  const nn::Cost real = nn::measure_cost(*network, 32), ours = executed_cost(executed_operations(cell), 32, 10);
  BOOST_TEST(ours.macs == real.macs);
  const auto sum = [](const nn::Cost& cost, WorkClass work, auto member) {
    std::int64_t total = 0;
    for (const auto& operation : cost.operations) total += work_class(operation) == work ? operation.*member : 0;
    return total;
  };
  for (const WorkClass work : {WorkClass::kConvolution, WorkClass::kPointwise, WorkClass::kLinear}) {
    BOOST_TEST(sum(ours, work, &nn::Operation::macs) == sum(real, work, &nn::Operation::macs));
  }
  for (const WorkClass work :
       {WorkClass::kConvolution, WorkClass::kPointwise, WorkClass::kLinear, WorkClass::kPooling, WorkClass::kOther}) {
    BOOST_TEST(sum(ours, work, &nn::Operation::bytes) == sum(real, work, &nn::Operation::bytes));
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(calibration)

BOOST_AUTO_TEST_CASE(times_are_those_of_the_operations_that_run, *boost::unit_test::tolerance(1e-9)) {
  for (const auto& name : cell_data_sets()) {
    const CellDataSet& set = cell_data_set(name);
    Efficiency e = truth();
    e.overhead_us = 7;
    const ExecutedOperations cell{.conv_3x3 = 2, .conv_1x1 = 1, .pooling = 3, .additions = 2};
    const double direct = estimate_latency(executed_cost(cell, set.size, set.classes), kRates, e, 1).median_us;
    BOOST_TEST(cell_times(set, kRates, e, 1).latency_us(cell) == direct);
  }
  // Five times three convolutions of 2 * 9 * 16 * 16 * 32 * 32 operations at half of 12 GFLOP/s, and 576 - 256 and
  // 288 - 256 KiB of unrolled input twice at 0.15 of 12.8 GB/s.
  const double compute = 15 * 2 * 9 * 16 * 16 * 32 * 32 / 6e3;
  const double unroll = 5 * (320 + 32) * 1024 * 2 / (0.15 * 12.8e3);
  BOOST_TEST(cell_times(cell_data_set("cifar10"), kRates, truth(), 1).conv_3x3_us == compute + unroll);
}

BOOST_AUTO_TEST_CASE(the_fit_finds_the_shares_of_a_known_law) {
  const CellDataSet& set = cell_data_set("cifar10");
  const Efficiency fitted = fit_efficiency(synthetic(set, 60, 1), set, kRates, uniform(1), 1);
  // The prior draws a little, most on what weighs least.
  BOOST_TEST(fitted.convolution == 0.5, boost::test_tools::tolerance(0.02));
  BOOST_TEST(fitted.pointwise == 0.25, boost::test_tools::tolerance(0.02));
  BOOST_TEST(fitted.pooling == 0.05, boost::test_tools::tolerance(0.05));
  BOOST_TEST(fitted.unrolled == 0.15, boost::test_tools::tolerance(0.2));
  BOOST_TEST(fitted.cache_kib == 256);
  BOOST_TEST(fitted.folded);
}

BOOST_AUTO_TEST_CASE(a_tenth_of_slow_runs_moves_the_fit_little_and_ten_cells_suffice) {
  const CellDataSet& set = cell_data_set("cifar10");
  std::vector<MeasuredCell> sample = synthetic(set, 10, 2);
  sample[4].latency_us *= 1.5;
  const CellTimes times = cell_times(set, kRates, fit_efficiency(sample, set, kRates, uniform(1), 1), 1);
  std::vector<double> estimated, measured;
  for (const auto& cell : synthetic(set, 200, 3)) {
    estimated.push_back(times.latency_us(cell.executed));
    measured.push_back(cell.latency_us);
  }
  const Agreement agreement = compare_latencies(estimated, measured);
  BOOST_TEST(agreement.spearman > 0.99);
  BOOST_TEST(agreement.within_10 > 0.95);
}

BOOST_AUTO_TEST_CASE(shares_that_the_cells_do_not_show_follow_the_common_factor) {
  const CellDataSet& set = cell_data_set("cifar10");
  const CellTimes times = cell_times(set, kRates, uniform(0.1), 1);
  std::vector<MeasuredCell> sample = synthetic(set, 20, 4);
  for (auto& cell : sample) cell.latency_us = times.latency_us(cell.executed);
  const Efficiency fitted = fit_efficiency(sample, set, kRates, uniform(1), 1);
  for (const double share : {fitted.depthwise, fitted.linear, fitted.convolution}) {
    BOOST_TEST(share == 0.1, boost::test_tools::tolerance(1e-3));
  }
  BOOST_TEST(fitted.memory == 1);
  BOOST_CHECK_THROW(fit_efficiency({}, set, kRates, uniform(1), 1), DataError);
}

BOOST_AUTO_TEST_CASE(choices_are_distinct_repeatable_and_a_spread_one_has_every_operation) {
  const CellDataSet& set = cell_data_set("cifar10");
  const std::vector<MeasuredCell> cells = synthetic(set, 1000, 5);
  const CellTimes times = cell_times(set, kRates, uniform(1), 1);
  for (const char* name : {"random", "spread"}) {
    const Choice choice = choice_from_name(name);
    const auto chosen = choose_cells(cells, 10, choice, times, 6);
    BOOST_TEST(std::set<std::size_t>(chosen.begin(), chosen.end()).size() == 10u);
    BOOST_TEST(chosen == choose_cells(cells, 10, choice, times, 6));
    BOOST_TEST(chosen != choose_cells(cells, 10, choice, times, 7));
    BOOST_TEST(choose_cells(cells, 5000, choice, times, 6).size() == 1000u);
  }
  int least_convolutions = 6, most_convolutions = 0, most_pooling = 0;
  for (const auto i : choose_cells(cells, 10, Choice::kSpread, times, 6)) {
    least_convolutions = std::min(least_convolutions, cells[i].executed.conv_3x3);
    most_convolutions = std::max(most_convolutions, cells[i].executed.conv_3x3);
    most_pooling = std::max(most_pooling, cells[i].executed.pooling);
  }
  BOOST_TEST(least_convolutions == 0);
  BOOST_TEST(most_convolutions >= 3);
  BOOST_TEST(most_pooling >= 3);
  BOOST_CHECK_THROW(choice_from_name("sprad"), ConfigError);
}

BOOST_AUTO_TEST_CASE(agreement_is_counted_as_by_hand, *boost::unit_test::tolerance(1e-12)) {
  // Estimated / measured: 1, 0.9, 1.25, 1.1, 1; ranks of the measured ones 0, 1, 2, 3, 4 and of the estimated ones 0,
  // 1, 3.5, 2, 3.5.
  const Agreement a = compare_latencies({1, 1.8, 5, 4.4, 5}, {1, 2, 4, 4.0 + 1e-9, 5});
  BOOST_TEST(a.cells == 5u);
  BOOST_TEST(a.within_10 == 0.8);
  BOOST_TEST(a.within_20 == 0.8);
  // Sums of products 8, of squares 10 and 9.5.
  BOOST_TEST(a.spearman == 8 / std::sqrt(10 * 9.5));
  BOOST_TEST(a.median_error == 1 - 4.0 / 4.4, boost::test_tools::tolerance(1e-8));
  BOOST_TEST(a.ratio_low == 0.8);
  BOOST_TEST(a.ratio_high == 2 / 1.8);
  BOOST_CHECK_THROW(compare_latencies({1}, {1}), DataError);
}

BOOST_AUTO_TEST_CASE(a_table_is_read_and_its_traps_are_named) {
  const fs::path folder = fs::temp_directory_path() / ("flnas_calibrate_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto write = [&](const std::string& rows) {
    std::ofstream(folder / "hw_cifar10.csv") << "index,raspi4_latency,edgetpu_latency\n" << rows;
  };
  const std::size_t dead = nn::table_index({{kConv1x1, kNone, kNone, kNone, kNone, kNone}});
  write("0,10.5,-1\n1,54.75,1.5\n" + std::to_string(dead) + ",0.01,1\n");
  const CellTable table = read_cell_table(folder, "cifar10", "raspi4");
  BOOST_TEST_REQUIRE(table.connected.size() == 2u);
  BOOST_TEST(table.connected[1].latency_us == 54750);
  BOOST_TEST(text(table.connected[1].executed) == "3 0 1 3");
  BOOST_TEST(table.disconnected.size() == 1u);
  BOOST_TEST(read_cell_table(folder, "cifar10", "edgetpu").connected.size() == 1u);

  const auto fails = [&](const std::string& part, auto read) {
    BOOST_CHECK_EXCEPTION(read(), Error, [&](const Error& error) {
      BOOST_TEST_MESSAGE(error.what());
      return std::string(error.what()).find(part) != std::string::npos;
    });
  };
  fails("did you mean 'raspi4'", [&] { read_cell_table(folder, "cifar10", "raspi"); });
  fails("did you mean 'cifar10'", [&] { read_cell_table(folder, "cifar", "raspi4"); });
  fails("hw_cifar100.csv", [&] { read_cell_table(folder, "cifar100", "raspi4"); });
  write("0,-2,1\n");
  fails("hw_cifar10.csv:2: raspi4_latency is -2", [&] { read_cell_table(folder, "cifar10", "raspi4"); });
  write("15625,3,1\n");
  fails("index 15625", [&] { read_cell_table(folder, "cifar10", "raspi4"); });
  write("0,nan,1\n");
  fails("hw_cifar10.csv:2", [&] { read_cell_table(folder, "cifar10", "raspi4"); });
  fs::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(a_calibration_reports_every_table_that_is_there) {
  const fs::path folder = fs::temp_directory_path() / ("flnas_calibration_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const std::size_t dead = nn::table_index({{kConv1x1, kNone, kNone, kNone, kNone, kNone}});
  for (const char* name : {"cifar10", "cifar100"}) {
    std::ofstream file(folder / ("hw_" + std::string(name) + ".csv"));
    file << "index,raspi4_latency\n" << dead << ",0.25\n";
    for (const auto& cell : synthetic(cell_data_set(name), 100, 8)) {
      file << nn::table_index(cell.cell) << "," << cell.latency_us / 1e3 << "\n";
    }
  }
  CalibrationConfig config{.tables = folder, .choice = Choice::kSpread, .seeds = 10};
  int done = 0;
  const Json result = calibrate(config, kRates, [&](int samples) { done = samples; });
  BOOST_TEST(done == 10);
  BOOST_TEST_REQUIRE(result["agreement"].size() == 4u);
  const Json& own = result["agreement"][0];
  BOOST_TEST(own["fitted_on"].get<std::string>() == "10 spread of cifar10");
  BOOST_TEST(own["cells"].get<int>() == 90);
  BOOST_TEST(own["spearman_p10"].get<double>() > 0.99);
  BOOST_TEST(own["within_10"].get<double>() > 0.95);
  BOOST_TEST(result["agreement"][1]["tested_on"].get<std::string>() == "cifar100");
  BOOST_TEST(result["agreement"][1]["cells"].get<int>() == 100);
  BOOST_TEST(result["agreement"][2]["fitted_on"].get<std::string>() == "all of cifar10");
  BOOST_TEST(result["agreement"][3]["within_10"].get<double>() == 1.);
  BOOST_TEST(result["disconnected"][1]["median_us"].get<double>() == 250.);
  const Efficiency fitted = efficiency_from_json(result["efficiency"], "fitted");
  BOOST_TEST(fitted.convolution == truth().convolution, boost::test_tools::tolerance(0.1));
  BOOST_TEST(*fitted.median_error < 0.05);
  BOOST_TEST((fitted.ratio_low > 0.9 && fitted.ratio_high < 1.1));
  config.seeds = 0;
  BOOST_CHECK_THROW(calibrate(config, kRates, [](int) {}), ConfigError);
  config.seeds = 1, config.sample = 99;
  BOOST_CHECK_THROW(calibrate(config, kRates, [](int) {}), DataError);
  config.sample = 10, config.overhead_us = -1;
  BOOST_CHECK_THROW(calibrate(config, kRates, [](int) {}), ConfigError);
  fs::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(ten_cells_of_the_real_table_predict_the_others,
                     *boost::unit_test::precondition(test::has_shared_data("nasbench/hw_cifar10.csv"))) {
  const CellTable table = read_cell_table(test::shared_data("nasbench"), "cifar10", "raspi4");
  BOOST_TEST(table.connected.size() == 15284u);
  BOOST_TEST(table.disconnected.size() == 341u);
  const CellTimes even = cell_times(table.data_set, kRates, uniform(1), 1);
  std::vector<MeasuredCell> sample;
  for (const auto i : choose_cells(table.connected, 10, Choice::kSpread, even, 1)) sample.push_back(table.connected[i]);
  const Efficiency fitted = fit_efficiency(sample, table.data_set, kRates, uniform(1), 1);
  const CellTimes times = cell_times(table.data_set, kRates, fitted, 1);
  std::vector<double> estimated, measured;
  for (const auto& cell : table.connected) {
    estimated.push_back(times.latency_us(cell.executed));
    measured.push_back(cell.latency_us);
  }
  const Agreement agreement = compare_latencies(estimated, measured);
  BOOST_TEST(agreement.spearman > 0.97);
  BOOST_TEST(agreement.within_20 > 0.85);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
