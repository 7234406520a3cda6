#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/base/json.h"

namespace flnas::searches {

/// What a search for JSON objects in a text found.
struct FoundJson {
  std::optional<Json> with_key;  ///< the last complete object that has the key, at any depth
  std::optional<Json> any;       ///< the last complete object that is not empty, at the top level
  std::string error;             ///< of the object that came furthest before it broke off; blank where none did
};

/// Looks at each '{' outside of complete objects. Objects nest at most 32 deep and have at most 100 keys; at most
/// 10,000 starts are tried, and the work is at most 64 times the text.
FoundJson find_json(std::string_view text, const std::string& key);

}  // namespace flnas::searches
