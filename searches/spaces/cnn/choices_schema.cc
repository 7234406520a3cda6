#include "searches/spaces/cnn/choices_schema.h"

#include <utility>
#include <vector>

namespace flnas::searches {
namespace {

Json one_of(const Choice& choice) { return {{"enum", choice.values}}; }

Json list_of(Json items, std::int64_t least, std::int64_t most) {
  return {{"type", "array"}, {"minItems", least}, {"maxItems", most}, {"items", std::move(items)}};
}

Json object_of(Json properties) {
  std::vector<std::string> keys;
  for (const auto& [key, schema] : properties.items()) keys.push_back(key);
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(keys)},
          {"additionalProperties", false}};
}

Json properties_of(const std::vector<Choice>& choices) {
  Json properties = Json::object();
  for (const Choice& choice : choices) properties[choice.key] = one_of(choice);
  return properties;
}

}  // namespace

Json choices_schema(const Choices& choices) {
  Json head = properties_of(choices.head);
  head["hidden"] = list_of(one_of(choices.width), choices.least_hidden, choices.most_hidden);
  return object_of(
      {{"stages", list_of(object_of(properties_of(choices.stage)), choices.least_stages, choices.most_stages)},
       {"head", object_of(std::move(head))}});
}

}  // namespace flnas::searches
