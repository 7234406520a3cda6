// The words of a command line: flags of settings, and commands that a shell reads back.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "harness/base/text.h"

namespace flnas {

/// "class_weights" as it is written on the command line: "class-weights".
inline std::string flag_name(std::string field) {
  std::replace(field.begin(), field.end(), '_', '-');
  return field;
}

/// The flags that repeat a configuration: those that differ from the defaults.
template <class Config>
std::vector<std::string> changed_flags(const Config& config) {
  std::vector<std::string> defaults;
  const auto text = [](const auto& value) { return fmt::format("{}", value); };
  const Config unchanged;
  Config::for_each_field(unchanged,
                         [&](const char*, const auto& value, const char*) { defaults.push_back(text(value)); });
  std::vector<std::string> flags;
  std::size_t field = 0;
  Config::for_each_field(config, [&](const char* name, const auto& value, const char*) {
    if (text(value) == defaults[field++]) return;
    flags.push_back("--" + flag_name(name));
    flags.push_back(text(value));
  });
  return flags;
}

/// A command line that a shell reads back as these arguments.
inline std::string command_line(const std::vector<std::string>& arguments) {
  std::vector<std::string> quoted;
  for (const auto& argument : arguments) quoted.push_back(shell_quote(argument));
  return fmt::format("{}", fmt::join(quoted, " "));
}

}  // namespace flnas
