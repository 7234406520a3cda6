#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

namespace flnas {

/// Records keep the order in which their fields are declared, so that people can read them.
using Json = nlohmann::ordered_json;

/// Parses `text`; throws DataError naming `where`, line and column.
Json parse_json(std::string_view text, std::string_view where);

/// Reads and parses a file; throws DataError when it is missing or is not JSON.
Json read_json(const std::filesystem::path& file);

/// Writes indented JSON, whole or not at all (see files.h). NaN becomes null.
void write_json(const std::filesystem::path& file, const Json& value);

}  // namespace flnas
