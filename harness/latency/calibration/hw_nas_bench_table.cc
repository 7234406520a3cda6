#include "harness/latency/calibration/hw_nas_bench_table.h"

#include <fmt/format.h>

#include <cmath>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

const std::vector<CellDataSet>& data_sets() {
  static const std::vector<CellDataSet> sets = {
      {"cifar10", 10, 32}, {"cifar100", 100, 32}, {"ImageNet16-120", 120, 16}};
  return sets;
}

constexpr char kLatency[] = "_latency";

std::size_t latency_column(const Csv& csv, const std::string& device) {
  std::vector<std::string> devices;
  for (const auto& column : csv.header()) {
    if (column.ends_with(kLatency)) devices.push_back(column.substr(0, column.size() - sizeof(kLatency) + 1));
  }
  find_name("device", device, devices);
  return csv.column(device + kLatency);
}

std::size_t cell_index(const Csv& csv, std::size_t row, std::size_t column) {
  const double index = csv.number(row, column);
  if (index < 0 || index >= nn::kCellCount || index != std::floor(index)) {
    throw DataError(fmt::format("{}:{}: index {} is not one of 0 to {}", csv.where(), csv.line(row),
                                csv.at(row, column), nn::kCellCount - 1));
  }
  return static_cast<std::size_t>(index);
}

}  // namespace

std::vector<std::string> cell_data_sets() {
  std::vector<std::string> names;
  for (const auto& set : data_sets()) names.push_back(set.name);
  return names;
}

const CellDataSet& cell_data_set(const std::string& name) {
  return data_sets()[find_name("data set", name, cell_data_sets())];
}

CellTable read_cell_table(const std::filesystem::path& folder, const std::string& data_set, const std::string& device) {
  CellTable table{cell_data_set(data_set), {}, {}};
  const Csv csv = Csv::read(folder / ("hw_" + data_set + ".csv"));
  const std::size_t index = csv.column("index"), latency = latency_column(csv, device);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const double milliseconds = csv.number(row, latency);
    if (milliseconds == -1) continue;
    if (!(milliseconds > 0)) {
      throw DataError(fmt::format("{}:{}: {}{} is {}; expected milliseconds, or -1 where there are none", csv.where(),
                                  csv.line(row), device, kLatency, csv.at(row, latency)));
    }
    const nn::Cell cell = nn::cell_at(cell_index(csv, row, index));
    auto& rows = nn::is_connected(cell) ? table.connected : table.disconnected;
    rows.push_back({cell, executed_operations(cell), milliseconds * 1e3});
  }
  return table;
}

double CellTimes::latency_us(const ExecutedOperations& cell) const {
  return fixed_us + cell.conv_3x3 * conv_3x3_us + cell.conv_1x1 * conv_1x1_us + cell.pooling * pooling_us +
         cell.additions * addition_us;
}

CellTimes cell_times(const CellDataSet& data_set, const Rates& rates, const Efficiency& efficiency, int threads) {
  const auto time = [&](const ExecutedOperations& cell) {
    double us = 0;
    for (const auto& operation : executed_cost(cell, data_set.size, data_set.classes).operations) {
      us += estimate_operation_us(operation, rates, efficiency, threads);
    }
    return us;
  };
  const double fixed = time({});
  return {fixed, time({.conv_3x3 = 1}) - fixed, time({.conv_1x1 = 1}) - fixed, time({.pooling = 1}) - fixed,
          time({.additions = 1}) - fixed};
}

}  // namespace flnas
