#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr double kMebi = 1.0 / (1024 * 1024);
constexpr const char* kQuality = "Accuracy and fairness";
constexpr const char* kHardware = "Hardware efficiency, at the paper's geometry: two classes, 3x224x224";

struct HardwareColumn {
  const char* key;
  const char* title;
  const char* note;
  NumberFormat format;
  bool interval;
  bool compared;
};

constexpr HardwareColumn kHardwareColumns[] = {
    {"parameters", "Parameters", "", {0, 1, true}, false, true},
    {"macs", "GMACs", "per image", {3, 1e-9, false}, false, false},
    {"memory_training_mib", "Training-step memory", "MiB, batch 8; paper: Mem, MB", {1, 1, true}, false, true},
    {"memory_inference_mib", "Inference memory", "MiB, batch 2", {1, 1, true}, false, false},
    {"latency_host_ms", "Latency, this machine", "ms per batch of 2", {2, 1, true}, true, false},
    {"latency_host_image_ms", "per image", "ms, this machine", {2, 1, true}, true, false},
    {"latency_a10_ms", "Latency, A10", "ms per batch of 2", {2, 1, true}, true, true},
    {"latency_pi4_ms", "Latency, Pi 4", "ms per batch of 2", {0, 1, true}, true, true},
};

constexpr double kPrintedMemory = 0.05;  ///< MB: half the last digit that is printed

/// What is counted stays true where the record's latency cannot be trusted: bytes, on this host; operations, anywhere.
Cell as_counted(Cell cell, Mark mark) {
  if (cell.value && (cell.mark == Mark::kNone || cell.mark == Mark::kMistrusted)) {
    cell.mark = mark;
    cell.reason.clear();
  }
  return cell;
}

std::optional<double> paper_value(const Model& model, const char* key) {
  return model.paper == nullptr ? std::nullopt : model.paper->value(key);
}

void add_hardware_cells(const Evidence& evidence, const Model& model, Row& row) {
  const Record* record = evidence.hardware_of(model.name);
  const std::string why = record == nullptr ? "no hardware record" : record->problem;
  Cell parameters = measured(record, "/model/parameters", why);
  compare(parameters, paper_value(model, "parameters"), true);
  if (parameters.paper && parameters.value) {
    const std::string match = record->text("/model/match");
    parameters.mark = match == "like" ? Mark::kLike : *parameters.difference == 0 ? Mark::kExact : Mark::kDiffers;
  }
  row.cells.push_back(parameters);
  row.cells.push_back(as_counted(measured(record, "/model/macs", why), Mark::kNone));
  Cell memory = as_counted(measured(record, "/memory/training_step/peak_bytes", why, kMebi), Mark::kHost);
  const Mark mark = memory.mark;
  compare(memory, paper_value(model, "memory_mb"), true);
  memory.mark = mark;
  // counted, so without an interval: the same number as the paper prints it, or another one
  if (memory.difference) memory.within = std::abs(*memory.difference) < kPrintedMemory;
  row.cells.push_back(memory);
  row.cells.push_back(as_counted(measured(record, "/memory/inference/peak_bytes", why, kMebi), Mark::kHost));
  row.cells.push_back(latency_on(evidence, model.name, "host", 1e-3));
  row.cells.push_back(latency_on(evidence, model.name, "host", 1e-3 / latency_batch(evidence, model.name, "host")));
  for (const char* device : {"a10", "pi4"}) {
    Cell cell = latency_on(evidence, model.name, device, 1e-3);
    const auto seconds = paper_value(model, device == std::string("a10") ? "a10_s" : "pi4_s");
    const Mark mark_of_device = cell.mark;
    compare(cell, seconds ? std::optional(*seconds * 1000) : std::nullopt, true);
    cell.mark = mark_of_device;
    row.cells.push_back(std::move(cell));
  }
}

void add_columns(Table& table) {
  for (const Metric& metric : table_metrics()) {
    table.columns.push_back(
        {metric.key, metric.title, metric.note, kQuality, metric.format, true, false, *metric.paper != '\0', false});
  }
  table.columns.push_back(
      {"beats_constant", "Beats constant", "accuracy and balanced", kQuality, {}, false, false, false, true});
  for (const HardwareColumn& column : kHardwareColumns) {
    table.columns.push_back({column.key, column.title, column.note, kHardware, column.format, column.interval, false,
                             column.compared, false});
  }
}

