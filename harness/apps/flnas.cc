// flnas: fair, small networks for skin-lesion images, re-run, checked and compared.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "harness/apps/commands.h"
#include "harness/apps/process_setup.h"
#include "harness/base/error.h"
#include "harness/base/names.h"

namespace {

/// Every long flag of the commands that were named on the command line.
std::vector<std::string> valid_flags(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) flags.push_back("--" + name);
  }
  for (const CLI::App* command : app.get_subcommands()) {
    for (auto& flag : valid_flags(*command)) flags.push_back(std::move(flag));
  }
  return flags;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// CLI11's words for a usage error, plus the nearest valid name where one was mistyped.
std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* deepest = &app;
  while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().back();
  for (const auto& extra : app.remaining(true)) {
    if (extra.rfind("--", 0) == 0)
      return flnas::unknown_name("flag", extra.substr(0, extra.find('=')), valid_flags(app));
    const auto names = command_names(*deepest);
    if (!names.empty()) return flnas::unknown_name("command", extra, names);
    return fmt::format("unexpected argument '{}'", extra);
  }
  return error.what();
}

}  // namespace

int main(int argc, char** argv) {
  flnas::apps::set_up_process();
  CLI::App app("flnas: fair, small networks for skin-lesion images, re-run, checked and compared");
  app.name("flnas");
  app.require_subcommand(1);
  int exit_code = 0;
  flnas::apps::add_dataset(app, exit_code);
  flnas::apps::add_models(app, exit_code);
  flnas::apps::add_train(app, exit_code);
  flnas::apps::add_evaluate(app, exit_code);
  flnas::apps::add_metrics(app, exit_code);
  flnas::apps::add_pareto(app, exit_code);
  flnas::apps::add_measure(app, exit_code);
  flnas::apps::add_reproduce(app, exit_code);
  flnas::apps::add_report(app, exit_code);
  flnas::apps::add_verify(app, exit_code);
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "error: {} (see flnas --help, flnas COMMAND --help)\n", explain(app, error));
    return 2;
  } catch (const flnas::Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return error.exit_code();
  } catch (const std::exception& error) {
    std::string_view text = error.what();  // libtorch appends a stack trace; its first line says what happened
    fmt::print(stderr, "error: {}\n", text.substr(0, text.find('\n')));
    return 1;
  }
}
