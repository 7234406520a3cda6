#include "datasets/adapters/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

std::string shown(const Json& value) {
  return one_line(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

bool has_type(const Json& value, const std::string& type) {
  return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
         (type == "string" && value.is_string()) || (type == "number" && value.is_number()) ||
         (type == "integer" && value.is_number_integer()) || (type == "boolean" && value.is_boolean()) ||
         (type == "null" && value.is_null());
}

/// "a list of texts"
std::string in_words(const Json& schema) {
  static const std::map<std::string, std::string> words = {{"object", "an object {}"},   {"string", "a text"},
                                                           {"number", "a number"},       {"integer", "a whole number"},
                                                           {"boolean", "true or false"}, {"null", "null"}};
  const Json type = schema.value("type", Json());
  if (type.is_array()) {
    std::string text;
    for (const Json& one : type) text += (text.empty() ? "" : " or ") + in_words({{"type", one}});
    return text;
  }
  if (type == "array") {
    const Json items = schema.value("items", Json::object());
    return items.value("type", "") == "string" ? "a list of texts" : "a list";
  }
  const auto found = words.find(type.is_string() ? type.get<std::string>() : "");
  return found == words.end() ? "another value" : found->second;
}

class Checker {
 public:
  explicit Checker(const Json& root) : root_(root) {}

  void check(const Json& value, const Json& schema, const std::string& place) {
    if (schema.contains("$ref")) {
      const std::string name = schema["$ref"].get<std::string>();
      return check(value, root_["$defs"][name.substr(name.rfind('/') + 1)], place);
    }
    if (schema.contains("anyOf")) return check_any(value, schema, place);
    if (schema.contains("const") && value != schema["const"]) {
      return problem(place, fmt::format("expected {}; it is {}", shown(schema["const"]), shown(value)));
    }
    if (schema.contains("type") && !fits(value, schema["type"])) {
      return problem(place, fmt::format("expected {}; it is {}", in_words(schema), shown(value)));
    }
    if (value.is_object()) check_object(value, schema, place);
    if (value.is_array()) check_array(value, schema, place);
  }

  std::vector<std::string> problems;

 private:
  static bool fits(const Json& value, const Json& type) {
    if (type.is_string()) return has_type(value, type.get<std::string>());
    return std::any_of(type.begin(), type.end(), [&](const Json& one) { return has_type(value, one); });
  }
  void problem(const std::string& place, const std::string& what) {
    problems.push_back(place.empty() ? what : place + ": " + what);
  }
  static std::string below(const std::string& place, const std::string& key) {
    return place.empty() ? key : place + "." + key;
  }

  /// The alternative of the value's type explains what is wrong; without one, all that are possible.
  void check_any(const Json& value, const Json& schema, const std::string& place) {
    std::string wanted;
    for (const Json& option : schema["anyOf"]) {
      if (fits(value, option["type"])) return check(value, option, place);
      wanted += (wanted.empty() ? "" : " or ") + in_words(option);
    }
    problem(place, fmt::format("expected {}; it is {}", wanted, shown(value)));
  }

  void check_object(const Json& value, const Json& schema, const std::string& place) {
    const Json known = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json(true));
    std::vector<std::string> names;
    for (const auto& [name, unused] : known.items()) names.push_back(name);
    for (const auto& [key, item] : value.items()) {
      if (known.contains(key)) {
        check(item, known[key], below(place, key));
      } else if (others.is_object()) {
        check(item, others, below(place, key));
      } else if (others == false) {
        problem(place, unknown_name("key", key, names));
      }
    }
    for (const Json& key : schema.value("required", Json::array())) {
      if (!value.contains(key.get<std::string>())) {
        problem(place, fmt::format("key '{}' is missing", key.get<std::string>()));
      }
    }
    if (value.size() < schema.value("minProperties", std::size_t{0})) problem(place, "is empty");
  }

  void check_array(const Json& value, const Json& schema, const std::string& place) {
    if (value.size() < schema.value("minItems", std::size_t{0}) ||
        value.size() > schema.value("maxItems", value.size())) {
      problem(place, fmt::format("has {} entries; {} {} needed", value.size(),
                                 schema.contains("maxItems") ? "exactly" : "at least", schema["minItems"].dump()));
    }
    if (!schema.contains("items")) return;
    for (std::size_t i = 0; i < value.size(); ++i) check(value[i], schema["items"], fmt::format("{}[{}]", place, i));
  }

  const Json& root_;
};

}  // namespace

std::vector<std::string> schema_problems(const Json& value, const Json& schema, const std::string& place) {
  Checker checker(schema);
  checker.check(value, schema, place);
  return std::move(checker.problems);
}

}  // namespace flnas
