#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <string>

#include "harness/base/error.h"
#include "harness/cli/commands.h"
#include "harness/cli/nas/verify.h"
#include "harness/cli/search/verify_searches.h"
#include "harness/cli/transformers/verify.h"
#include "harness/latency/estimation/estimate_file.h"
#include "harness/records/store.h"
#include "harness/verification/verify.h"
#include "reports/report.h"

namespace flnas::cli {
namespace {

/// The tables of every report that lies beside its records.
void add_tables(Verification& found, const std::filesystem::path& folder) {
  for (const auto& out : folders_with("report/files.json", folder)) {
    const auto prefix = out.lexically_normal().lexically_relative(folder.lexically_normal());
    try {
      for (Failure failure : reports::verify_tables(out)) {
        failure.file = (prefix / failure.file).lexically_normal().string();
        found.failures.push_back(failure);
      }
    } catch (const Error& error) {
      found.failures.push_back({(prefix / "report").lexically_normal().string(), "", "table", error.what()});
    }
  }
}

/// Estimates, computed again from what lies beside them.
void add_estimates(Verification& found, const std::filesystem::path& folder) {
  const auto fail = [&](const std::filesystem::path& record, const std::string& message) {
    const auto file = (record / "run.json").lexically_normal().lexically_relative(folder.lexically_normal());
    found.failures.push_back({file.string(), "latency", "estimate", message});
  };
  const auto close = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); };
  for (const auto& record_folder : find_records(folder)) {
    try {
      if (read_json(record_folder / "run.json").value("kind", "") != "hardware") continue;
      const HardwareRecord record = read_hardware(record_folder);
      if (!record.latency || record.latency->mark != "estimated") continue;
      const LatencyEstimate again = estimate_of(read_estimate(record_folder / "estimate.json"));
      const LatencySummary& latency = *record.latency;
      if (!close(latency.median_us, again.median_us) || !close(latency.low_us, again.low_us) ||
          !close(latency.high_us, again.high_us)) {
        fail(record_folder, fmt::format("recorded {} us, computed {} us", latency.median_us, again.median_us));
      }
    } catch (const Error& error) {
      fail(record_folder, error.what());
    }
  }
}

Json verification_json(const Verification& found) {
  Json json{{"verdict", found.failures.empty() ? "VALID" : "INVALID"}, {"failures", Json::array()}};
  for (const auto& failure : found.failures) {
    json["failures"].push_back(
        {{"file", failure.file}, {"where", failure.where}, {"rule", failure.rule}, {"message", failure.message}});
  }
  json["skipped"] = found.skipped;
  json["records"] = found.records;
  return json;
}

std::string verification_text(const Verification& found) {
  std::string text;
  for (const auto& why : found.skipped) text += "skipped " + why + "\n";
  for (const auto& failure : found.failures) {
    text += fmt::format("{}{}{}: {} [{}]\n", failure.file, failure.where.empty() ? "" : ", ", failure.where,
                        failure.message, failure.rule);
  }
  if (found.failures.empty()) return text + fmt::format("VALID: {} records recomputed\n", found.records);
  return text + fmt::format("INVALID: {} failures in {} records\n", found.failures.size(), found.records);
}

void run(const std::string& folder, const std::string& adapter, const std::string& tables, bool json, int& exit_code) {
  Verification found = verify(folder, adapter);
  add_estimates(found, folder);
  verify_searches(found, folder, adapter);
  verify_transformer_searches(found, folder);
  verify_nas_tables(found, folder, tables);
  add_tables(found, folder);
  fmt::print("{}", json ? verification_json(found).dump(2) + "\n" : verification_text(found));
  exit_code = found.failures.empty() ? 0 : 1;
}

}  // namespace

void add_verify(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("verify", "recompute every figure from the raw samples: VALID, or INVALID and why");
  auto folder = std::make_shared<std::string>();
  auto adapter = std::make_shared<std::string>();
  auto tables = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("folder", *folder, "a reproduction, a run, or a folder that holds some")
      ->required()
      ->option_text("DIR");
  command->add_option("--adapter", *adapter,
                      "data set: the adapter .json that the runs were made with (default: by name)");
  command->add_option("--tables", *tables,
                      "folder of the tables that searches were made on (default: the one that they name)");
  command->add_flag("--json", *json, "print JSON");
  command->callback([folder, adapter, tables, json, &exit_code] { run(*folder, *adapter, *tables, *json, exit_code); });
}

}  // namespace flnas::cli
