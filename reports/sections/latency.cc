#include <fmt/format.h>

#include "reports/data/latencies.h"
#include "reports/data/measures.h"
#include "reports/data/own_study.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

struct Device {
  const char* name;
  const char* paper;  ///< key in reports/paper/fl_nas.json; "" where the paper has none
  int digits;         ///< of milliseconds
};
constexpr Device kDevices[] = {{"host", "", 2}, {"a10", "a10_s", 2}, {"pi4", "pi4_s", 0}};

/// The paper's one number is set against both of its readings.
Cell beside_paper(Cell cell, const Model& model, const Device& device) {
  if (model.paper == nullptr || *device.paper == '\0') return cell;
  const auto seconds = model.paper->value(device.paper);
  const Mark mark = cell.mark;
  compare(cell, seconds ? std::optional(*seconds * 1000) : std::nullopt, true);
  cell.mark = mark;
  return cell;
}

/// The paper's devices; in a study of one's own those that were measured or estimated.
std::vector<Device> shown_devices(const ReportInputs& inputs) {
  std::vector<Device> devices;
  for (const Device& device : kDevices) {
    if (beside_paper(inputs) || has_hardware_of(inputs, device.name)) devices.push_back(device);
  }
  return devices;
}

}  // namespace

Table latency_table(const ReportInputs& inputs) {
  Table table{
      .id = "latency_by_device",
      .title = "Latency by device",
      .caption =
          std::string("Milliseconds at ") +
          (beside_paper(inputs) ? "the paper's geometry, two classes and 224x224 pixels" : own_geometry(inputs)) +
          ": of a batch of two, and per image. "
          "Measured: median with its 95 % interval. Estimated: by a roofline, with the band in which 95 % of "
          "measurements are expected; no measurement.",
      .row_title = "Model",
      .beside = true};
  if (beside_paper(inputs)) {
    table.caption +=
        " The paper says batch of two in one place and seconds per image in another, so its one number stands below "
        "both of ours, with the difference ours minus paper.";
  }
  const auto devices = shown_devices(inputs);
  for (const Device& device : devices) {
    const bool compared = beside_paper(inputs) && *device.paper != '\0';
    const NumberFormat format{device.digits, 1, true};
    table.columns.push_back({.key = fmt::format("{}_batch_ms", device.name),
                             .title = "Batch of two",
                             .note = "ms",
                             .panel = device_title(device.name),
                             .format = format,
                             .interval = true,
                             .compared = compared});
    table.columns.push_back({.key = fmt::format("{}_image_ms", device.name),
                             .title = "Per image",
                             .note = "ms",
                             .panel = device_title(device.name),
                             .format = format,
                             .interval = true,
                             .compared = compared});
  }
  for (const Model& model : inputs.models()) {
    Row row = model_row(inputs, model);
    for (const Device& device : devices) {
      const double batch = latency_batch(inputs, model.name, device.name);
      row.cells.push_back(beside_paper(latency_on(inputs, model.name, device.name, 1e-3), model, device));
      row.cells.push_back(beside_paper(latency_on(inputs, model.name, device.name, 1e-3 / batch), model, device));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace flnas::reports
