#include <fmt/format.h>

#include <memory>
#include <string>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/base/progress.h"
#include "harness/cli/bench/commands.h"
#include "harness/cli/bench/paper.h"
#include "harness/latency/calibration/calibrate.h"
#include "harness/latency/estimation/platform.h"

namespace flnas::cli {
namespace {

struct CalibrateArguments {
  CalibrationConfig config;
  std::string tables, platform = "pi4", choice = to_string(CalibrationConfig{}.choice), out;
  bool paper = false, json = false;
};

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

Json calibrate_platform(const CalibrateArguments& arguments) {
  if (arguments.tables.empty()) throw ConfigError("calibrate needs the folder of HW-NAS-Bench's tables, or --paper");
  const Platform platform = load_platform(arguments.platform);
  if (!platform.rates) throw ConfigError(fmt::format("platform {}: its file has no rates", platform.name));
  CalibrationConfig config = arguments.config;
  config.tables = arguments.tables;
  config.choice = choice_from_name(arguments.choice);
  Progress progress("samples", config.seeds);
  return calibrate(config, *platform.rates, [&](int done) { progress.update(done); });
}

void run(const CalibrateArguments& arguments) {
  const Json result = arguments.paper ? compare_estimates_with_paper() : calibrate_platform(arguments);
  if (arguments.json) {
    fmt::print("{}\n", result.dump(2));
  } else if (arguments.paper) {
    print_paper_comparison(result);
  } else {
    print_tables(result);
  }
  if (!arguments.paper && !arguments.out.empty()) write_json(arguments.out, result["efficiency"]);
}

}  // namespace

void add_calibrate(CLI::App& app, int&) {
  auto* command = app.add_subcommand(
      "calibrate", "fit a platform's efficiencies on HW-NAS-Bench's latencies and test the estimates on the rest");
  auto arguments = std::make_shared<CalibrateArguments>();
  CalibrateArguments& a = *arguments;
  command->add_option("TABLES", a.tables, "Folder with hw_cifar10.csv, hw_cifar100.csv, hw_ImageNet16-120.csv");
  command->add_option("--data-set", a.config.data_set, "Table to fit on; the others that are there are tested on, too")
      ->capture_default_str();
  command->add_option("--device", a.config.device, "Column: <device>_latency")->capture_default_str();
  command->add_option("--platform", a.platform, "Platform whose rates count, by name or file")->capture_default_str();
  command->add_option("--threads", a.config.threads, "With which the device ran")->capture_default_str();
  command->add_option("--sample", a.config.sample, "Networks to fit on")->capture_default_str();
  command->add_option("--choose", a.choice, "random, or spread: what tells the efficiencies apart best, by the counts")
      ->capture_default_str();
  command->add_option("--seeds", a.config.seeds, "Samples, one for each seed")->capture_default_str();
  command->add_option("--seed", a.config.seed, "The first one; the efficiencies shown are its")->capture_default_str();
  command->add_option("--overhead", a.config.overhead_us, "Microseconds for each operation, not fitted")
      ->capture_default_str();
  command->add_option("--cache", a.config.cache_kib, "KiB that stay in the cache, not fitted")->capture_default_str();
  command->add_option("--out", a.out, "Writes the efficiencies as the JSON of a platform's file");
  command->add_flag("--paper", a.paper,
                    "Instead: Table I's latencies beside the estimates that the platforms' files give");
  command->add_flag("--json", a.json, "Print JSON");
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::cli
