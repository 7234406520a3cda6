#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/process.h"
#include "harness/results/verify.h"

namespace flnas::reports {

/// Writes the report of the reproduction in `dir` to `out`: report.html, report.md, report.tex; for each table
/// <id>.csv, <id>.json, <id>.tex, <id>.md; figures/<id>.svg with the gnuplot script beside it; report.pdf where
/// latexmk is installed; and files.json, the SHA-256 of each. Depends on the records alone: no clock, no machine.
/// Returns one line for each thing that had to be left out (gnuplot or latexmk missing). Throws DataError when `dir`
/// holds no reproduction.
std::vector<std::string> write_report(const std::filesystem::path& dir, const std::filesystem::path& out,
                                      Processes& processes = system_processes());

/// Makes the tables of `dir` anew from its records and compares those stored in dir/report cell by cell (JSON and
/// CSV), then every other file of the report with its SHA-256 in files.json. Empty when all agree, or when there is no
/// report. Rules: "table", "report".
std::vector<Failure> verify_tables(const std::filesystem::path& dir);

}  // namespace flnas::reports
