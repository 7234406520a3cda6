#include <fmt/format.h>

#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

/// Latency statistics hold the median as p50_us with an interval of its own names.
Cell median_cell(const Record& suite, const std::string& key, double factor) {
  Cell cell;
  const auto median = suite.number(key + "/latency/p50_us");
  if (!median) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = suite.text(key + "/reason");
    return cell;
  }
  cell = measured(&suite, key + "/latency/p50_us", "");
  cell.value = *median * factor;
  if (const auto low = suite.number(key + "/latency/p50_low_us")) cell.low = *low * factor;
  if (const auto high = suite.number(key + "/latency/p50_high_us")) cell.high = *high * factor;
  cell.mark = mark_from_name(suite.text(key + "/mark"));
  if (suite.text(key + "/status") == "mistrusted") {
    cell.mark = Mark::kMistrusted;
    cell.reason = suite.text(key + "/reason");
  }
  return cell;
}

std::optional<double> scaled_number(const Record& suite, const std::string& key, double factor) {
  const auto value = suite.number(key);
  return value ? std::optional(*value * factor) : std::nullopt;
}

Cell plain(const Record& suite, const std::string& key, double factor) {
  Cell cell;
  cell.value = scaled_number(suite, key, factor);
  if (!cell.value) return words("");
  cell.provenance = {suite.folder, suite.file, key};
  return cell;
}

/// Columns beside the latency that only some devices fill.
struct Extra {
  const char* key;  ///< in a result
  bool by_image;    ///< the record has it for a whole batch
  Column column;
};

/// Those that some result has.
std::vector<Extra> extras_of(const Record& suite) {
  const std::vector<Extra> all = {
      {"/joules_per_call", true, {"energy_mj", "Energy", "mJ an image", "", {2, 1000, true}}},
      {"/state/before/gpu/clock_mhz", false, {"gpu_mhz_before", "GPU clock", "MHz, before", "", {0, 1, true}}},
      {"/state/after/gpu/clock_mhz", false, {"gpu_mhz_after", "GPU clock", "MHz, after", "", {0, 1, true}}},
      {"/state/after/gpu/temperature_c", false, {"gpu_c", "GPU", "degrees Celsius", "", {0, 1, false}}},
      {"/state/after/temperature_c", false, {"cpu_c", "Board", "degrees Celsius", "", {1, 1, false}}}};
  std::vector<Extra> found;
  for (const Extra& extra : all) {
    for (std::size_t i = 0; i < suite.at("/results").size(); ++i) {
      if (!suite.number(fmt::format("/results/{}{}", i, extra.key))) continue;
      found.push_back(extra);
      break;
    }
  }
  return found;
}

/// "Energy as told by RAPL, 1 package(s)."
std::string energy_note(const Record& suite) {
  for (std::size_t i = 0; i < suite.at("/results").size(); ++i) {
    const std::string source = suite.text(fmt::format("/results/{}/energy_source", i));
    if (!source.empty()) return " Energy as told by " + source + ", all that it counts.";
  }
  if (suite.at("/results").empty()) return "";
  return " Energy: not measured, since this device does not tell it.";
}

Table suite_table(const Record& suite) {
  std::string name = suite.file.substr(0, suite.file.rfind('.'));
  Table table{
      slug("bench", name),
      fmt::format("Latency suite {}", code(name)),
      fmt::format("{} Verdict {}. Median of a whole batch with its 95 % interval; every sample is in the file.{}",
                  code(suite.text("/command")) + ".", strong(suite.text("/verdict")), energy_note(suite)),
      "Model, batch, threads, form",
      {},
      {}};
  constexpr NumberFormat kMs{3, 1, true};
  table.columns = {{"median_ms", "Median", "ms a batch", "", kMs, true},
                   {"image_ms", "Per image", "ms", "", kMs, true},
                   {"p90_ms", "p90", "ms a batch", "", kMs},
                   {"cv", "Spread", "sd over mean, %", "", {1, 100, false}},
                   {"samples", "Samples", "", "", {0, 1, true}},
                   {"inference_mib", "Inference memory", "MiB", "", {1, 1, true}}};
  const auto extras = extras_of(suite);
  for (const Extra& extra : extras) table.columns.push_back(extra.column);
  const Json& results = suite.at("/results");
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string key = fmt::format("/results/{}", i);
    const std::string model = suite.text(key + "/model");
    const double batch = std::max(1.0, suite.number(key + "/batch").value_or(1));
    Row row{suite.text(key + "/benchmark"),
            fmt::format("{}, {:.0f}, {:.0f}, {}", model, batch, suite.number(key + "/threads").value_or(0),
                        suite.text(key + "/form")),
            {},
            "",
            model,
            {}};
    row.cells.push_back(median_cell(suite, key, 1e-3));
    row.cells.push_back(median_cell(suite, key, 1e-3 / batch));
    row.cells.push_back(plain(suite, key + "/latency/p90_us", 1e-3));
    row.cells.push_back(plain(suite, key + "/latency/cv", 1));
    row.cells.push_back(plain(suite, key + "/latency/samples", 1));
    row.cells.push_back(plain(suite, key + "/inference_peak_bytes", 1.0 / (1024 * 1024)));
    for (const Extra& extra : extras)
      row.cells.push_back(plain(suite, key + extra.key, extra.by_image ? 1 / batch : 1));
    table.rows.push_back(std::move(row));
  }
  const Json& estimates = suite.at("/estimates");
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    const std::string key = fmt::format("/estimates/{}", i);
    const std::string model = suite.text(key + "/model");
    const double batch = std::max(1.0, suite.number(key + "/batch").value_or(1));
    Row row{fmt::format("{}-estimate-{}", model, i),
            fmt::format("{}, {:.0f}, {:.0f}, {}", model, batch, suite.number(key + "/threads").value_or(0),
                        suite.text(key + "/platform")),
            {},
            "",
            model,
            {}};
    for (const double factor : {1e-3, 1e-3 / batch}) {
      Cell cell = plain(suite, key + "/median_us", factor);
      cell.low = scaled_number(suite, key + "/low_us", factor);
      cell.high = scaled_number(suite, key + "/high_us", factor);
      cell.mark = Mark::kEstimated;
      row.cells.push_back(std::move(cell));
    }
    row.cells.resize(table.columns.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void add_suites(const Evidence& evidence, Section& section) {
  for (const Record& suite : evidence.suites) {
    Table table = suite_table(suite);
    if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
  }
}

}  // namespace flnas::reports
