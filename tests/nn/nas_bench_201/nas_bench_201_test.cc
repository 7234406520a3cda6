#include "harness/nn/nas_bench_201/nas_bench_201.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <torch/types.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/nn/classifier.h"
#include "harness/nn/cost.h"
#include "tests/support/paths.h"
#include "tests/support/preconditions.h"

namespace {

using namespace flnas;
using enum nn::CellOperation;

constexpr char kFirst[] =
    "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|";

nn::Cell uniform(nn::CellOperation operation) {
  nn::Cell cell;
  cell.operations.fill(operation);
  return cell;
}

void check_error(const std::string& text, const std::string& part) {
  BOOST_CHECK_EXCEPTION(nn::parse_cell(text), ConfigError, [&](const ConfigError& error) {
    BOOST_TEST_MESSAGE(error.what());
    return std::string(error.what()).find(part) != std::string::npos;
  });
}

/// What the tables' flops_M counts: multiply-accumulates of convolutions and the linear layer, two for each output of a
/// batch norm, one for each of a ReLU, the window for each of an average pooling, and the global average as a window of
/// (side + 1)^2.
double published_flops(const nn::Cell& cell, const nn::Cost& cost, std::int64_t size) {
  std::int64_t flops = cost.macs;
  for (const auto& operation : cost.operations) {
    std::int64_t outputs = 1;
    for (const auto side : operation.shape) outputs *= side;
    if (operation.kind == nn::OperationKind::kNorm) flops += 2 * outputs;
    if (operation.kind == nn::OperationKind::kActivation) flops += outputs;
  }
  const std::int64_t stage = 16 * size * size + 32 * size * size / 4 + 64 * size * size / 16;
  flops += 9 * 5 * stage * nn::count(cell, kAvgPool3x3);
  flops += 4 * (16 * size * size / 4 + 32 * size * size / 16);
  flops += 64 * (size / 4 + 1) * (size / 4 + 1);
  return static_cast<double>(flops) * 1e-6;
}

/// One of the published tables.
Csv table(const std::string& name) { return Csv::read(test::shared_data("nasbench/" + name)); }

BOOST_AUTO_TEST_SUITE(nas_bench_201)

BOOST_AUTO_TEST_CASE(strings_are_read_and_printed) {
  const nn::Cell cell = nn::parse_cell(kFirst);
  BOOST_TEST((cell == nn::Cell{{kAvgPool3x3, kConv1x1, kSkipConnect, kConv1x1, kSkipConnect, kSkipConnect}}));
  BOOST_TEST(nn::to_string(cell) == kFirst);
  BOOST_TEST(nn::count(cell, kSkipConnect) == 3);
  BOOST_TEST(nn::count(cell, kNone) == 0);
}

BOOST_AUTO_TEST_CASE(errors_name_the_edge_and_the_nearest_operation) {
  check_error("", "0 nodes instead of 3");
  check_error("|none~0|+|none~0|none~1|", "2 nodes instead of 3");
  check_error("|none~0|+|none~0|+|none~0|none~1|none~2|", "node 2 has 1 edges instead of 2");
  check_error("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|none~2|", "node 3 has 4 edges instead of 3");
  check_error("none~0+|none~0|none~1|+|none~0|none~1|none~2|", "node 1 is 'none~0', without bars");
  check_error("|none~0|+|none~0|conv_3x3~1|+|none~0|none~1|none~2|", "did you mean 'nor_conv_3x3'");
  check_error("|none~0|+|none~0|none~0|+|none~0|none~1|none~2|", "node 2 has 'none~0' where its edge from node 1");
  check_error("|none~0|+|none~0|none~3|+|none~0|none~1|none~2|", "would close a cycle");
  check_error("|none~0|+|none~0|none~2|+|none~0|none~1|none~2|", "would close a cycle");
  check_error("|none~0|+|none~0|none~9|+|none~0|none~1|none~2|", "node 2 has 'none~9'");
  check_error("|none|+|none~0|none~1|+|none~0|none~1|none~2|", "'none' names no node");
}

BOOST_AUTO_TEST_CASE(only_operations_on_a_path_are_reachable) {
  const auto canonical = [](nn::Cell cell) { return nn::reachable(cell); };
  const nn::Cell full = uniform(kConv3x3);
  BOOST_TEST((canonical(full) == full));
  // Nothing enters node 1: what leaves it goes, and nothing leaves node 2.
  BOOST_TEST((canonical({{kNone, kConv1x1, kConv3x3, kSkipConnect, kConv3x3, kNone}}) ==
              nn::Cell{{kNone, kNone, kNone, kSkipConnect, kNone, kNone}}));
  BOOST_TEST((canonical({{kConv1x1, kNone, kAvgPool3x3, kNone, kNone, kConv3x3}}) ==
              nn::Cell{{kConv1x1, kNone, kAvgPool3x3, kNone, kNone, kConv3x3}}));
  const nn::Cell dead{{kConv1x1, kConv1x1, kConv3x3, kNone, kNone, kNone}};
  BOOST_TEST((canonical(dead) == uniform(kNone)));
  BOOST_TEST(!nn::is_connected(dead));
  BOOST_TEST(nn::is_connected({{kConv1x1, kNone, kAvgPool3x3, kNone, kNone, kConv3x3}}));
}

// Rows of nb201_arch_acc.csv, from NATS-Bench; the count of connected cells is what the published spaces give.
BOOST_AUTO_TEST_CASE(rows_of_the_published_tables_are_computed) {
  BOOST_TEST(nn::to_string(nn::cell_at(0)) == kFirst);
  BOOST_TEST(nn::to_string(nn::cell_at(1)) ==
             "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|");
  BOOST_TEST((nn::cell_at(11) == nn::Cell{{kConv3x3, kConv3x3, kAvgPool3x3, kNone, kConv3x3, kAvgPool3x3}}));
  std::size_t connected = 0;
  for (std::size_t i = 0; i < nn::kCellCount; ++i) {
    const nn::Cell cell = nn::cell_at(i);
    if (nn::table_index(cell) != i) BOOST_ERROR("row " << i << " is not its own index");
    connected += nn::is_connected(cell) ? 1 : 0;
  }
  BOOST_TEST(connected == 15284u);
  BOOST_CHECK_THROW(nn::cell_at(nn::kCellCount), ConfigError);
}

BOOST_AUTO_TEST_CASE(all_rows_are_those_of_the_table,
                     *boost::unit_test::precondition(test::has_shared_data("nasbench/nb201_arch_acc.csv"))) {
  const Csv csv = table("nb201_arch_acc.csv");
  const std::size_t column = csv.column("arch_str");
  BOOST_TEST_REQUIRE(csv.rows() == nn::kCellCount);
  for (std::size_t i = 0; i < csv.rows(); ++i) {
    const nn::Cell cell = nn::parse_cell(csv.at(i, column));
    if (!(nn::cell_at(i) == cell) || nn::to_string(cell) != csv.at(i, column)) BOOST_ERROR("row " << i << " differs");
  }
}

struct Published {
  std::size_t index;
  double params_m, flops_m;
};

// zc_full_cifar10.csv: params_M and flops_M of rows 0 and 1.
BOOST_AUTO_TEST_CASE(parameters_and_flops_are_the_published_ones, *boost::unit_test::tolerance(1e-7)) {
  for (const auto& [index, params, flops] : {Published{0, 0.129306, 17.958592}, Published{1, 0.802426, 116.69267}}) {
    const nn::Cell cell = nn::cell_at(index);
    const auto network = nn::make_cell_network(cell, {.classes = 10, .size = 32});
    const nn::Cost cost = nn::measure_cost(*network, 32);
    BOOST_TEST(static_cast<double>(cost.parameters) * 1e-6 == params);
    BOOST_TEST(published_flops(cell, cost, 32) == flops);
    BOOST_TEST(nn::cell_cost(cell, {.classes = 10, .size = 32}).parameters_m == params);
    BOOST_TEST(nn::cell_cost(cell, {.classes = 10, .size = 32}).flops_m == flops);
  }
  BOOST_TEST(nn::count_parameters(*nn::make_cell_network(uniform(kNone), {.classes = 10, .size = 32})) == 73306);
  BOOST_TEST(nn::count_parameters(*nn::make_cell_network(uniform(kConv3x3), {.classes = 10, .size = 32})) == 1531546);
}

BOOST_AUTO_TEST_CASE(many_rows_agree_with_the_table,
                     *boost::unit_test::tolerance(1e-7) *
                         boost::unit_test::precondition(test::has_shared_data("nasbench/zc_full_cifar10.csv"))) {
  struct DataSet {
    const char* file;
    std::int64_t classes, size;
  };
  for (const auto& [name, classes, size] :
       {DataSet{"zc_full_cifar10.csv", 10, 32}, DataSet{"zc_full_cifar100.csv", 100, 32},
        DataSet{"zc_full_ImageNet16-120.csv", 120, 16}}) {
    const Csv csv = table(name);
    const std::size_t params = csv.column("params_M"), flops = csv.column("flops_M");
    for (std::size_t i = 7; i < csv.rows(); i += 1201) {
      const auto network = nn::make_cell_network(nn::cell_at(i), {.classes = classes, .size = size});
      const nn::Cost cost = nn::measure_cost(*network, size);
      BOOST_TEST(static_cast<double>(cost.parameters) * 1e-6 == csv.number(i, params));
      BOOST_TEST(published_flops(nn::cell_at(i), cost, size) == csv.number(i, flops));
    }
  }
}

BOOST_AUTO_TEST_CASE(costs_by_formula_are_those_of_the_built_network, *boost::unit_test::tolerance(1e-12)) {
  for (const nn::ModelOptions& options : {nn::ModelOptions{.classes = 3, .size = 24}, {.classes = 120, .size = 16}}) {
    for (const std::size_t index : {5u, 4711u, 15000u}) {
      const nn::Cell cell = nn::cell_at(index);
      const nn::Cost built = nn::measure_cost(*nn::make_cell_network(cell, options), options.size);
      const nn::CellCost cost = nn::cell_cost(cell, options);
      BOOST_TEST(cost.parameters_m == static_cast<double>(built.parameters) * 1e-6);
      BOOST_TEST(cost.flops_m == published_flops(cell, built, options.size));
    }
  }
}

BOOST_AUTO_TEST_CASE(costs_by_formula_are_those_of_the_tables,
                     *boost::unit_test::tolerance(1e-7) *
                         boost::unit_test::precondition(test::has_shared_data("nasbench/zc_full_ImageNet16-120.csv"))) {
  const Csv csv = table("zc_full_ImageNet16-120.csv");
  const std::size_t index = csv.column("index"), params = csv.column("params_M"), flops = csv.column("flops_M");
  for (std::size_t i = 0; i < csv.rows(); ++i) {
    const auto cell = nn::cell_at(static_cast<std::size_t>(csv.number(i, index)));
    const nn::CellCost cost = nn::cell_cost(cell, {.classes = 120, .size = 16});
    BOOST_TEST(cost.parameters_m == csv.number(i, params));
    BOOST_TEST(cost.flops_m == csv.number(i, flops));
  }
}

BOOST_AUTO_TEST_CASE(parameters_have_the_authors_names) {
  const auto network = nn::make_cell_network(nn::parse_cell(kFirst), {.classes = 10, .size = 32});
  std::set<std::string> names;
  for (const auto& parameter : network->named_parameters()) names.insert(parameter.key());
  for (const char* name : {"stem.0.weight", "stem.1.bias", "cells.0.layers.1.op.1.weight", "cells.0.layers.3.op.2.bias",
                           "cells.5.conv_a.op.1.weight", "cells.5.conv_b.op.2.weight", "cells.5.downsample.1.weight",
                           "cells.16.layers.3.op.1.weight", "lastact.0.weight", "classifier.bias"}) {
    BOOST_TEST(names.count(name) == 1u, name);
  }
  BOOST_TEST(names.size() == 3 + 15 * 2 * 3 + 2 * 7 + 2 + 2);
}

// Logits by PyTorch's operations, without modules: golden/make_nas_bench_201.py, which says how parameters are set. In
// double precision: single precision's digits depend on the processor's kernels.
BOOST_AUTO_TEST_CASE(logits_are_the_reference_s) {
  const torch::NoGradGuard no_grad;
  const auto ramp = [](std::int64_t n) { return torch::arange(n, torch::kFloat64); };
  const torch::Tensor images = (torch::sin(ramp(2 * 3 * 16 * 16) * 0.011) * 0.5 + 0.5).reshape({2, 3, 16, 16});
  const Json rows = read_json(tests::tests_dir() + "/nn/golden/nas_bench_201.json");
  BOOST_TEST_REQUIRE(rows.size() > 1u);
  for (const auto& row : rows) {
    const nn::Cell cell = nn::parse_cell(row["cell"].get<std::string>());
    const auto network = nn::make_cell_network(cell, {.classes = 10, .size = 16});
    network->eval();
    network->to(torch::kFloat64);
    std::map<std::string, torch::Tensor> parameters;
    for (const auto& parameter : network->named_parameters()) parameters[parameter.key()] = parameter.value();
    double p = 0;
    for (auto& [name, value] : parameters) {
      const torch::Tensor n = ramp(value.numel());
      torch::Tensor filled = torch::cos(n + p) * 0.1;
      if (value.dim() > 1) {
        const double fan_in = static_cast<double>(value[0].numel());
        filled = torch::sin(n * 0.37 + p) * (1.5 / std::sqrt(fan_in));
      } else if (name.ends_with("weight")) {
        filled = torch::sin(n + p) * 0.1 + 1;
      }
      value.copy_(filled.reshape(value.sizes()));
      ++p;
    }
    const torch::Tensor logits = network->forward(images);
    for (std::int64_t i = 0; i < 2; ++i) {
      for (std::int64_t k = 0; k < 10; ++k) {
        const double expected = row["logits"][static_cast<std::size_t>(i)][static_cast<std::size_t>(k)].get<double>();
        BOOST_TEST(std::abs(logits[i][k].item<double>() - expected) < 1e-9 * (1 + std::abs(expected)));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(bad_geometry_is_a_configuration_error) {
  BOOST_CHECK_THROW(nn::make_cell_network(uniform(kSkipConnect), {.classes = 10, .size = 3}), ConfigError);
  BOOST_CHECK_THROW(nn::make_cell_network(uniform(kSkipConnect), {.classes = 1, .size = 32}), ConfigError);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
