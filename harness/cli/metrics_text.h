#pragma once

#include <string>

#include "harness/base/json.h"
#include "harness/base/text_table.h"

namespace flnas::cli {

/// A metrics_report() for a terminal: rates in per cent, groups of each attribute together, each figure with its
/// interval. Tables fit 80 columns; a whole form shows every figure of a group in one table.
std::string report_text(const Json& report, const TableForm& form);

/// The result of compare_tables() for a terminal: a table of differences for each pair of files.
std::string comparisons_text(const Json& comparisons, const TableForm& form);

}  // namespace flnas::cli
