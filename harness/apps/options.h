#pragma once

#include <CLI/App.hpp>
#include <algorithm>
#include <string>
#include <vector>

namespace flnas::apps {

/// "class_weights" as it is written on the command line: "class-weights".
inline std::string flag_name(std::string field) {
  std::replace(field.begin(), field.end(), '_', '-');
  return field;
}

/// One `--flag` per field of a configuration (harness/base/fields.h), with its help and default.
template <class Config>
void add_config_options(CLI::App& command, Config& config) {
  Config::for_each_field(config, [&](const char* name, auto& value, const char* help) {
    command.add_option("--" + flag_name(name), value, help)->capture_default_str();
  });
}

}  // namespace flnas::apps
