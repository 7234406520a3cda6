#include <fmt/format.h>

#include <string>

#include "harness/base/json.h"
#include "harness/cli/bench/commands.h"
#include "harness/cli/help.h"
#include "harness/cli/model_registry.h"
#include "harness/latency/calibration/calibrate_platform.h"
#include "harness/study/paper_estimates.h"

namespace flnas::cli {
namespace {

std::string with_p10(const Json& row, const std::string& key) {
  const std::string median = fmt::format("{:.3f}", row[key].get<double>());
  const Json& low = row[key + "_p10"];
  return low.is_null() ? median : fmt::format("{} ({:.3f})", median, low.get<double>());
}

void print_tables(const Json& result) {
  constexpr const char* kRow = "{:<28} {:<16} {:>6}  {:<15} {:<15} {}\n";
  fmt::print(kRow, "fitted on", "tested on", "cells", "Spearman", "within 10 %", "within 20 %");
  for (const auto& row : result["agreement"]) {
    fmt::print(kRow, row["fitted_on"].get<std::string>(), row["tested_on"].get<std::string>(),
               row["cells"].get<std::size_t>(), with_p10(row, "spearman"), with_p10(row, "within_10"),
               with_p10(row, "within_20"));
  }
  fmt::print("Medians over {} samples, in brackets the 10th percentile.\n\n", result["seeds"].get<int>());
  for (const auto& row : result["disconnected"]) {
    fmt::print("{}: {} disconnected cells, not estimated", row["data_set"].get<std::string>(),
               row["cells"].get<std::size_t>());
    if (row.contains("median_us")) {
      fmt::print("; measured: median {:.2f} ms, highest {:.2f} ms", row["median_us"].get<double>() / 1e3,
                 row["highest_us"].get<double>() / 1e3);
    }
    fmt::print("\n");
  }
  fmt::print("\nefficiency, seed {}: {}\n", result["seed"].get<std::uint64_t>(), result["efficiency"].dump(2));
}

void print_paper_table(const Json& comparison) {
  for (const auto& [platform, column] : comparison.items()) {
    fmt::print("{}: Table I beside estimates, batch of two, seconds\n", platform);
    fmt::print("  {:<14} {:>10} {:>10} {:>23} {:>7}\n", "model", "Table I", "estimated", "95 % band", "ratio");
    for (const auto& row : column["models"]) {
      fmt::print("  {:<14} {:>10.5f} {:>10.5f} {:>11.5f} {:>11.5f} {:>7.2f}{}\n", row["model"].get<std::string>(),
                 row["paper_s"].get<double>(), row["estimate_s"].get<double>(), row["low_s"].get<double>(),
                 row["high_s"].get<double>(), row["ratio"].get<double>(),
                 row["identified"].get<bool>() ? "" : "  (not the paper's network, only like it)");
    }
    fmt::print("  Spearman {:.3f}; {} of {} inside the band\n\n", column["spearman"].get<double>(),
               column["inside"].get<int>(), column["models"].size());
  }
}

void show(const CalibrateRequest& request, const Output& output) {
  const Json result =
      request.paper ? study::compare_estimates_with_paper(table_one_models()) : calibrate_platform(request);
  if (output.json) {
    fmt::print("{}\n", result.dump(2));
  } else if (request.paper) {
    print_paper_table(result);
  } else {
    print_tables(result);
  }
  if (!output.json) print_next("flnas-bench --platform NAME, with the efficiencies in that platform's file");
}

}  // namespace

void add_calibrate(CLI::App& app, Context& context) {
  const CommandHelp help{
      .summary = "fit a platform's efficiencies on HW-NAS-Bench's latencies, test the rest",
      .examples = {"flnas-bench calibrate hw-nas-bench --choose spread", "flnas-bench calibrate --paper"},
      .next = "put the efficiencies that --out writes into the platform's file"};
  add_command<CalibrateRequest>(app, context, help, show);
}

}  // namespace flnas::cli
