#pragma once

#include <string>
#include <vector>

#include "harness/base/json.h"

namespace flnas {

/// What is wrong with `value` by a JSON schema, one line each: "labels.classes: expected a list of texts; it is 3".
/// Knows the words that datasets/adapter.schema.json uses: type, properties, required, additionalProperties, items,
/// minItems, maxItems, minProperties, const, anyOf and $ref to $defs. A misspelt key names the
/// nearest one. `place`: of the value, blank for the whole file.
std::vector<std::string> schema_problems(const Json& value, const Json& schema, const std::string& place = "");

}  // namespace flnas
