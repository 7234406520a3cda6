#pragma once

#include <string>

#include "harness/base/json.h"

namespace flnas::cli {

/// What metrics_report() says of a file, for a terminal: rates in per cent, groups of each attribute together, each
/// figure with its interval. Tables fit 80 columns; `wide` shows every figure of a group in one table.
std::string report_text(const Json& report, bool wide);

/// What compare_tables() says: a table of differences for each pair of files.
std::string comparisons_text(const Json& comparisons);

}  // namespace flnas::cli
