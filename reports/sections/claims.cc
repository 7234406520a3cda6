#include "reports/data/claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/data/latencies.h"
#include "reports/data/metric_columns.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr const char* kSearched = "FL-NAS";
constexpr const char* kBaselines = "Baselines";
constexpr const char* kPaperFile = "reports/paper/fl_nas.json";

bool is_hardware(const std::string& column) {
  return column == "parameters" || column == "memory_mb" || column == "a10_s" || column == "pi4_s";
}

/// The metric that stands for a column of the paper's table.
const Metric& metric_of(const std::string& column) {
  for (const Metric& metric : table_metrics()) {
    if (column == metric.paper) return metric;
  }
  return metric_named(column);
}

/// Our cell for a column of the paper's table. Latencies are seconds for the batch, as ratios do not mind.
Cell our_cell(const ReportInputs& inputs, const std::string& model, const std::string& column) {
  const auto hardware = place_of(inputs.hardware_of(model));
  if (column == "parameters") return measured(hardware.at(&HardwareRecord::model).at(&ModelInfo::parameters));
  if (column == "memory_mb") {
    return measured(hardware.at(&HardwareRecord::memory).at(&MemoryFigures::training_step).at(&PeakMemory::peak_bytes));
  }
  if (column == "a10_s") return latency_on(inputs, model, "a10", 1e-6);
  if (column == "pi4_s") return latency_on(inputs, model, "pi4", 1e-6);
  return measured(metric_of(column).at(metrics_of(inputs.run_of(model))));
}

std::vector<double> our_draws(const ReportInputs& inputs, const std::string& model, const std::string& column) {
  const Answers* answers = inputs.answers_of(inputs.run_of(model));
  if (answers == nullptr || is_hardware(column)) return {};
  return metrics::draws_of(answers->resampled, metric_of(column).key());
}

ClaimTable papers_table() {
  ClaimTable table;
  for (const PaperRow& row : fl_nas().rows)
    (row.group == kSearched ? table.searched : table.baselines).push_back(row.model);
  table.value = [](const std::string& model, const std::string& column) -> std::optional<double> {
    const PaperRow* row = fl_nas().find(model);
    return row == nullptr ? std::nullopt : row->value(column);
  };
  return table;
}

/// Ours over the same models; what was not run is missing.
ClaimTable our_table(const ReportInputs& inputs) {
  ClaimTable table = papers_table();
  table.value = [&inputs](const std::string& model, const std::string& column) {
    return our_cell(inputs, model, column).value;
  };
  table.band = [&inputs](const std::string& model,
                         const std::string& column) -> std::optional<std::pair<double, double>> {
    if (column != "a10_s" && column != "pi4_s") return std::nullopt;
    const Cell cell = our_cell(inputs, model, column);
    if (!cell.low || !cell.high) return std::nullopt;
    return std::pair(*cell.low, *cell.high);
  };
  table.draws = [&inputs](const std::string& model, const std::string& column) {
    return our_draws(inputs, model, column);
  };
  return table;
}

bool uses(const Reading& reading, const std::vector<std::string>& some) {
  const auto columns = columns_of(reading);
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return std::find(some.begin(), some.end(), column) != some.end();
  });
}

bool on_hardware(const Reading& reading) {
  const auto columns = columns_of(reading);
  return std::any_of(columns.begin(), columns.end(), is_hardware);
}

/// The mark that the least certain of the latencies behind a reading has.
Mark latency_mark(const ReportInputs& inputs, const Reading& reading) {
  Mark mark = Mark::kNone;
  for (const char* column : {"a10_s", "pi4_s"}) {
    if (!uses(reading, {column})) continue;
    for (const Model& model : inputs.models()) {
      const Cell cell = our_cell(inputs, model.name, column);
      if (cell.value && (mark == Mark::kNone || cell.mark == Mark::kEstimated)) mark = cell.mark;
    }
  }
  return mark;
}

Cell value_cell(const Audit& found, const std::string& why_not) {
  Cell cell;
  if (!found.value) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = why_not;
  } else if (found.rows) {
    cell = words(fmt::format("{:.0f} of {}", *found.value, *found.rows));
  } else {
    cell.value = found.value;
    cell.low = found.low;
    cell.high = found.high;
  }
  return cell;
}

/// A variable's model and column.
std::pair<std::string, std::string> parts_of(const std::string& variable) {
  const auto dot = variable.find('.');
  return {variable.substr(0, dot), variable.substr(dot + 1)};
}

/// Where the paper's figures of an audit stand, in its table as data.
std::vector<Provenance> papers_origins(const Audit& found) {
  std::vector<Provenance> origins;
  const auto& rows = fl_nas().rows;
  for (const std::string& variable : found.used) {
    const auto [model, column] = parts_of(variable);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].model == model) origins.push_back({"", kPaperFile, fmt::format("/rows/{}/{}", i, column)});
    }
  }
  return origins;
}

