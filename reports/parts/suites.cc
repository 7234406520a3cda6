#include <fmt/format.h>

#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

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

Table suite_table(const Record& suite) {
  std::string name = suite.file.substr(0, suite.file.rfind('.'));
  Table table{slug("bench", name),
              fmt::format("Latency suite {}", code(name)),
              fmt::format("{} Verdict {}. Median of a whole batch with its 95 % interval; every sample is in the file.",
                          code(suite.text("/command")) + ".", strong(suite.text("/verdict"))),
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
