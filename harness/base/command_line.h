// The words of a command line: the flags of settings, and commands that a shell reads back.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <concepts>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/fields.h"
#include "harness/base/text.h"

namespace flnas {

/// "class_weights" as it is written on the command line: "class-weights".
inline std::string flag_name(std::string field) {
  std::replace(field.begin(), field.end(), '_', '-');
  return field;
}

/// A field's value as a word of the command line. Lists are joined by commas.
template <class Value>
std::string value_word(const Value& value) {
  if constexpr (std::same_as<Value, std::filesystem::path>) {
    return value.string();
  } else {
    return fmt::format("{}", value);
  }
}
template <class Value>
std::string value_word(const std::vector<Value>& values) {
  std::vector<std::string> words;
  for (const auto& value : values) words.push_back(value_word(value));
  return fmt::format("{}", fmt::join(words, ","));
}

/// The flag and its value; one word where the value could be taken for a flag.
inline void add_flag_words(std::vector<std::string>& words, const std::string& flag, const std::string& value) {
  if (value.starts_with('-')) {
    words.push_back(flag + "=" + value);
  } else {
    words.insert(words.end(), {flag, value});
  }
}

/// The words that repeat a configuration on a command line: its positional fields, then a flag for each field that
/// differs from the default. What `add_options` (harness/cli/options.h) reads back is the same configuration.
template <class Config>
std::vector<std::string> arguments_of(const Config& config) {
  std::vector<std::string> defaults, positional, flags;
  const Config usual{};
  Config::for_each_field(usual, [&](const char*, const auto& value, const char*, const FieldTraits& = {}) {
    defaults.push_back(value_word(value));
  });
  std::size_t field = 0;
  Config::for_each_field(
      config, [&]<class Value>(const char* name, const Value& value, const char*, const FieldTraits& traits = {}) {
        const std::string word = value_word(value), flag = "--" + flag_name(name);
        if (word == defaults[field++]) return;
        if constexpr (std::same_as<Value, bool>) {
          flags.push_back(value ? flag : flag + "=false");
        } else if (!traits.positional) {
          add_flag_words(flags, flag, word);
        } else if constexpr (requires { value.front().front(); }) {
          positional.insert(positional.end(), value.begin(), value.end());
        } else {
          positional.push_back(word);
        }
      });
  positional.insert(positional.end(), flags.begin(), flags.end());
  return positional;
}

/// A command line that a shell reads back as these arguments.
inline std::string command_line(const std::vector<std::string>& arguments) {
  std::vector<std::string> quoted;
  for (const auto& argument : arguments) quoted.push_back(shell_quote(argument));
  return fmt::format("{}", fmt::join(quoted, " "));
}

/// The words of the command that repeats what was asked for: Request::kCommand ("flnas train") and `arguments_of`.
template <class Request>
std::vector<std::string> command_words(const Request& request) {
  std::vector<std::string> words = split(Request::kCommand, ' ');
  for (auto& word : arguments_of(request)) words.push_back(std::move(word));
  return words;
}

/// The same as one line for a shell: what records store.
template <class Request>
std::string command_of(const Request& request) {
  return command_line(command_words(request));
}

}  // namespace flnas
