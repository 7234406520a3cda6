#include <fmt/format.h>

#include "reports/data/latencies.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr double kMebi = 1.0 / (1024 * 1024);

Cell median_cell(const Place<LatencyResult>& result, double factor) {
  const auto latency = result.at(&LatencyResult::latency);
  if (!latency) return not_measured(result->reason);
  Cell cell = suite_median(latency, factor);
  cell.mark = mark_from_name(result->mark);
  if (result->status == kUnreliable) {
    cell.mark = Mark::kUnreliable;
    cell.reason = result->reason;
  }
  return cell;
}

/// Blank where there is none.
template <class T>
Cell plain(const Place<T>& place, double factor) {
  return place ? measured(place, "", factor) : words("");
}

/// Columns beside the latency that only some devices fill.
struct Extra {
  Place<double> (*at)(const Place<LatencyResult>& result);
  bool by_image = false;  ///< the record has it for a whole batch
  Column column;
};

template <auto State>
Place<RecordedMachineState> state_of(const Place<LatencyResult>& result) {
  return result.at(&LatencyResult::state).at(State);
}

const std::vector<Extra>& all_extras() {
  static const std::vector<Extra> extras = {
      {.at = [](const Place<LatencyResult>& result) { return result.at(&LatencyResult::joules_per_call); },
       .by_image = true,
       .column = {.key = "energy_mj",
                  .title = "Energy",
                  .note = "mJ an image",
                  .format = {.digits = 2, .scale = 1000, .thousands = true}}},
      {.at =
           [](const Place<LatencyResult>& result) {
             return state_of<&MachineStates::before>(result)
                 .at(&RecordedMachineState::gpu)
                 .at(&RecordedGpuState::clock_mhz);
           },
       .column = {.key = "gpu_mhz_before",
                  .title = "GPU clock",
                  .note = "MHz, before",
                  .format = {.digits = 0, .thousands = true}}},
      {.at =
           [](const Place<LatencyResult>& result) {
             return state_of<&MachineStates::after>(result)
                 .at(&RecordedMachineState::gpu)
                 .at(&RecordedGpuState::clock_mhz);
           },
       .column = {.key = "gpu_mhz_after",
                  .title = "GPU clock",
                  .note = "MHz, after",
                  .format = {.digits = 0, .thousands = true}}},
      {.at =
           [](const Place<LatencyResult>& result) {
             return state_of<&MachineStates::after>(result)
                 .at(&RecordedMachineState::gpu)
                 .at(&RecordedGpuState::temperature_c);
           },
       .column = {.key = "gpu_c", .title = "GPU", .note = "degrees Celsius", .format = {.digits = 0}}},
      {.at =
           [](const Place<LatencyResult>& result) {
             return state_of<&MachineStates::after>(result).at(&RecordedMachineState::temperature_c);
           },
       .column = {.key = "cpu_c", .title = "Board", .note = "degrees Celsius", .format = {.digits = 1}}}};
  return extras;
}

/// Those that some result has.
std::vector<Extra> extras_of(const Suite& suite) {
  std::vector<Extra> found;
  const auto results = suite.at(&LatencySuite::results);
  for (const Extra& extra : all_extras()) {
    bool any = false;
    for (std::size_t i = 0; i < results->size(); ++i) any = any || extra.at(results[i]);
    if (any) found.push_back(extra);
  }
  return found;
}

/// "Energy as told by RAPL, 1 package(s)."
std::string energy_note(const LatencySuite& suite) {
  for (const LatencyResult& result : suite.results) {
    if (!result.energy_source.empty()) return " Energy as told by " + result.energy_source + ", all that it counts.";
  }
  if (suite.results.empty()) return "";
  return " Energy: not measured, since this device does not tell it.";
}

Row result_row(const Place<LatencyResult>& result, const std::vector<Extra>& extras) {
  const int batch = std::max(1, result->batch);
  Row row{.key = result->benchmark,
          .label = fmt::format("{}, {}, {}, {}", result->model, batch, result->threads, result->form),
          .group = result->model};
  const auto latency = result.at(&LatencyResult::latency);
  row.cells.push_back(median_cell(result, 1e-3));
  row.cells.push_back(median_cell(result, 1e-3 / batch));
  row.cells.push_back(plain(latency.at(&LatencyStatistics::p90_us), 1e-3));
  row.cells.push_back(plain(latency.at(&LatencyStatistics::cv), 1));
  row.cells.push_back(plain(latency.at(&LatencyStatistics::samples), 1));
  row.cells.push_back(plain(result.at(&LatencyResult::inference_peak_bytes), kMebi));
  for (const Extra& extra : extras) row.cells.push_back(plain(extra.at(result), extra.by_image ? 1.0 / batch : 1));
  return row;
}

Row estimate_row(const Place<LatencyEstimateResult>& estimate, std::size_t number) {
  const int batch = std::max(1, estimate->batch);
  Row row{.key = fmt::format("{}-estimate-{}", estimate->model, number),
          .label = fmt::format("{}, {}, {}, {}", estimate->model, batch, estimate->threads, estimate->platform),
          .group = estimate->model};
  for (const double factor : {1e-3, 1e-3 / batch}) {
    Cell cell = cell_of(estimate.file(), estimate.at(&LatencyEstimateResult::median_us).provenance(),
                        {estimate->median_us, estimate->low_us, estimate->high_us, {}}, "", factor);
    cell.mark = Mark::kEstimated;
    row.cells.push_back(std::move(cell));
  }
  return row;
}

Table suite_table(const Suite& suite) {
  const LatencySuite& record = suite.record;
  const std::string name = suite.file.substr(0, suite.file.rfind('.'));
  Table table{.id = slug("bench", name),
              .title = fmt::format("Latency suite {}", code(name)),
              .caption = fmt::format(
                  "{} Verdict {}. Median of a whole batch with its 95 % interval; every sample is in the file.{}",
                  code(record.command) + ".", strong(record.verdict), energy_note(record)),
              .row_title = "Model, batch, threads, execution mode"};
  constexpr NumberFormat kMs{.digits = 3, .thousands = true};
  table.columns = {
      {.key = "median_ms", .title = "Median", .note = "ms a batch", .format = kMs, .interval = true},
      {.key = "image_ms", .title = "Per image", .note = "ms", .format = kMs, .interval = true},
      {.key = "p90_ms", .title = "p90", .note = "ms a batch", .format = kMs},
      {.key = "cv", .title = "Spread", .note = "sd over mean, %", .format = {.digits = 1, .scale = 100}},
      {.key = "samples", .title = "Samples", .format = {.digits = 0, .thousands = true}},
      {.key = "inference_mib", .title = "Inference memory", .note = "MiB", .format = {.digits = 1, .thousands = true}}};
  const auto extras = extras_of(suite);
  for (const Extra& extra : extras) table.columns.push_back(extra.column);
  for (std::size_t i = 0; i < record.results.size(); ++i) {
    table.rows.push_back(result_row(suite.at(&LatencySuite::results)[i], extras));
  }
  for (std::size_t i = 0; i < record.estimates.size(); ++i) {
    table.rows.push_back(estimate_row(suite.at(&LatencySuite::estimates)[i], i));
    table.rows.back().cells.resize(table.columns.size());
  }
  return table;
}

}  // namespace

void add_suites(const ReportInputs& inputs, Section& section) {
  for (const Suite& suite : inputs.suites) {
    Table table = suite_table(suite);
    if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
  }
}

}  // namespace flnas::reports
