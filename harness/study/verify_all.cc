#include "harness/study/verify_all.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "harness/base/error.h"
#include "harness/latency/estimation/estimate_file.h"
#include "harness/records/store.h"
#include "harness/records/text_in.h"
#include "reports/report.h"

namespace flnas::study {
namespace {

/// The tables of every report that lies beside its records.
void add_tables(Verification& found, const std::filesystem::path& folder) {
  for (const auto& out : folders_with("report/files.json", folder)) {
    const auto prefix = out.lexically_normal().lexically_relative(folder.lexically_normal());
    try {
      const Verification report = reports::verify_report(out);
      const auto named = [&](const std::string& file) { return (prefix / file).lexically_normal().string(); };
      for (Failure failure : report.failures) {
        failure.file = named(failure.file);
        found.failures.push_back(failure);
      }
      for (const auto& skipped : report.skipped) found.skipped.push_back(named(skipped));
    } catch (const Error& error) {
      found.failures.push_back({(prefix / "report").lexically_normal().string(), "", "table", error.what()});
    }
  }
}

/// Reports whose list of files is gone: nothing of them could be compared.
void add_unlisted_reports(Verification& found, const std::filesystem::path& folder) {
  std::set<std::filesystem::path> unlisted;
  for (const char* file : {"report/report.html", "report/report.md", "report/table1.csv"}) {
    for (const auto& out : folders_with(file, folder)) {
      if (!std::filesystem::exists(out / "report/files.json")) unlisted.insert(out);
    }
  }
  for (const auto& out : unlisted) {
    const auto list = (out / "report/files.json").lexically_normal().lexically_relative(folder.lexically_normal());
    found.failures.push_back(
        {list.string(), "", "present", "the report's list of files is missing; write the report again (flnas report)"});
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
      if (text_in(record_folder / "run.json", "kind") != "hardware") continue;
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

}  // namespace

Verification verify_all(const VerifyRequest& request, const std::vector<Verifier>& others) {
  Verification found = verify(request.folder, request.adapter);
  add_estimates(found, request.folder);
  for (const auto& verifier : others) verifier(found, request);
  add_tables(found, request.folder);
  add_unlisted_reports(found, request.folder);
  return found;
}

Json to_json(const Verification& found) {
  Json json{{"verdict", found.failures.empty() ? "VALID" : "INVALID"}, {"failures", Json::array()}};
  for (const auto& failure : found.failures) {
    json["failures"].push_back(
        {{"file", failure.file}, {"where", failure.where}, {"rule", failure.rule}, {"message", failure.message}});
  }
  json["skipped"] = found.skipped;
  json["records"] = found.records;
  return json;
}

}  // namespace flnas::study
