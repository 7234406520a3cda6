#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/process.h"
#include "harness/verification/verify_all.h"

namespace flnas::reports {

/// Writes the report of the reproduction in `dir` to `out`: report.html, report.md, report.tex; for each table
/// <id>.csv, <id>.json, <id>.tex, <id>.md; figures/<id>.svg with the gnuplot script beside it; report.pdf where
/// latexmk is installed; and files.json, the SHA-256 of each. Depends on the records alone: no clock, no machine.
/// Returns one line for each thing that had to be left out (gnuplot or latexmk missing). Throws DataError when `dir`
/// holds no reproduction.
std::vector<std::string> write_report(const std::filesystem::path& dir, const std::filesystem::path& out,
                                      Processes& processes = system_processes());

/// What is stored in dir/report against the records: every file has the SHA-256 of files.json, the drawings and the PDF
/// among them. Where this same renderer wrote it, it is rendered anew, with the stored drawings: tables for programs
/// (JSON and CSV) are compared cell by cell, everything else byte by byte. Where another version did, whose captions
/// and sentences may differ, the numbers of its tables are compared with the records' and every cell of its pages with
/// its tables; what can only be compared by hash is listed as skipped. Nothing to find when there is no report. Rules:
/// "table", "report".
Verification verify_report(const std::filesystem::path& dir);

/// The row of reports in the table of records (harness/verification/verify_all.h): each folder "report" with a page,
/// a table or a list of files.
std::vector<Verifier> verifiers();

}  // namespace flnas::reports
