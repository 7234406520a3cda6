#pragma once

#include <filesystem>
#include <string>

#include "harness/base/json.h"

namespace flnas {

/// A text member of the object in a JSON file, such as its "kind"; blank if there is none, whatever else the file
/// holds. Throws as read_json does.
inline std::string text_in(const std::filesystem::path& file, const std::string& key) {
  const Json json = read_json(file);
  return json.is_object() && json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

}  // namespace flnas
