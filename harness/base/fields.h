#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/hash.h"
#include "harness/base/json.h"
#include "harness/base/names.h"

namespace flnas {

// A configuration is a plain struct with defaults and one static function that lists its fields:
//
//     struct TrainConfig {
//       double lr = 1e-3;
//       template <class Self, class Visit>
//       static void for_each_field(Self& self, Visit&& visit) {
//         visit("lr", self.lr, "learning rate of Adam");
//       }
//     };
//
// From that one list come its JSON form, strict parsing, the hash, the flags and their help (harness/cli/options.h),
// and the command that repeats what was asked for (harness/base/command_line.h). A field's name with '-' for '_' is its
// flag; a fourth argument of `visit` says what a command line needs to know beyond that.

/// How a field is given on a command line, where that is not an optional `--name VALUE`.
struct FieldTraits {
  /// What stands for the value in the help and guides completion: "DIR", "FILE", "MODEL", "A,B", or the valid values
  /// "constant|cosine". Blank: the type's.
  std::string value;
  bool positional = false;  ///< a word without a flag; a list takes all that follow
  bool required = false;
  std::string group;  ///< heading in the help; blank: "Options"
};

/// Visits the fields of a part of a configuration as fields of the whole, under one heading of the help:
///
///     visit_part(self.train, "Training", visit);
template <class Part, class Visit>
void visit_part(Part& part, const char* group, Visit&& visit) {
  std::remove_const_t<Part>::for_each_field(
      part, [&](const char* name, auto& value, const char* help, FieldTraits traits = {}) {
        if (traits.group.empty()) traits.group = group;
        visit(name, value, help, traits);
      });
}

/// The fields in declared order.
template <class Config>
Json config_to_json(const Config& config) {
  Json json = Json::object();
  Config::for_each_field(
      config, [&](const char* name, const auto& value, const char*, const FieldTraits& = {}) { json[name] = value; });
  return json;
}

/// Overwrites the fields that `json` names; throws ConfigError on an unknown key (naming the nearest) or a wrong type.
template <class Config>
void config_from_json(Config& config, const Json& json, std::string_view where) {
  if (!json.is_object()) throw ConfigError(fmt::format("{}: expected a JSON object", where));
  std::vector<std::string> names;
  Config::for_each_field(
      config, [&](const char* name, auto&, const char*, const FieldTraits& = {}) { names.emplace_back(name); });
  for (const auto& [key, unused] : json.items()) {
    try {
      find_name("key", key, names);
    } catch (Error& error) {
      error.add_context(where);
      throw;
    }
  }
  Config::for_each_field(config, [&](const char* name, auto& value, const char*, const FieldTraits& = {}) {
    if (!json.contains(name)) return;
    try {
      json.at(name).get_to(value);
    } catch (const Json::exception&) {
      throw ConfigError(fmt::format("{}: key '{}' cannot be {}", where, name, json.at(name).dump()));
    }
  });
}

/// First 12 hex digits of the SHA-256 of the JSON form: names a run's folder and guards a checkpoint.
template <class Config>
std::string config_hash(const Config& config) {
  return sha256(config_to_json(config).dump()).substr(0, 12);
}

/// Throws one ConfigError that lists every problem; does nothing when there is none.
inline void require_valid(const std::vector<std::string>& problems) {
  if (!problems.empty()) throw ConfigError(fmt::format("{}", fmt::join(problems, "; ")));
}

}  // namespace flnas