std::vector<Provenance> our_origins(const ReportInputs& inputs, const Audit& found) {
  std::vector<Provenance> origins;
  for (const std::string& variable : found.used) {
    const auto [model, column] = parts_of(variable);
    origins.push_back(our_cell(inputs, model, column).provenance);
  }
  return origins;
}

std::string verdict(const Audit& found) {
  if (!found.holds) return "";
  if (!found.settled) return "not settled";
  return *found.holds ? "holds" : "fails";
}

std::string formula(const Reading& reading) {
  if (!reading.every.empty()) return code(reading.every);
  if (reading.value.empty()) return "";
  std::string condition = reading.holds;
  if (condition.rfind("value ", 0) == 0) condition.erase(0, 6);
  return code(reading.value + " " + condition);
}

/// A reading's words, with a model that ours is only like said to be so.
std::string reading_text(const ReportInputs& inputs, std::string text) {
  for (const Model& model : inputs.models()) {
    const std::string shown = display_title(inputs, model);
    if (shown == model.title) continue;
    for (auto at = text.find(model.title); at != text.npos; at = text.find(model.title, at + shown.size()))
      text.replace(at, model.title.size(), shown);
  }
  return text;
}

/// Our value and verdict. Under other conditions than the paper's there is a value and no verdict.
std::pair<Cell, std::string> ours(const ReportInputs& inputs, const Reading& reading, bool comparable) {
  if (reading.paper_only) return {words("paper only"), ""};
  const Audit found = audit(reading, our_table(inputs));
  Cell cell = value_cell(found, reading.value.empty() && reading.every.empty() ? "nothing to compute it from"
                                                                               : "models or devices are missing");
  cell.inputs = our_origins(inputs, found);
  if (cell.mark != Mark::kNone) return {std::move(cell), verdict(found)};
  const bool identity = !reading.every.empty();  // holds under any conditions, or something is wrong
  if (!comparable && !identity && !on_hardware(reading)) {
    cell.mark = Mark::kNotComparable;
    return {std::move(cell), ""};
  }
  cell.mark = latency_mark(inputs, reading);
  return {std::move(cell), verdict(found)};
}

Row row_of(const ReportInputs& inputs, const Claim& claim, const Reading& reading, std::size_t number,
           bool comparable) {
  Row row{
      .key = claim.id + "-" + std::to_string(number), .label = reading_text(inputs, reading.text), .group = claim.text};
  const Audit papers = audit(reading, papers_table());
  Cell theirs = value_cell(papers, "the paper gives no figures for it");
  theirs.inputs = papers_origins(papers);
  row.cells.push_back(std::move(theirs));
  row.cells.push_back(words(verdict(papers)));
  const auto [cell, our_verdict] = ours(inputs, reading, comparable);
  row.cells.push_back(cell);
  row.cells.push_back(words(our_verdict));
  row.cells.push_back(words(formula(reading)));
  return row;
}

}  // namespace

Table claims_table(const ReportInputs& inputs) {
  Table table{
      .id = "claims",
      .title = "The paper's claims, audited",
      .caption =
          "Each claim in its possible readings, as a formula over Table I's columns: computed once from the paper's "
          "own table and once from these records (Unfairness: the sum; Memory: a training step). Ours has a 95 % "
          "interval "
          "where it depends on test images: the formula on each resample of a bootstrap over lesions, the same lesions "
          "for "
          "all models; none where the formula is undefined or infinite on too many of them. Where latencies are "
          "estimated "
          "it reaches from the lowest to the highest value that the estimates' bands allow. A verdict is not settled "
          "where "
          "the interval reaches to both sides of the condition. Intervals are of sampling alone: the luck of training "
          "is "
          "not in them; " +
          reference("comparisons") + " compares models pair by pair.",
      .row_title = "Claim and reading"};
  constexpr NumberFormat kTwo{.digits = 2, .thousands = true};
  table.columns = {{.key = "paper", .title = "Paper's table", .format = kTwo},
                   {.key = "paper_verdict", .title = "Its verdict", .words = true},
                   {.key = "ours", .title = "Ours", .format = kTwo, .interval = true},
                   {.key = "ours_verdict", .title = "Our verdict", .words = true},
                   {.key = "formula", .title = "Formula and condition", .words = true}};
  const bool comparable = reasons_not_comparable(inputs).empty();
  for (const Claim& claim : fl_nas_claims()) {
    for (std::size_t i = 0; i < claim.readings.size(); ++i) {
      table.rows.push_back(row_of(inputs, claim, claim.readings[i], i + 1, comparable));
    }
  }
  return table;
}

void add_claims(const ReportInputs& inputs, Section& section) { section.blocks.emplace_back(claims_table(inputs)); }

}  // namespace flnas::reports
