#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"
#include "harness/base/text_table.h"

namespace flnas::searches {

/// A search.json for a terminal: designs, counts, questions, test figures, niches. `example`: what a row of the data is
/// called (Adapter::example).
std::string training_search_text(const Json& record, const std::filesystem::path& out, const TableForm& form,
                                 const std::string& example);

}  // namespace flnas::searches
