#include "searches/core/choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "harness/base/text.h"

namespace flnas::searches {

bool Choice::offers(const Json& value) const { return std::find(values.begin(), values.end(), value) != values.end(); }

std::vector<std::string> Limits::exceeded_by(const CostEstimate& cost) const {
  std::vector<std::string> broken;
  const auto check = [&](const char* name, std::int64_t value, const std::optional<std::int64_t>& limit) {
    if (!limit || value <= *limit) return;
    broken.push_back(fmt::format("{}: {} exceed the limit of {}", name, with_thousands(value), with_thousands(*limit)));
  };
  check("parameters", cost.parameters, parameters);
  check("macs", cost.macs, macs);
  check("memory_bytes", cost.memory_bytes, memory_bytes);
  return broken;
}

std::string Limits::text() const {
  std::vector<std::string> parts;
  if (parameters) parts.push_back(with_thousands(*parameters) + " parameters");
  if (macs) parts.push_back(with_thousands(*macs) + " multiply-accumulates an image");
  if (memory_bytes) {
    parts.push_back(format_bytes(static_cast<double>(*memory_bytes)) +
                    " of memory in a training step (by an estimate)");
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

const Json& pick(const std::vector<Json>& values, Random& random) { return values[random.below(values.size())]; }

std::int64_t pick_between(std::int64_t low, std::int64_t high, Random& random) {
  return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low + 1)));
}

const Json& pick_sensible(const Choice& choice, const std::function<bool(const Json&)>& is_sensible, Random& random) {
  const auto& values = choice.values;
  const auto sensible = static_cast<std::size_t>(std::count_if(values.begin(), values.end(), is_sensible));
  if (sensible == 0) return pick(values, random);
  std::size_t left = random.below(sensible);
  for (const Json& value : values) {
    if (is_sensible(value) && left-- == 0) return value;
  }
  return values.front();
}

std::vector<Json> near_values(const Choice& choice, const Json& present) {
  constexpr std::size_t kFew = 8;
  std::vector<Json> values = choice.values;
  if (values.size() > kFew) {
    std::sort(values.begin(), values.end());
    const auto at = std::lower_bound(values.begin(), values.end(), present);
    std::vector<Json> near;
    if (at != values.begin()) near.push_back(*(at - 1));
    const auto above = std::upper_bound(values.begin(), values.end(), present);
    if (above != values.end()) near.push_back(*above);
    return near;
  }
  std::erase(values, present);
  return values;
}

void require_offered(std::vector<std::string>& problems, const std::string& place, const Json& value,
                     const Choice& choice) {
  if (choice.offers(value)) return;
  problems.push_back(fmt::format("{}: {} is not among the choices ({})", place, value.dump(), choice.text));
}

void require_count(std::vector<std::string>& problems, const std::string& place, const char* of, std::size_t count,
                   std::int64_t least, std::int64_t most) {
  const auto n = static_cast<std::int64_t>(count);
  if (n >= least && n <= most) return;
  problems.push_back(fmt::format("{}: {} {}, the choices allow {} to {}", place, n, of, least, most));
}

std::string choice_line(const std::string& name, const Choice& choice) {
  constexpr std::size_t kMost = 200;  // characters
  return fmt::format("- {}: {}{}\n", name, choice.text.substr(0, kMost), choice.text.size() > kMost ? ", ..." : "");
}

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

}  // namespace flnas::searches
