#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "reports/data/latencies.h"
#include "reports/data/metric_columns.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"
#include "reports/sections/unit_word.h"

namespace flnas::reports {
namespace {

constexpr double kMebi = 1.0 / (1024 * 1024);
constexpr const char* kQuality = "Accuracy and fairness";
constexpr const char* kHardware = "Hardware efficiency, at the paper's geometry: two classes, 3x224x224";

constexpr double kPrintedMemory = 0.05;  ///< MB: half the last digit that is printed

/// What is counted stays true where the record's latency cannot be trusted: bytes, on this host; operations, anywhere.
Cell as_counted(Cell cell, Mark mark) {
  if (cell.value && (cell.mark == Mark::kNone || cell.mark == Mark::kUnreliable)) {
    cell.mark = mark;
    cell.reason.clear();
  }
  return cell;
}

std::optional<double> paper_value(const Model& model, const char* key) {
  return model.paper == nullptr ? std::nullopt : model.paper->value(key);
}

/// The paper's value beside ours; the mark says what kind of figure ours is.
Cell beside_paper(Cell cell, std::optional<double> paper) {
  const Mark mark = cell.mark;
  compare(cell, paper, true);
  cell.mark = mark;
  return cell;
}

std::string why_no_hardware(const Hardware* found) { return found == nullptr ? "no hardware record" : found->problem; }

/// Where nothing was measured, the run's own count stands in: of two outputs it is that of the paper's geometry, since
/// no model of the zoo has weights that depend on the size of its input.
Cell counted_parameters(const ReportInputs& inputs, const Model& model) {
  const Hardware* found = inputs.hardware_of(model.name);
  const Run* run = inputs.run_of(model.name);
  if (inputs.hardware.empty() && run != nullptr && run->usable() && run->record.model.classes == 2) {
    return measured(run->at(&RunRecord::model).at(&ModelInfo::parameters), run->problem);
  }
  return measured(place_of(found).at(&HardwareRecord::model).at(&ModelInfo::parameters), why_no_hardware(found));
}

Cell parameters_cell(const ReportInputs& inputs, const Model& model) {
  Cell cell = counted_parameters(inputs, model);
  compare(cell, paper_value(model, "parameters"), true);
  if (!cell.paper || !cell.value) return cell;
  cell.mark = is_approximate(inputs, model) ? Mark::kApproximate
              : *cell.difference == 0       ? Mark::kExact
                                            : Mark::kDiffers;
  return cell;
}

Cell macs_cell(const ReportInputs& inputs, const Model& model) {
  const Hardware* found = inputs.hardware_of(model.name);
  const auto macs = place_of(found).at(&HardwareRecord::model).at(&ModelInfo::macs);
  return as_counted(measured(macs, why_no_hardware(found)), Mark::kNone);
}

template <auto Phase>
Cell memory_cell(const ReportInputs& inputs, const Model& model) {
  const Hardware* found = inputs.hardware_of(model.name);
  const auto peak = place_of(found).at(&HardwareRecord::memory).at(Phase).at(&PeakMemory::peak_bytes);
  return as_counted(measured(peak, why_no_hardware(found), kMebi), Mark::kHost);
}

Cell training_memory_cell(const ReportInputs& inputs, const Model& model) {
  Cell cell = beside_paper(memory_cell<&MemoryFigures::training_step>(inputs, model), paper_value(model, "memory_mb"));
  // counted, so without an interval: the same number as the paper prints it, or another one
  if (cell.difference) cell.within = std::abs(*cell.difference) < kPrintedMemory;
  return cell;
}

Cell host_cell(const ReportInputs& inputs, const Model& model) { return latency_on(inputs, model.name, "host", 1e-3); }

Cell host_image_cell(const ReportInputs& inputs, const Model& model) {
  return latency_on(inputs, model.name, "host", 1e-3 / latency_batch(inputs, model.name, "host"));
}

Cell device_cell(const ReportInputs& inputs, const Model& model, const char* device, const char* paper) {
  const auto seconds = paper_value(model, paper);
  return beside_paper(latency_on(inputs, model.name, device, 1e-3),
                      seconds ? std::optional(*seconds * 1000) : std::nullopt);
}

Cell a10_cell(const ReportInputs& inputs, const Model& model) { return device_cell(inputs, model, "a10", "a10_s"); }
Cell pi4_cell(const ReportInputs& inputs, const Model& model) { return device_cell(inputs, model, "pi4", "pi4_s"); }

struct HardwareColumn {
  Column column;
  Cell (*cell)(const ReportInputs& inputs, const Model& model);
};

const std::vector<HardwareColumn>& hardware_columns() {
  constexpr NumberFormat kCount{.digits = 0, .thousands = true}, kOne{.digits = 1, .thousands = true};
  constexpr NumberFormat kTwo{.digits = 2, .thousands = true};
  static const std::vector<HardwareColumn> columns = {
      {{.key = "parameters", .title = "Parameters", .format = kCount, .compared = true}, parameters_cell},
      {{.key = "macs", .title = "GMACs", .note = "per image", .format = {.digits = 3, .scale = 1e-9}}, macs_cell},
      {{.key = "memory_training_mib",
        .title = "Training-step memory",
        .note = "MiB, batch 8; paper: Mem, MB",
        .format = kOne,
        .compared = true},
       training_memory_cell},
      {{.key = "memory_inference_mib", .title = "Inference memory", .note = "MiB, batch 2", .format = kOne},
       memory_cell<&MemoryFigures::inference>},
      {{.key = "latency_host_ms",
        .title = "Latency, this machine",
        .note = "ms per batch of 2",
        .format = kTwo,
        .interval = true},
       host_cell},
      {{.key = "latency_host_image_ms",
        .title = "per image",
        .note = "ms, this machine",
        .format = kTwo,
        .interval = true},
       host_image_cell},
      {{.key = "latency_a10_ms",
        .title = "Latency, A10",
        .note = "ms per batch of 2",
        .format = kTwo,
        .interval = true,
        .compared = true},
       a10_cell},
      {{.key = "latency_pi4_ms",
        .title = "Latency, Pi 4",
        .note = "ms per batch of 2",
        .format = kCount,
        .interval = true,
        .compared = true},
       pi4_cell},
  };
  return columns;
}

void add_columns(Table& table, const std::vector<Metric>& metrics) {
  for (const Metric& metric : metrics) {
    table.columns.push_back({.key = metric.key(),
                             .title = metric.title,
                             .note = metric.note,
                             .panel = kQuality,
                             .format = metric.format,
                             .interval = true,
                             .compared = *metric.paper != '\0'});
  }
  table.columns.push_back({.key = "beats_constant",
                           .title = "Beats constant",
                           .note = "accuracy and balanced",
                           .panel = kQuality,
                           .words = true});
  for (const HardwareColumn& column : hardware_columns()) {
    table.columns.push_back(column.column);
    table.columns.back().panel = kHardware;
  }
}

Cell beats_constant(const ReportInputs& inputs, const Model& model, Row& row) {
  const Run* run = inputs.run_of(model.name);
  if (run == nullptr || !run->usable() || !inputs.constant || !inputs.constant->usable()) return words("");
  const std::string fails = not_above_constant(*run, *inputs.constant);
  if (fails.empty()) return words("yes");
  row.marks.push_back(Mark::kNotAboveConstant);
  return words("no: " + fails);
}

Row constant(const ReportInputs& inputs, const Table& table, const std::vector<Metric>& metrics) {
  const Run& run = *inputs.constant;
  Row row = constant_row();
  for (const Metric& metric : metrics) row.cells.push_back(measured(metric.at(metrics_of(&run)), run.problem));
  row.cells.push_back(words(""));
  row.cells.push_back(measured(run.at(&RunRecord::model).at(&ModelInfo::parameters), run.problem));
  row.cells.resize(table.columns.size());
  return row;
}

/// From how many rows a rate counts, and which has fewer: the images are the same for all models.
std::string support_text(const ReportInputs& inputs) {
  const Run* run = inputs.first_measured();
  if (run == nullptr || !run->metrics->min_support) return {};
  std::string text = fmt::format(
      " Fairness: debiased is the estimate without what noise adds to a sum of absolute gaps; intervals reach 0 where "
      "fairness cannot be excluded. Rates count from {} images on",
      *run->metrics->min_support);
  std::vector<std::string> lacking;
  if (run->metrics->pairs) {
    for (const LackingRate& rate : run->metrics->pairs->lacking) {
      lacking.push_back(fmt::format("{}{} ({})", rate.group,
                                    !rate.of_class ? "" : (rate.rate == "tpr" ? ", " : ", not ") + *rate.of_class,
                                    rate.rows));
    }
  }
  return text + (lacking.empty() ? "." : fmt::format("; with fewer: {}.", fmt::join(lacking, "; ")));
}

std::string caption(const ReportInputs& inputs, bool comparable) {
  std::string text = describe_conditions(inputs);
  text += fmt::format(
      " Ours above, with its 95 % interval over {}s of the test set; the paper's value (arXiv {}) below, with the "
      "difference ours minus paper. Accuracies in per cent. The paper's one Unfairness is set against both "
      "definitions: the sum, which its numbers imply, and the mean, which its formula says.",
      unit_word(inputs), fl_nas().arxiv);
  if (!comparable) {
    text += fmt::format(" No verdict is given on accuracy and fairness, since the conditions are not the paper's: {}.",
                        fmt::join(reasons_not_comparable(inputs, true), "; "));
  }
  text += support_text(inputs);
  bool several = false;
  for (const Model& model : inputs.models()) several = several || inputs.runs_of(model.name).size() > 1;
  if (several) {
    text +=
        " Value, interval and verdict are those of the first seed that finished; mean ± standard deviation (number of "
        "seeds) stand apart, since they say nothing of sampling error.";
  }
  return text + " Beats constant: by accuracy and by balanced accuracy, point estimates.";
}

}  // namespace

Table table_one(const ReportInputs& inputs) {
  const bool comparable = reasons_not_comparable(inputs).empty();
  const auto metrics = shown_metrics(inputs);
  Table table{
      .id = "table1", .title = "Paper and reproduction", .caption = caption(inputs, comparable), .row_title = "Model"};
  add_columns(table, metrics);
  for (const Model& model : inputs.models()) {
    Row row = model_row(inputs, model);
    for (const Metric& metric : metrics) {
      Cell cell = measured_with_seeds(inputs, model, metric.at);
      if (!cell.terms.empty()) cell.terms += std::string(" ") + metric.terms;
      compare(cell, paper_value(model, metric.paper), comparable);
      row.cells.push_back(std::move(cell));
    }
    row.cells.push_back(beats_constant(inputs, model, row));
    for (const HardwareColumn& column : hardware_columns()) row.cells.push_back(column.cell(inputs, model));
    table.rows.push_back(std::move(row));
  }
  if (inputs.constant) table.rows.push_back(constant(inputs, table, metrics));
  return table;
}

void add_table_one(const ReportInputs& inputs, Section& section) {
  section.blocks.emplace_back(table_one(inputs));
  if (auto figure = accuracy_unfairness_figure(inputs)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
