#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flnas {

/// Insertions, deletions and substitutions of one character that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The valid name with the smallest edit distance, or an empty string when `valid` is empty.
std::string nearest_name(std::string_view name, const std::vector<std::string>& valid);

/// "unknown model 'resnet81'; did you mean 'resnet18'? (valid: a, b, c)": the text of a ConfigError or DataError.
/// A name of foreign text is shown on one line and cut at 100 bytes.
std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<std::string>& valid);

/// The index of `name` in `valid`; throws ConfigError with `unknown_name`.
std::size_t find_name(std::string_view kind, std::string_view name, const std::vector<std::string>& valid);

}  // namespace flnas
