#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace flnas {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256(std::string_view bytes);

/// SHA-256 of a file's content, read in pieces; throws IoError.
std::string sha256_file(const std::filesystem::path& file);

}  // namespace flnas
