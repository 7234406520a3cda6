#pragma once

#include <CLI/App.hpp>

#include "harness/base/command_line.h"

namespace flnas::cli {

/// One `--flag` per field of a configuration (harness/base/fields.h), with its help and default.
template <class Config>
void add_config_options(CLI::App& command, Config& config) {
  Config::for_each_field(config, [&](const char* name, auto& value, const char* help) {
    command.add_option("--" + flag_name(name), value, help)->capture_default_str();
  });
}

}  // namespace flnas::cli
