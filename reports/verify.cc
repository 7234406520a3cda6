#include <fmt/format.h>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/verification/check.h"
#include "reports/report.h"
#include "reports/sections/sections.h"
#include "reports/verify/compare.h"

namespace flnas::reports {
namespace {

namespace fs = std::filesystem;

constexpr char kPdf[] = "report.pdf";

/// Whether a folder is a report's, though its list of files may be gone.
bool is_report(const fs::path& folder) {
  const auto has = [&](const char* file) { return fs::is_regular_file(folder / file); };
  return has(kManifest) || has("report.html") || has("report.md") || has("table1.csv");
}

/// With the stored drawings: another gnuplot draws differently.
Document made_again(const fs::path& dir) {
  Document document = build_document(load_report_inputs(dir));
  for (Figure* figure : figures(document)) {
    const fs::path drawn = dir / "report/figures" / (figure->id + ".svg");
    if (fs::is_regular_file(drawn)) figure->svg = read_file(drawn);
  }
  return document;
}

}  // namespace

void StoredReport::fail(const std::string& name, const std::string& where, const std::string& rule,
                        const std::string& message) {
  found.failures.push_back({"report/" + name, where, rule, message});
}

void StoredReport::skip(const std::string& name, const std::string& why) {
  found.skipped.push_back(fmt::format("report/{}: {}", name, why));
}

std::string StoredReport::text(const std::string& name) const { return read_file(folder / name); }

void compare_hashes(StoredReport& report) {
  for (const auto& [name, hash] : report.manifest.files) {
    if (!fs::is_regular_file(report.folder / name)) {
      report.fail(name, "", "report", fmt::format("missing; {}", kWriteAgain));
    } else if (sha256_file(report.folder / name) != hash) {
      report.fail(name, "", "report",
                  fmt::format("changed since it was written: not the SHA-256 of {}; {}", kManifest, kWriteAgain));
    }
  }
  if (fs::exists(report.folder / kPdf) && !report.has(kPdf)) {
    report.fail(kPdf, "", "report", fmt::format("not listed in {}; {}", kManifest, kWriteAgain));
  }
}

Verification verify_report(const fs::path& dir) {
  Verification found;
  const fs::path folder = dir / "report";
  if (!fs::is_directory(folder)) return found;
  StoredReport report{folder, {}, found};
  try {
    report.manifest = read_manifest(folder);
  } catch (const Error& error) {
    report.fail(kManifest, "", "report", fmt::format("{}; {}", error.what(), kWriteAgain));
    return found;
  }
  const Document made = made_again(dir);
  if (report.manifest.renderer == renderer_id()) {
    compare_files(report, made);
    compare_hashes(report);
    return found;
  }
  compare_tables(report, made);
  compare_pages(report);
  compare_hashes(report);
  report.skip(kManifest,
              "another version of the renderer wrote the report: its cells were compared with the records, its prose "
              "and figures with their hashes alone");
  return found;
}

std::vector<Verifier> verifiers() {
  const auto verify = [](Check& check, const std::string&, const VerifyRequest&) {
    check.add(verify_report(check.folder()));
  };
  return {{"report", "flnas report, reproduce", verify, is_report}};
}

}  // namespace flnas::reports
