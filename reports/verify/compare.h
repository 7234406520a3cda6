#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/verification/verification.h"
#include "reports/document/document.h"
#include "reports/verify/manifest.h"

namespace flnas::reports {

inline constexpr char kWriteAgain[] = "write the report again (`flnas report`) or restore the file";

/// A stored report under verification: differences are added to `failures`, and what could not be compared to
/// `skipped`.
struct StoredReport {
  std::filesystem::path folder;
  Manifest manifest;
  Verification& found;

  /// Rules: "table", "report". `where` as in Failure.
  void fail(const std::string& name, const std::string& where, const std::string& rule, const std::string& message);
  void skip(const std::string& name, const std::string& why);
  bool has(const std::string& name) const { return manifest.files.contains(name); }
  std::string text(const std::string& name) const;
};

/// Checks that every listed file is here as it was written.
void compare_hashes(StoredReport& report);

/// The report of this same renderer: every file is what the records give, tables for programs cell by cell, the others
/// byte by byte.
void compare_files(StoredReport& report, const Document& made);

/// A report of another version of the renderer, whose prose may differ: each table's <id>.json against the table that
/// the records give, where this version still makes it. Numbers, their intervals, their origin and every word with a
/// digit must agree; wording may not, and is then listed as skipped.
void compare_tables(StoredReport& report, const Document& made);

/// The report's own formats against each other: each <id>.csv and every cell of <id>.md, <id>.tex and report.html says
/// what <id>.json says; report.md and report.tex hold the same tables, and link those beside the pages.
void compare_pages(StoredReport& report);

}  // namespace flnas::reports