Cell beats_constant(const Evidence& evidence, const Model& model, Row& row) {
  const Record* run = evidence.run_of(model.name);
  if (run == nullptr || !run->usable() || !evidence.constant || !evidence.constant->usable()) return words("");
  const std::string fails = not_above_constant(*run, *evidence.constant);
  if (fails.empty()) return words("yes");
  row.marks.push_back(Mark::kBelowConstant);
  return words("no: " + fails);
}

Row constant(const Evidence& evidence, const Table& table) {
  Row row = constant_row();
  for (const Metric& metric : table_metrics()) {
    row.cells.push_back(measured(&*evidence.constant, metric.pointer(), evidence.constant->problem));
  }
  row.cells.push_back(words(""));
  row.cells.push_back(measured(&*evidence.constant, "/model/parameters", evidence.constant->problem));
  row.cells.resize(table.columns.size());
  return row;
}

std::string caption(const Evidence& evidence, bool comparable) {
  std::string text = describe_conditions(evidence);
  text += fmt::format(
      " Ours above, with its 95 % interval over lesions of the test set; the paper's value (arXiv {}) below, with the "
      "difference ours minus paper. Accuracies in per cent. The paper's one Unfairness is set against both "
      "definitions: the sum, which its numbers imply, and the mean, which its formula says.",
      fl_nas().arxiv);
  if (!comparable) {
    text += fmt::format(" No verdict is given on accuracy and fairness, since the conditions are not the paper's: {}.",
                        fmt::join(reasons_not_comparable(evidence, true), "; "));
  }
  bool several = false;
  for (const Model& model : evidence.models()) several = several || evidence.runs_of(model.name).size() > 1;
  if (several) {
    text +=
        " Value, interval and verdict are those of the first seed that finished; mean ± standard deviation (number of "
        "seeds) stand apart, since they say nothing of sampling error.";
  }
  return text + " Beats constant: by accuracy and by balanced accuracy, point estimates.";
}

}  // namespace

const std::vector<Metric>& table_metrics() {
  constexpr NumberFormat kPercent{2, 100, false};
  constexpr NumberFormat kShare{4, 1, false};
  static const std::vector<Metric> metrics{
      {"accuracy", "accuracy", "Accuracy", "%", kPercent, false},
      {"balanced_accuracy", "", "Balanced accuracy", "%", kPercent, false},
      {"unfairness_sum", "unfairness", "Unfairness, sum", "lower is fairer", kShare, true},
      {"unfairness_mean", "unfairness", "Unfairness, mean", "lower is fairer", kShare, true},
      {"eodd", "eodd", "EODD", "lower is fairer", kShare, true},
      {"eopp1", "eopp1", "EOPP1", "lower is fairer", kShare, true},
      {"eopp2", "eopp2", "EOPP2", "lower is fairer", kShare, true},
  };
  return metrics;
}

Table table_one(const Evidence& evidence) {
  const bool comparable = reasons_not_comparable(evidence).empty();
  Table table{"table1", "Paper and reproduction", caption(evidence, comparable), "Model", {}, {}};
  add_columns(table);
  for (const Model& model : evidence.models()) {
    Row row = model_row(evidence, model);
    for (const Metric& metric : table_metrics()) {
      Cell cell = measured_with_seeds(evidence, model, metric.pointer());
      compare(cell, paper_value(model, metric.paper), comparable);
      row.cells.push_back(std::move(cell));
    }
    row.cells.push_back(beats_constant(evidence, model, row));
    add_hardware_cells(evidence, model, row);
    table.rows.push_back(std::move(row));
  }
  if (evidence.constant) table.rows.push_back(constant(evidence, table));
  return table;
}

void add_table_one(const Evidence& evidence, Section& section) {
  section.blocks.emplace_back(table_one(evidence));
  if (auto figure = accuracy_unfairness_figure(evidence)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
