#include "reports/claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr const char* kSearched = "FL-NAS";
constexpr const char* kBaselines = "Baselines";
constexpr const char* kPaperFile = "reports/paper/fl_nas.json";

bool is_hardware(const std::string& column) {
  return column == "parameters" || column == "memory_mb" || column == "a10_s" || column == "pi4_s";
}

/// A column of quality as our records call it.
std::string metric_of(const std::string& column) { return column == "unfairness" ? "unfairness_sum" : column; }

/// Our cell for a column of the paper's table. Latencies are seconds for the batch, as ratios do not mind.
Cell our_cell(const Evidence& evidence, const std::string& model, const std::string& column) {
  if (column == "parameters") return measured(evidence.hardware_of(model), "/model/parameters", "");
  if (column == "memory_mb") return measured(evidence.hardware_of(model), "/memory/training_step/peak_bytes", "");
  if (column == "a10_s") return latency_on(evidence, model, "a10", 1e-6);
  if (column == "pi4_s") return latency_on(evidence, model, "pi4", 1e-6);
  return measured(evidence.run_of(model), "/metrics/" + metric_of(column), "");
}

std::vector<double> our_draws(const Evidence& evidence, const std::string& model, const std::string& column) {
  const Answers* answers = evidence.answers_of(evidence.run_of(model));
  if (answers == nullptr || is_hardware(column)) return {};
  return metrics::draws_of(answers->resampled, metric_of(column));
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
ClaimTable our_table(const Evidence& evidence) {
  ClaimTable table = papers_table();
  table.value = [&evidence](const std::string& model, const std::string& column) {
    return our_cell(evidence, model, column).value;
  };
  table.band = [&evidence](const std::string& model,
                           const std::string& column) -> std::optional<std::pair<double, double>> {
    if (column != "a10_s" && column != "pi4_s") return std::nullopt;
    const Cell cell = our_cell(evidence, model, column);
    if (!cell.low || !cell.high) return std::nullopt;
    return std::pair(*cell.low, *cell.high);
  };
  table.draws = [&evidence](const std::string& model, const std::string& column) {
    return our_draws(evidence, model, column);
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
Mark latency_mark(const Evidence& evidence, const Reading& reading) {
  Mark mark = Mark::kNone;
  for (const char* column : {"a10_s", "pi4_s"}) {
    if (!uses(reading, {column})) continue;
    for (const Model& model : evidence.models()) {
      const Cell cell = our_cell(evidence, model.name, column);
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
std::vector<Provenance> papers_inputs(const Audit& found) {
  std::vector<Provenance> inputs;
  const auto& rows = fl_nas().rows;
  for (const std::string& variable : found.used) {
    const auto [model, column] = parts_of(variable);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].model == model) inputs.push_back({"", kPaperFile, fmt::format("/rows/{}/{}", i, column)});
    }
  }
  return inputs;
}

std::vector<Provenance> our_inputs(const Evidence& evidence, const Audit& found) {
  std::vector<Provenance> inputs;
  for (const std::string& variable : found.used) {
    const auto [model, column] = parts_of(variable);
    inputs.push_back(our_cell(evidence, model, column).provenance);
  }
  return inputs;
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
std::string reading_text(const Evidence& evidence, std::string text) {
  for (const Model& model : evidence.models()) {
    const std::string shown = display_title(evidence, model);
    if (shown == model.title) continue;
    for (auto at = text.find(model.title); at != text.npos; at = text.find(model.title, at + shown.size()))
      text.replace(at, model.title.size(), shown);
  }
  return text;
}

/// Our value and verdict. Under other conditions than the paper's there is a value and no verdict.
std::pair<Cell, std::string> ours(const Evidence& evidence, const Reading& reading, bool comparable) {
  if (reading.paper_only) return {words("paper only"), ""};
  const Audit found = audit(reading, our_table(evidence));
  Cell cell = value_cell(found, reading.value.empty() && reading.every.empty() ? "nothing to compute it from"
                                                                               : "models or devices are missing");
  cell.inputs = our_inputs(evidence, found);
  if (cell.mark != Mark::kNone) return {std::move(cell), verdict(found)};
  const bool identity = !reading.every.empty();  // holds under any conditions, or something is wrong
  if (!comparable && !identity && !on_hardware(reading)) {
    cell.mark = Mark::kNotComparable;
    return {std::move(cell), ""};
  }
  cell.mark = latency_mark(evidence, reading);
  return {std::move(cell), verdict(found)};
}

Row row_of(const Evidence& evidence, const Claim& claim, const Reading& reading, std::size_t number, bool comparable) {
  Row row{claim.id + "-" + std::to_string(number), reading_text(evidence, reading.text), {}, "", claim.text, {}};
  const Audit papers = audit(reading, papers_table());
  Cell theirs = value_cell(papers, "the paper gives no figures for it");
  theirs.inputs = papers_inputs(papers);
  row.cells.push_back(std::move(theirs));
  row.cells.push_back(words(verdict(papers)));
  const auto [cell, our_verdict] = ours(evidence, reading, comparable);
  row.cells.push_back(cell);
  row.cells.push_back(words(our_verdict));
  row.cells.push_back(words(formula(reading)));
  return row;
}

}  // namespace

Table claims_table(const Evidence& evidence) {
  Table table{
      "claims",
      "The paper's claims, audited",
      "Each claim in its possible readings, as a formula over Table I's columns: computed once from the paper's "
      "own table and once from these records (Unfairness: the sum; Memory: a training step). Ours has a 95 % interval "
      "where it depends on test images: the formula on each resample of a bootstrap over lesions, the same lesions for "
      "all models; none where the formula is undefined or infinite on too many of them. Where latencies are estimated "
      "it reaches from the lowest to the highest value that the estimates' bands allow. A verdict is not settled where "
      "the interval reaches to both sides of the condition. Intervals are of sampling alone: the luck of training is "
      "not in them; " +
          reference("comparisons") + " compares models pair by pair.",
      "Claim and reading",
      {},
      {}};
  constexpr NumberFormat kTwo{2, 1, true};
  table.columns = {{"paper", "Paper's table", "", "", kTwo},
                   {"paper_verdict", "Its verdict", "", "", {}, false, false, false, true},
                   {"ours", "Ours", "", "", kTwo, true},
                   {"ours_verdict", "Our verdict", "", "", {}, false, false, false, true},
                   {"formula", "Formula and condition", "", "", {}, false, false, false, true}};
  const bool comparable = reasons_not_comparable(evidence).empty();
  for (const Claim& claim : fl_nas_claims()) {
    for (std::size_t i = 0; i < claim.readings.size(); ++i) {
      table.rows.push_back(row_of(evidence, claim, claim.readings[i], i + 1, comparable));
    }
  }
  return table;
}

void add_claims(const Evidence& evidence, Section& section) { section.blocks.emplace_back(claims_table(evidence)); }

}  // namespace flnas::reports
