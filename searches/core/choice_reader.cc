#include "searches/core/choice_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <type_traits>

#include "harness/base/names.h"

namespace flnas::searches {
namespace {

/// A range longer than this is a slip of the hand.
constexpr std::int64_t kMostValues = 10'000;

}  // namespace

bool ChoiceReader::object(const Json& json, const std::string& place, const std::vector<std::string>& keys,
                          std::size_t optional) {
  if (!json.is_object()) {
    problem(place, "expected an object");
    return false;
  }
  for (const auto& [key, unused] : json.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) problem(place, unknown_name("key", key, keys));
  }
  bool complete = true;
  for (std::size_t i = 0; i + optional < keys.size(); ++i) {
    if (json.contains(keys[i])) continue;
    problem(place, fmt::format("no key '{}'", keys[i]));
    complete = false;
  }
  return complete;
}

Choice ChoiceReader::choice(const Json& json, const std::string& place, const std::string& key) {
  Choice choice{key, {}, {}};
  if (json.is_object()) {
    std::int64_t from = 0, to = 0, step = 1;
    if (!range(json, place, from, to, step)) return choice;
    for (std::int64_t value = from; value <= to; value += step) choice.values.emplace_back(value);
    choice.text = fmt::format("{} to {}{}", from, to, step == 1 ? "" : fmt::format(" in steps of {}", step));
  } else if (json.is_array() && !json.empty() && json.size() <= kMostValues) {
    choice.values.assign(json.begin(), json.end());
    std::vector<std::string> texts;
    for (const Json& value : json) texts.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    choice.text = fmt::format("{}", fmt::join(texts, ", "));
  } else {
    problem(place, "expected a list of values, or {\"from\", \"to\", \"step\"}");
  }
  return choice;
}

bool ChoiceReader::range(const Json& json, const std::string& place, std::int64_t& from, std::int64_t& to,
                         std::int64_t& step) {
  if (!object(json, place, {"from", "to", "step"}, 1)) return false;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_number_integer() || value.get<double>() < 0 || value.get<double>() > 1e9) {
      problem(place, fmt::format("{}: expected an integer of 0 or more, not {}", key, value.dump()));
      return false;
    }
  }
  from = json["from"], to = json["to"], step = json.value("step", std::int64_t{1});
  if (from > to) {
    problem(place, fmt::format("nothing lies between {} and {}", from, to));
  } else if (step < 1 || (to - from) / step >= kMostValues) {
    problem(place, fmt::format("a step of {} gives no usable list", step));
  } else {
    return true;
  }
  return false;
}

Limits ChoiceReader::limits(const Json& json) {
  Limits limits;
  const Json given = json.value("limits", Json::object());
  if (!object(given, "limits", {"parameters", "macs", "memory_bytes", "latency_us"}, 4)) return limits;
  const auto read = [&](const char* key, auto& value) {
    if (!given.contains(key) || given[key].is_null()) return;
    if (!given[key].is_number() || given[key].get<double>() <= 0 || given[key].get<double>() > 1e18) {
      return problem("limits", fmt::format("{}: expected a number above 0, or null", key));
    }
    value = static_cast<typename std::remove_reference_t<decltype(value)>::value_type>(given[key].get<double>());
  };
  read("parameters", limits.parameters);
  read("macs", limits.macs);
  read("memory_bytes", limits.memory_bytes);
  read("latency_us", limits.latency_us);
  return limits;
}

}  // namespace flnas::searches
