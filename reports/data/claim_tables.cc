#include "reports/data/claim_tables.h"

#include <algorithm>

#include "reports/data/all_trainings.h"
#include "reports/data/latencies.h"
#include "reports/data/paper_sample.h"

namespace flnas::reports {
namespace {

constexpr const char* kSearched = "FL-NAS";

bool is_latency(const std::string& column) { return column == "a10_s" || column == "pi4_s"; }
bool is_count(const std::string& column) { return column == "parameters"; }

/// The metric that stands for a column of the paper's table.
const Metric& metric_of(const std::string& column) {
  for (const Metric& metric : table_metrics()) {
    if (column == metric.paper) return metric;
  }
  return metric_named(column);
}

bool measured_there(const ReportInputs& inputs, const std::string& column) {
  bool any = false;
  for (const Model& model : inputs.models()) {
    const Cell cell = our_cell(inputs, model.name, column);
    if (!cell.value) continue;
    if (cell.mark != Mark::kMeasured) return false;
    any = true;
  }
  return any;
}

/// Whether a formula names a model that only stands for the paper's.
bool names_approximate(const ReportInputs& inputs, const Reading& reading) {
  const auto models = inputs.models();
  return std::any_of(models.begin(), models.end(), [&](const Model& model) {
    return is_approximate(inputs, model) && reading.value.find(model.name + ".") != reading.value.npos;
  });
}

/// Takes the models that only stand for the paper's out of the groups.
void leave_out_approximate(const ReportInputs& inputs, ClaimTable& table) {
  const auto models = inputs.models();
  const auto is_left_out = [&](const std::string& name) {
    return std::any_of(models.begin(), models.end(),
                       [&](const Model& model) { return model.name == name && is_approximate(inputs, model); });
  };
  std::erase_if(table.searched, is_left_out), std::erase_if(table.baselines, is_left_out);
}

/// Whether the paper's own verdict turns where the models that cannot be identified are left out, as they are in ours.
bool turns_on_approximate(const ReportInputs& inputs, const Reading& reading) {
  ClaimTable without = papers_table();
  leave_out_approximate(inputs, without);
  return audit(reading, papers_table()).holds != audit(reading, without).holds;
}

}  // namespace

bool is_quality(const std::string& column) { return !is_latency(column) && !is_count(column) && column != "memory_mb"; }

bool is_fairness(const std::string& column) { return is_quality(column) && column != "accuracy"; }

bool uses(const Reading& reading, bool (*which)(const std::string& column)) {
  const auto columns = columns_of(reading);
  return std::any_of(columns.begin(), columns.end(), which);
}

Basis basis_of(const ReportInputs& inputs, const Reading& reading) {
  if (!reading.every.empty() || uses(reading, is_count)) return Basis::kByConstruction;
  for (const std::string& column : columns_of(reading)) {
    if (is_latency(column) && !measured_there(inputs, column)) return Basis::kEstimated;
  }
  const bool is_approximate = names_approximate(inputs, reading) || turns_on_approximate(inputs, reading);
  return is_approximate ? Basis::kEstimated : Basis::kMeasured;
}

ClaimTable papers_table() {
  ClaimTable table;
  for (const PaperRow& row : fl_nas().rows)
    (row.group == kSearched ? table.searched : table.baselines).push_back(row.model);
  table.value = [](const std::string& model, const std::string& column) -> std::optional<double> {
    const PaperRow* row = fl_nas().find(model);
    return row == nullptr ? std::nullopt : row->value(column);
  };
  table.band = paper_interval;
  return table;
}

Cell our_cell(const ReportInputs& inputs, const std::string& model, const std::string& column) {
  const auto hardware = place_of(inputs.hardware_of(model));
  if (is_count(column)) return measured(hardware.at(&HardwareRecord::model).at(&ModelInfo::parameters));
  if (column == "memory_mb") {
    return measured(hardware.at(&HardwareRecord::memory).at(&MemoryFigures::training_step).at(&PeakMemory::peak_bytes));
  }
  if (column == "a10_s") return latency_on(inputs, model, "a10", 1e-6);
  if (column == "pi4_s") return latency_on(inputs, model, "pi4", 1e-6);
  return over_trainings(inputs, model, metric_of(column));
}

ClaimTable our_table(const ReportInputs& inputs, bool all) {
  ClaimTable table = papers_table();
  if (!all) leave_out_approximate(inputs, table);
  const auto draws = [&inputs](const std::string& model, const std::string& column) {
    const bool varies = is_quality(column) && !is_fairness(column);
    return varies ? draws_over_trainings(inputs, model, metric_of(column)) : std::vector<double>();
  };
  table.value = [&inputs](const std::string& model, const std::string& column) {
    return our_cell(inputs, model, column).value;
  };
  table.band = [&inputs, draws](const std::string& model,
                                const std::string& column) -> std::optional<std::pair<double, double>> {
    if (!is_latency(column) && !is_quality(column)) return std::nullopt;
    const Cell cell = our_cell(inputs, model, column);
    if (!cell.low || !cell.high || !draws(model, column).empty()) return std::nullopt;
    return std::pair(std::min(*cell.value, *cell.low), std::max(*cell.value, *cell.high));
  };
  table.draws = draws;
  return table;
}

}  // namespace flnas::reports
