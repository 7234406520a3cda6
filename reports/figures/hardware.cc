#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/text.h"
#include "reports/data/latencies.h"
#include "reports/data/measures.h"
#include "reports/figures/figures.h"
#include "reports/figures/script.h"

namespace flnas::reports {
namespace {

struct Limits {
  double low = 1e300, high = 0;
  void include(double value) {
    if (!(value > 0)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Script log_script(const std::vector<std::string>& titles, const Limits& limits, int right, const char* axis) {
  const int height = 116 + 34 * static_cast<int>(titles.size());
  Script script(860, height);
  script.margins(134, right, 46, 60);
  model_axis(script, titles);
  script.line("set logscale x");
  script.line("set xtics (" + log_ticks(limits.low, limits.high) + ")");
  script.line(fmt::format("set xrange [{}:{}]", Script::number(limits.low / 1.6), Script::number(limits.high * 1.6)));
  script.axis_title("x", axis);
  script.key();
  return script;
}

using Rows = std::vector<std::vector<double>>;

/// Ours and the paper's values of a size, a row for each model, with a note at the row's end.
struct SizePoints {
  std::vector<std::string> titles, notes;
  Rows ours, paper;
  Limits limits;

  void add_paper(std::optional<double> value, double y) {
    if (!value) return;
    paper.push_back({*value, y});
    limits.include(*value);
  }
  void add_ours(double value, double y) {
    ours.push_back({value, y});
    limits.include(value);
  }
};

std::string size_script(const SizePoints& size, const char* axis) {
  const std::size_t rows = size.titles.size();
  Script script = log_script(size.titles, size.limits, 150, axis);
  for (std::size_t i = 0; i < rows; ++i) {
    script.label(size.notes[i], fmt::format("graph 1.015, first {}", rows - i),
                 fmt::format("left textcolor rgb '{}'", kInk));
  }
  script.data("ours", size.ours);
  std::vector<std::string> plots = {points("ours", kCircle.filled, 0.9, kBlue, size.paper.empty() ? "" : "ours")};
  if (!size.paper.empty()) {
    script.data("paper", size.paper);
    plots.push_back(points("paper", kCircle.hollow, 1.5, kVermilion, "paper"));
  }
  script.plot(plots);
  return script.text();
}

const char* table_of(const SizePoints& size) { return size.paper.empty() ? "the table of models" : "Table I(b)"; }

/// `place` leads from the hardware record to the size.
template <class ToSize>
SizePoints size_points(const ReportInputs& inputs, const char* paper, ToSize&& place, double factor) {
  SizePoints size;
  const auto models = inputs.models();
  for (std::size_t i = 0; i < models.size(); ++i) {
    const auto y = static_cast<double>(models.size() - i);
    size.titles.push_back(display_title(inputs, models[i]));
    if (models[i].paper != nullptr) size.add_paper(models[i].paper->value(paper), y);
    const Cell cell = measured(place(place_of(inputs.hardware_of(models[i].name))), "", factor);
    if (cell.value) size.add_ours(*cell.value, y);
    size.notes.push_back(cell.value ? with_thousands(std::llround(*cell.value)) : "not measured");
  }
  return size;
}

}  // namespace

std::optional<Figure> parameters_figure(const ReportInputs& inputs) {
  SizePoints size = size_points(
      inputs, "parameters",
      [](const auto& record) { return record.at(&HardwareRecord::model).at(&ModelInfo::parameters); }, 1);
  if (size.ours.empty()) return std::nullopt;
  const auto models = inputs.models();
  for (std::size_t i = 0; i < models.size(); ++i) {
    const Hardware* found = inputs.hardware_of(models[i].name);
    if (found == nullptr || !found->read) continue;
    const std::string& match = found->record.model.match;
    if (match != "none") size.notes[i] += ", " + match;
  }
  return Figure{
      .id = "parameters",
      .title = "Parameters",
      .caption = size.paper.empty()
                     ? "At 224x224."
                     : "Two classes, 224x224. A dot inside its ring has the paper's count. FaHaNa-Fair (approximate) "
                       "cannot be identified: ours has its count by construction.",
      .alternative = fmt::format("Dot plot of parameter counts on a log axis; numbers in {}.", table_of(size)),
      .script = size_script(size, "Parameters (log scale)")};
}

std::optional<Figure> memory_figure(const ReportInputs& inputs) {
  const SizePoints size = size_points(
      inputs, "memory_mb",
      [](const auto& record) {
        return record.at(&HardwareRecord::memory).at(&MemoryFigures::training_step).at(&PeakMemory::peak_bytes);
      },
      1.0 / (1024 * 1024));
  if (size.ours.empty()) return std::nullopt;
  return Figure{.id = "memory",
                .title = "Memory",
                .caption = size.paper.empty()
                               ? "Peak of one training step at batch 8, 224x224, in MiB, counted at the allocator."
                               : "Peak of one training step at batch 8, two classes, 224x224, in MiB, counted at the "
                                 "allocator; the paper's Mem, in MB, for which it names no batch and no phase.",
                .alternative = fmt::format("Dot plot of memory on a log axis; numbers in {}.", table_of(size)),
                .script = size_script(size, "Memory of a training step, MiB (log scale)")};
}

namespace {

/// A device's points: ours with their intervals, and the paper's.
struct DevicePoints {
  const char* device;
  const char* paper;
  Rows ours, theirs;
  bool estimated = false;
};

void add_points(const ReportInputs& inputs, const Model& model, double y, DevicePoints& points, Limits& limits) {
  if (const Cell cell = latency_on(inputs, model.name, points.device, 1e-3); cell.value) {
    const double low = cell.low.value_or(*cell.value), high = cell.high.value_or(*cell.value);
    points.ours.push_back({*cell.value, y, low, high});
    points.estimated = points.estimated || cell.mark == Mark::kEstimated;
    limits.include(low);
    limits.include(high);
  }
  if (model.paper == nullptr || *points.paper == '\0') return;
  if (const auto seconds = model.paper->value(points.paper)) {
    points.theirs.push_back({*seconds * 1000, y});
    limits.include(*seconds * 1000);
  }
}

}  // namespace

std::optional<Figure> latency_figure(const ReportInputs& inputs) {
  DevicePoints host{"host", "", {}, {}}, a10{"a10", "a10_s", {}, {}}, pi4{"pi4", "pi4_s", {}, {}};
  std::vector<std::string> titles;
  Limits limits;
  const auto models = inputs.models();
  const auto rows = static_cast<double>(models.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    const double y = rows - static_cast<double>(i);
    titles.push_back(display_title(inputs, models[i]));
    add_points(inputs, models[i], y, host, limits);
    add_points(inputs, models[i], y, a10, limits);
    add_points(inputs, models[i], y, pi4, limits);
  }
  if (host.ours.empty()) return std::nullopt;
  const bool of_paper = !a10.theirs.empty() || !pi4.theirs.empty();
  Script script = log_script(titles, limits, 24, "Latency in ms, batch of 2 (log scale)");
  std::vector<std::string> plots;
  const auto add = [&](const DevicePoints& device, const Shape& shape, const char* colour, const std::string& title) {
    if (!device.ours.empty()) {
      script.data(device.device, device.ours);
      plots.push_back(x_intervals(device.device, colour));
      plots.push_back(points(device.device, device.estimated ? shape.hollow : shape.filled, 0.95, colour,
                             title + (device.estimated ? ", estimated" : "")));
    }
    if (!device.theirs.empty()) {
      const std::string name = std::string("paper_") + device.device;
      script.data(name, device.theirs);
      plots.push_back(points(name, kCross, 0.9, colour, "paper, " + title));
    }
  };
  add(host, kCircle, kBlue, "host");
  add(a10, kTriangle, kVermilion, "A10");
  add(pi4, kSquare, kGreen, "Pi 4");
  script.plot(plots);
  return Figure{
      .id = "latency",
      .title = "Latency",
      .caption =
          std::string("Filled: median with 95 % interval, measured (host: this machine). Hollow: estimated, with the "
                      "band in which 95 % of measurements are expected.") +
          (of_paper ? " Crosses: what the paper prints for two devices." : "") +
          " Only the order of the models can be compared between devices.",
      .alternative = "Dot plot of latency on a log axis; numbers in the table of latency by device.",
      .script = script.text()};
}

}  // namespace flnas::reports
