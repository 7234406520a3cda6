#pragma once

#include <CLI/App.hpp>
#include <concepts>
#include <filesystem>
#include <string>

#include "harness/base/command_line.h"

namespace flnas::cli {

/// The options of a configuration's fields (harness/base/fields.h), with their help and defaults: `--flag` unless the
/// field is positional; a bool is a flag without a value; a list is given with commas. A command line made by
/// `arguments_of` reads back as the same configuration.
template <class Config>
void add_options(CLI::App& command, Config& config) {
  Config::for_each_field(
      config, [&]<class Value>(const char* name, Value& value, const char* help, const FieldTraits& traits = {}) {
        CLI::Option* option = nullptr;
        const std::string flag = "--" + flag_name(name);
        if constexpr (std::same_as<Value, bool>) {
          option = command.add_flag(flag, value, help);
        } else {
          option = command.add_option(traits.positional ? flag_name(name) : flag, value, help);
          constexpr bool kText = std::same_as<Value, std::string> || std::same_as<Value, std::filesystem::path>;
          if constexpr (requires { value.push_back({}); } && !kText) {
            if (!traits.positional) option->delimiter(',')->allow_extra_args(false);
          }
          if (!value_word(value).empty()) option->default_str(value_word(value));
        }
        if (!traits.value.empty()) option->type_name(traits.value);
        if (!traits.group.empty()) option->group(traits.group);
        option->required(traits.required);
      });
}

}  // namespace flnas::cli
