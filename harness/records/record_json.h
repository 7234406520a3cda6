#pragma once

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/base/names.h"

namespace flnas {

// A record is a plain struct with one static function that lists its members under their JSON keys, in order:
//
//     struct Point {
//       double x = 0;
//       std::optional<double> y;  // null where there is no figure
//       template <class Self, class Visit>
//       static void for_each_member(Self& self, Visit&& visit) { visit("x", self.x), visit("y", self.y); }
//     };

template <class T>
concept IsRecord = requires(T& record) {
  T::for_each_member(record, [](const char*, auto&) {});
};

template <IsRecord T>
Json record_to_json(const T& record);

/// The JSON key of a record's member.
template <class T, class M, class U>
const char* member_name(M U::*member) {
  static const T sample{};
  const char* name = nullptr;
  T::for_each_member(sample, [&](const char* key, const auto& value) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, M>) {
      if (&value == &(sample.*member)) name = key;
    }
  });
  if (name == nullptr) throw std::logic_error("a member that its for_each_member does not list");
  return name;
}

namespace record_detail {

template <class T>
struct OptionalOf : std::false_type {};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {};
template <class T>
struct RecordsOf : std::false_type {};
template <IsRecord T>
struct RecordsOf<std::vector<T>> : std::true_type {};

template <class T>
Json to_json(const T& value) {
  if constexpr (OptionalOf<T>::value) {
    return value ? to_json(*value) : Json(nullptr);
  } else if constexpr (IsRecord<T>) {
    return record_to_json(value);
  } else if constexpr (RecordsOf<T>::value) {
    Json list = Json::array();
    for (const auto& record : value) list.push_back(record_to_json(record));
    return list;
  } else if constexpr (std::is_floating_point_v<T>) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
  } else {
    return Json(value);
  }
}

template <class T>
void from_json(const Json& json, const std::string& where, T& value);

}  // namespace record_detail

template <IsRecord T>
Json record_to_json(const T& record) {
  Json json = Json::object();
  T::for_each_member(record, [&](const char* key, const auto& value) { json[key] = record_detail::to_json(value); });
  return json;
}

/// Fills every member; throws DataError, with `where` ("run.json", "run.json: model"), when a key is missing, unknown
/// or of another type. A key that may be null may be missing: records of earlier versions lack those added since. The
/// key "digest" (see record.h) is not a member.
template <IsRecord T>
T record_from_json(const Json& json, const std::string& where) {
  if (!json.is_object()) throw DataError(fmt::format("{}: expected an object, not {}", where, json.type_name()));
  T record;
  std::vector<std::string> keys;
  T::for_each_member(record, [&](const char* key, auto&) { keys.emplace_back(key); });
  for (const auto& [key, unused] : json.items()) {
    if (key != "digest" && std::find(keys.begin(), keys.end(), key) == keys.end()) {
      throw DataError(fmt::format("{}: {}", where, unknown_name("key", key, keys)));
    }
  }
  T::for_each_member(record, [&](const char* key, auto& value) {
    using Value = std::remove_reference_t<decltype(value)>;
    if (record_detail::OptionalOf<Value>::value && !json.contains(key)) return;
    if (!json.contains(key)) throw DataError(fmt::format("{}: no key '{}'", where, key));
    record_detail::from_json(json.at(key), fmt::format("{}: {}", where, key), value);
  });
  return record;
}

namespace record_detail {

template <class T>
void from_json(const Json& json, const std::string& where, T& value) {
  if constexpr (OptionalOf<T>::value) {
    if (json.is_null()) return value.reset();
    from_json(json, where, value.emplace());
  } else if constexpr (IsRecord<T>) {
    value = record_from_json<T>(json, where);
  } else if constexpr (RecordsOf<T>::value) {
    if (!json.is_array()) throw DataError(fmt::format("{}: expected a list, not {}", where, json.type_name()));
    for (std::size_t i = 0; i < json.size(); ++i) {
      value.push_back(record_from_json<typename T::value_type>(json[i], fmt::format("{}[{}]", where, i)));
    }
  } else if constexpr (std::is_same_v<T, Json>) {
    value = json;
  } else {
    // nlohmann converts any number to any other and a bool to a number; here types have to match.
    const bool wrong = (std::is_same_v<T, bool> != json.is_boolean()) ||
                       (std::is_integral_v<T> && !std::is_same_v<T, bool> && !json.is_number_integer());
    try {
      if (wrong) throw DataError(fmt::format("{}: cannot be {}", where, json.dump()));
      value = json.get<T>();
    } catch (const Json::exception&) {
      throw DataError(fmt::format("{}: cannot be {}", where, json.dump()));
    }
  }
}

}  // namespace record_detail
}  // namespace flnas
