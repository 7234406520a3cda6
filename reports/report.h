#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/process.h"
#include "harness/verification/verify.h"

namespace flnas::reports {

/// Writes the report of the reproduction in `dir` to `out`: report.html, report.md, report.tex; for each table
/// <id>.csv, <id>.json, <id>.tex, <id>.md; figures/<id>.svg with the gnuplot script beside it; report.pdf where
/// latexmk is installed; and files.json, the SHA-256 of each. Depends on the records alone: no clock, no machine.
/// Returns one line for each thing that had to be left out (gnuplot or latexmk missing). Throws DataError when `dir`
/// holds no reproduction.
std::vector<std::string> write_report(const std::filesystem::path& dir, const std::filesystem::path& out,
                                      Processes& processes = system_processes());

/// Renders the report of `dir` anew from its records, with the stored drawings, and compares what is stored in
/// dir/report: tables for programs (JSON and CSV) cell by cell, everything else byte by byte; then every file, the
/// drawings and the PDF among them, with its SHA-256 in files.json. Empty when all agree, or when there is no report.
/// Rules: "table", "report".
std::vector<Failure> verify_tables(const std::filesystem::path& dir);

}  // namespace flnas::reports
