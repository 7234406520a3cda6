#include "harness/cli/completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cctype>
#include <functional>

#include "harness/base/text.h"

namespace flnas::cli {
namespace {

/// What completes a value of this kind: a line of bash that fills COMPREPLY from $cur.
std::string values_of(const std::string& kind, const std::vector<std::string>& models) {
  std::vector<std::string> words;
  bool folders = false, files = false;
  for (const std::string& part : split(kind, '|')) {
    if (part == "DIR" || part == "RUN") {
      folders = true;
    } else if (part == "FILE" || part.find(".csv") != part.npos) {
      files = true;
    } else if (part == "MODEL") {
      files = true;
      words.insert(words.end(), models.begin(), models.end());
    } else if (!part.empty() && std::islower(static_cast<unsigned char>(part[0])) != 0) {
      words.push_back(part);
    }
  }
  if (words.empty() && !folders && !files) return "COMPREPLY=()";
  return fmt::format("COMPREPLY=($(compgen {}{} -- \"$cur\"))",
                     files     ? "-f "
                     : folders ? "-d "
                               : "",
                     words.empty() ? std::string() : fmt::format("-W '{}'", fmt::join(words, " ")));
}

/// The cases of one command, and of those below it.
void add_cases(const CLI::App& command, const std::string& path, const std::vector<std::string>& models,
               std::string& flag_cases, std::string& word_cases) {
  std::vector<std::string> flags, commands;
  std::string positional;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) positional = option->get_type_name();
    for (const auto& name : option->get_lnames()) {
      flags.push_back("--" + name);
      if (option->get_items_expected_max() > 0) {
        flag_cases +=
            fmt::format("    '{} --{}') {}; return ;;\n", path, name, values_of(option->get_type_name(), models));
      }
    }
  }
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back(below->get_name());
    add_cases(*below, path + " " + below->get_name(), models, flag_cases, word_cases);
  }
  const std::string words = commands.empty()
                                ? values_of(positional, models)
                                : fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\"))", fmt::join(commands, " "));
  word_cases += fmt::format(
      "    '{}')\n      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '{}' -- \"$cur\"))\n      else {}; fi ;;\n",
      path, fmt::join(flags, " "), words);
}

}  // namespace

std::string bash_completion(const CLI::App& app, const std::vector<std::string>& models) {
  std::string flag_cases, word_cases;
  add_cases(app, app.get_name(), models, flag_cases, word_cases);
  const std::string function = "_" + app.get_name();
  // The path is made of the words that are commands: a word continues it where that path has a case.
  std::vector<std::string> all;
  const std::function<void(const CLI::App&, const std::string&)> collect = [&](const CLI::App& at,
                                                                               const std::string& path) {
    for (const CLI::App* below : at.get_subcommands([](const CLI::App*) { return true; })) {
      all.push_back("'" + path + " " + below->get_name() + "'");
      collect(*below, path + " " + below->get_name());
    }
  };
  collect(app, app.get_name());
  return fmt::format(R"(# bash completion of {0}; load it with: source <({0} completion bash)
{1}() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} path={0} word
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$path $word" in {2}) path="$path $word" ;; esac
  done
  case "$path $previous" in
{3}  esac
  case $path in
{4}  esac
}}
complete -o filenames -F {1} {0}
)",
                     app.get_name(), function, fmt::join(all, "|"), flag_cases, word_cases);
}

}  // namespace flnas::cli
