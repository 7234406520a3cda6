#pragma once

#include <filesystem>
#include <string>

#include "harness/base/text_table.h"

namespace flnas::cli {

/// The main columns of a report's table of models (`report`/table1.csv), with 95 % intervals, for those that were
/// trained: accuracy and Unfairness; a whole form also has balanced accuracy, EODD and parameters. Beside them the
/// paper's values where the report has them. Below it the sentences of the report's first screen
/// (`report`/summary.txt). What the report does not have is left out.
std::string study_text(const std::filesystem::path& report, const TableForm& form);

}  // namespace flnas::cli
