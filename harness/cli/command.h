// How commands are added: the flags of a typed request, the function that serves it, and help with examples.
#pragma once

#include <CLI/App.hpp>
#include <concepts>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/command_line.h"
#include "harness/base/text_table.h"
#include "harness/cli/options.h"

namespace flnas::cli {

/// The state that a program shares with its commands.
struct Context {
  int exit_code = 0;  ///< 0 done, 1 ran but failed or INVALID, 3 unusable data; errors that are thrown have their own
  bool only_parse = false;  ///< tests: a command is read, not run,
  std::string parsed;       ///< and this is what `command_of` says of its request
};

/// How a result is shown. Commands whose function takes it have the flag --json, and --wide and --format where their
/// help says that they show tables.
struct Output {
  bool json = false;
  TableForm tables;
};

struct CommandHelp {
  std::string summary;                ///< one line, as the program's own help lists it
  std::vector<std::string> examples;  ///< command lines, without a prompt
  std::string next;                   ///< what to do with the result
  std::string group;                  ///< heading in the program's help
  bool tables = false;                ///< it shows tables: --wide, --format
};

/// Adds --wide and --format, which set `form`.
void add_table_flags(CLI::App& command, TableForm& form);

/// Sets the description, the examples and the next step of a command.
void set_help(CLI::App& command, const CommandHelp& help);

/// A command before its flags are read; most of it follows from the type of its request.
template <class Request>
struct CommandStart {
  std::string name = split(Request::kCommand, ' ').back();        ///< "flnas train" adds "train"
  Request defaults = {};                                          ///< several commands of one type differ in these
  std::string (*recorded)(const Request&) = command_of<Request>;  ///< the command that a record stores
};

/// Adds a command with an option for each field of its request. `run(request)` or `run(request, output)` serves it: it
/// prints results to stdout and progress to stderr, may throw flnas::Error, and returns the exit code, or nothing for
/// 0.
template <class Request, class Run>
CLI::App& add_command(CLI::App& parent, Context& context, const CommandHelp& help, Run run,
                      const CommandStart<Request>& start = {}) {
  const auto request = std::make_shared<Request>(start.defaults);
  const auto output = std::make_shared<Output>();
  CLI::App* command = parent.add_subcommand(start.name);
  set_help(*command, help);
  add_options(*command, *request);
  constexpr bool kShown = std::invocable<Run, const Request&, const Output&>;
  if constexpr (kShown) command->add_flag("--json", output->json, "print JSON");
  if (help.tables) add_table_flags(*command, output->tables);
  command->callback([request, output, run = std::move(run), recorded = start.recorded, &context] {
    if (context.only_parse) {
      context.parsed = recorded(*request);
      return;
    }
    const auto serve = [&] {
      if constexpr (kShown) {
        return run(*request, *output);
      } else {
        return run(*request);
      }
    };
    if constexpr (std::same_as<decltype(serve()), void>) {
      serve();
    } else {
      context.exit_code = serve();
    }
  });
  return *command;
}

}  // namespace flnas::cli
