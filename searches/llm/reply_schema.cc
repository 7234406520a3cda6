#include "searches/llm/reply_schema.h"

#include <string>
#include <utility>
#include <vector>

namespace flnas::searches {
namespace {

constexpr int kMostReasoning = 600, kMostText = 300, kMostRules = 10;  ///< characters, and texts

Json text(int most) { return {{"type", "string"}, {"maxLength", most}}; }

/// An object with these keys, in this order, which a grammar keeps.
Json object_of(const std::vector<std::pair<std::string, Json>>& properties) {
  Json schema = {{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
  for (const auto& [key, value] : properties) {
    schema["properties"][key] = value;
    schema["required"].push_back(key);
  }
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace

Json architecture_reply_schema(const SearchSpace& space) {
  return object_of({{"reasoning", text(kMostReasoning)}, {"architecture", space.schema()}});
}

Json children_reply_schema(const SearchSpace& space, std::size_t most) {
  const Json child = object_of({{"operator", {{"enum", {"crossover", "mutation"}}}},
                                {"architecture", space.schema()},
                                {"rationale", text(kMostText)}});
  return object_of({{"children", {{"type", "array"}, {"minItems", 1}, {"maxItems", most}, {"items", child}}}});
}

Json rules_reply_schema() {
  const Json rules = {{"type", "array"}, {"maxItems", kMostRules}, {"items", text(kMostText)}};
  return object_of({{"positive", rules}, {"negative", rules}, {"ideas", rules}});
}

}  // namespace flnas::searches
