#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "reports/data/all_trainings.h"
#include "reports/data/conditions.h"
#include "reports/data/latencies.h"
#include "reports/data/metric_columns.h"
#include "reports/data/own_study.h"
#include "reports/data/people.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr double kMebi = 1.0 / (1024 * 1024);
constexpr const char* kQuality = "Accuracy and fairness";
const std::vector<std::int64_t> kPaperInput = {3, 224, 224};
constexpr const char* kHardware = "Hardware efficiency, at the paper's geometry: two classes, 3x224x224";
constexpr const char* kSize = "Size, as it was trained";
constexpr const char* kOwnHardware = "Hardware efficiency, at 3x224x224";

/// Of a table its columns, not a size in pixels.
std::string own_hardware(const ReportInputs& inputs) {
  return example_word(inputs) == Adapter{}.example ? kOwnHardware : "Hardware efficiency, at " + own_geometry(inputs);
}

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

/// Where nothing was measured, the count of a run at the paper's geometry stands in. At another size it would be
/// another one: a head that flattens has weights for every pixel.
Cell counted_parameters(const ReportInputs& inputs, const Model& model) {
  const Hardware* found = inputs.hardware_of(model.name);
  const Run* run = inputs.run_of(model.name);
  if (inputs.hardware.empty() && run != nullptr && run->usable() && run->record.model.classes == 2 &&
      run->record.model.input == kPaperInput) {
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

Cell own_parameters(const ReportInputs& inputs, const Model& model) {
  const Run* run = inputs.run_of(model.name);
  return measured(place_of(run).at(&RunRecord::model).at(&ModelInfo::parameters), inputs.why_missing(model.name));
}

Cell own_macs(const ReportInputs& inputs, const Model& model) {
  const Run* run = inputs.run_of(model.name);
  return measured(place_of(run).at(&RunRecord::model).at(&ModelInfo::macs), inputs.why_missing(model.name));
}

/// The columns after accuracy and fairness: all of Table I's; in a study of one's own the networks' sizes, and of
/// hardware what was measured or estimated.
std::vector<HardwareColumn> shown_hardware(const ReportInputs& inputs) {
  std::vector<HardwareColumn> shown = hardware_columns();
  if (beside_paper(inputs)) return shown;
  const auto never_asked = [&](const HardwareColumn& column) {
    const std::string& key = column.column.key;
    const char* device = key == "latency_a10_ms" ? "a10" : key == "latency_pi4_ms" ? "pi4" : "host";
    return key == "parameters" || key == "macs" || !has_hardware_of(inputs, device);
  };
  std::erase_if(shown, never_asked);
  for (HardwareColumn& column : shown) column.column.compared = false;
  shown.insert(
      shown.begin(),
      {{{.key = "parameters", .title = "Parameters", .format = {.digits = 0, .thousands = true}}, own_parameters},
       {{.key = "macs",
         .title = "MMACs",
         .note = "per image",
         .format = {.digits = 2, .scale = 1e-6, .thousands = true}},
        own_macs}});
  return shown;
}

void add_columns(const ReportInputs& inputs, Table& table, const std::vector<Metric>& metrics) {
  const bool beside = beside_paper(inputs);
  for (const Metric& metric : metrics) {
    table.columns.push_back({.key = metric.key(),
                             .title = metric.title,
                             .note = metric.note,
                             .panel = kQuality,
                             .format = metric.format,
                             .interval = true,
                             .compared = beside && *metric.paper != '\0'});
  }
  if (inputs.constant) {
    table.columns.push_back({.key = "beats_constant",
                             .title = "Beats constant",
                             .note = "balanced accuracy, AUROC",
                             .panel = kQuality,
                             .words = true});
  }
  for (const HardwareColumn& column : shown_hardware(inputs)) {
    table.columns.push_back(column.column);
    const bool is_size = column.cell == own_parameters || column.cell == own_macs;
    table.columns.back().panel = is_size ? kSize : beside ? kHardware : own_hardware(inputs);
  }
}

Cell beats_constant(const ReportInputs& inputs, const Model& model, Row& row) {
  const Run* run = inputs.run_of(model.name);
  if (run == nullptr || !run->usable() || !inputs.constant || !inputs.constant->usable()) return words("");
  const std::string fails = not_above_constant(inputs, model.name);
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
  if (lacking.empty()) return text + ".";
  constexpr std::size_t kNamed = 6;
  const std::size_t named = std::min(lacking.size(), kNamed);
  return text + fmt::format("; with fewer: {}{}.",
                            fmt::join(lacking.begin(), lacking.begin() + static_cast<std::ptrdiff_t>(named), "; "),
                            named < lacking.size() ? fmt::format(" and {} more", lacking.size() - named) : "");
}

std::string paper_text(const ReportInputs& inputs, bool comparable) {
  std::string text = fmt::format(
      " Ours above, with its 95 % interval over {}s of the test set; the paper's value (arXiv {}) below, with the "
      "difference ours minus paper. Accuracies in per cent. The paper's one Unfairness is set against both "
      "definitions: the sum, which its numbers imply, and the mean, which its formula says.",
      unit_word(inputs), fl_nas().arxiv);
  if (!comparable) {
    text += fmt::format(" No verdict is given on accuracy and fairness, since the conditions are not the paper's: {}.",
                        fmt::join(reasons_not_comparable(inputs, true), "; "));
  }
  return text;
}

std::string caption(const ReportInputs& inputs, bool comparable) {
  const bool beside = beside_paper(inputs);
  std::string text = describe_conditions(inputs);
  text +=
      beside ? paper_text(inputs, comparable)
             : fmt::format(" With 95 % intervals over {}s of the test set; accuracies in per cent.", unit_word(inputs));
  text += support_text(inputs);
  bool several = false;
  for (const Model& model : inputs.models()) several = several || inputs.runs_of(model.name).size() > 1;
  if (several) {
    text +=
        " Of several trainings the value is their mean, and the interval holds what test images and seeds leave open; "
        "± is the standard deviation of one training (number of seeds).";
  }
  if (!inputs.constant) return text;
  return text + " Beats constant: by balanced accuracy and AUROC, as far as their intervals tell.";
}

}  // namespace

Table table_one(const ReportInputs& inputs) {
  const bool comparable = reasons_not_comparable(inputs).empty();
  const auto metrics = shown_metrics(inputs);
  Table table{.id = "table1",
              .title = beside_paper(inputs) ? "Paper and reproduction" : "Models side by side",
              .caption = caption(inputs, comparable),
              .row_title = "Model"};
  add_columns(inputs, table, metrics);
  const auto hardware = shown_hardware(inputs);
  for (const Model& model : inputs.models()) {
    Row row = model_row(inputs, model);
    for (const Metric& metric : metrics) {
      Cell cell = over_trainings(inputs, model.name, metric);
      if (!cell.terms.empty()) cell.terms += std::string(" ") + metric.terms;
      compare(cell, paper_value(model, metric.paper), comparable);
      row.cells.push_back(std::move(cell));
    }
    if (inputs.constant) row.cells.push_back(beats_constant(inputs, model, row));
    mark_not_converged(inputs, model.name, row);
    for (const HardwareColumn& column : hardware) row.cells.push_back(column.cell(inputs, model));
    table.rows.push_back(std::move(row));
  }
  if (inputs.constant) table.rows.push_back(constant(inputs, table, metrics));
  return table;
}

void add_table_one(const ReportInputs& inputs, Section& section) { section.blocks.emplace_back(table_one(inputs)); }

}  // namespace flnas::reports
