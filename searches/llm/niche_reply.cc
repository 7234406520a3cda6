#include "searches/llm/niche_reply.h"

#include "harness/base/text.h"
#include "searches/llm/reply/json_object.h"

namespace flnas::searches {
namespace {

constexpr std::size_t kMostRules = 10, kMostChildren = 100, kMostText = 300;

std::vector<std::string> texts(const Json& object, const char* key) {
  std::vector<std::string> found;
  if (!object.contains(key) || !object[key].is_array()) return found;
  for (const Json& item : object[key]) {
    if (item.is_string() && found.size() < kMostRules) found.push_back(one_line(item.get<std::string>(), kMostText));
  }
  return found;
}

std::string text_of(const Json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? one_line(object[key].get<std::string>(), kMostText) : "";
}

}  // namespace

std::optional<Rules> read_rules(std::string_view reply) {
  const FoundJson found = find_json(reply, "positive");
  if (!found.with_key) return std::nullopt;
  return Rules{.positive = texts(*found.with_key, "positive"),
               .negative = texts(*found.with_key, "negative"),
               .ideas = texts(*found.with_key, "ideas")};
}

WrittenChildren read_children(std::string_view reply) {
  const FoundJson found = find_json(reply, "children");
  WrittenChildren written;
  if (!found.with_key) {
    written.problem = "the reply has no complete JSON object with a key \"children\"";
    if (!found.error.empty()) written.problem += ": " + found.error;
    return written;
  }
  const Json& children = (*found.with_key)["children"];
  if (!children.is_array() || children.empty()) {
    written.problem = "\"children\" is no list of children";
    return written;
  }
  for (const Json& child : children) {
    if (written.children.size() == kMostChildren) break;
    if (child.is_object()) {
      const bool in_json = child.contains("architecture") && child["architecture"].is_object();
      written.children.push_back(
          {in_json ? child["architecture"].dump() : text_of(child, "architecture"), text_of(child, "rationale")});
    }
    if (child.is_string()) written.children.push_back({one_line(child.get<std::string>(), kMostText), ""});
  }
  if (written.children.empty()) written.problem = "\"children\" holds no objects with a key \"architecture\"";
  return written;
}

}  // namespace flnas::searches
