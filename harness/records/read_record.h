#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "harness/base/error.h"
#include "harness/records/record_json.h"

namespace flnas {

// Records of any version: structs with for_each_member (record_json.h), read without regard to keys that they do not
// name. Members that older versions lack need a type that can be absent:
//
//     std::optional<T>               absent or null: no value
//     std::vector<T>, ByName<T>      absent or null: empty
//     Json                           free form, absent: null
//     anything else                  required

/// A JSON object whose keys are data: groups, classes, models. In the file's order.
template <class T>
struct ByName {
  std::vector<std::pair<std::string, T>> items;

  const T* find(std::string_view name) const {
    for (const auto& [key, value] : items) {
      if (key == name) return &value;
    }
    return nullptr;
  }
  T* find(std::string_view name) { return const_cast<T*>(std::as_const(*this).find(name)); }
  /// The value under the name, created if there is none.
  T& at(const std::string& name) {
    if (T* found = find(name)) return *found;
    return items.emplace_back(name, T{}).second;
  }
  auto begin() const { return items.begin(); }
  auto end() const { return items.end(); }
  bool empty() const { return items.empty(); }
  std::size_t size() const { return items.size(); }
};

/// How record_to_json writes one.
template <class T>
void to_json(Json& json, const ByName<T>& values) {
  json = Json::object();
  for (const auto& [key, value] : values) json[key] = record_detail::to_json(value);
}

namespace read_detail {

template <class T>
inline constexpr bool kIsOptional = record_detail::OptionalOf<T>::value;
template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};
template <class T>
struct IsByName : std::false_type {};
template <class T>
struct IsByName<ByName<T>> : std::true_type {};

template <class T>
inline constexpr bool kMayBeAbsent =
    kIsOptional<T> || IsList<T>::value || IsByName<T>::value || std::is_same_v<T, Json>;

template <class T>
bool fits(const Json& json) {
  if constexpr (std::is_same_v<T, bool>) return json.is_boolean();
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) return json.is_number_integer();
  if constexpr (std::is_floating_point_v<T>) return json.is_number();
  return json.is_string();
}

}  // namespace read_detail

/// Throws DataError naming `where` ("search.json: trajectory[2]: scores") where the JSON is of another type, or a
/// required key is missing.
template <class T>
void read_value(const Json& json, const std::string& where, T& value) {
  using namespace read_detail;
  const auto expect = [&](bool right, const char* what) {
    if (!right) throw DataError(fmt::format("{}: expected {}, not {}", where, what, json.type_name()));
  };
  if constexpr (std::is_same_v<T, Json>) {
    value = json;
  } else if constexpr (kIsOptional<T>) {
    value.reset();
    if (!json.is_null()) read_value(json, where, value.emplace());
  } else if constexpr (IsList<T>::value) {
    value.clear();
    if (json.is_null()) return;
    expect(json.is_array(), "a list");
    for (std::size_t i = 0; i < json.size(); ++i) {
      read_value(json[i], fmt::format("{}[{}]", where, i), value.emplace_back());
    }
  } else if constexpr (IsByName<T>::value) {
    value.items.clear();
    if (json.is_null()) return;
    expect(json.is_object(), "an object");
    for (const auto& [key, inner] : json.items()) {
      read_value(inner, where + ": " + key,
                 value.items.emplace_back(key, typename decltype(value.items)::value_type::second_type{}).second);
    }
  } else if constexpr (IsRecord<T>) {
    expect(json.is_object(), "an object");
    T::for_each_member(value, [&](const char* key, auto& member) {
      if (const auto found = json.find(key); found != json.end()) {
        read_value(*found, where + ": " + key, member);
      } else if constexpr (!kMayBeAbsent<std::remove_cvref_t<decltype(member)>>) {
        throw DataError(fmt::format("{}: no key '{}'", where, key));
      }
    });
  } else {
    expect(fits<T>(json), std::is_same_v<T, std::string> ? "a text"
                          : std::is_same_v<T, bool>      ? "true or false"
                                                         : "a number");
    json.get_to(value);
  }
}

template <IsRecord T>
T read_as(const Json& json, const std::string& where) {
  T record;
  read_value(json, where, record);
  return record;
}

/// Calls `change` on every text of a record at any depth, but not on free-form JSON.
template <class T, class Change>
void for_each_text(T& value, Change&& change) {
  using namespace read_detail;
  using Plain = std::remove_cvref_t<T>;
  if constexpr (std::is_same_v<Plain, std::string>) {
    change(value);
  } else if constexpr (kIsOptional<Plain>) {
    if (value) for_each_text(*value, change);
  } else if constexpr (IsList<Plain>::value) {
    if constexpr (!std::is_same_v<Plain, std::vector<bool>>) {
      for (auto& item : value) for_each_text(item, change);
    }
  } else if constexpr (IsByName<Plain>::value) {
    for (auto& [key, item] : value.items) change(key), for_each_text(item, change);
  } else if constexpr (IsRecord<Plain>) {
    Plain::for_each_member(value, [&](const char*, auto& member) { for_each_text(member, change); });
  }
}

}  // namespace flnas
