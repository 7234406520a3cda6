#include "harness/cli/program.h"

#include <fmt/format.h>
#include <torch/version.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/one_line.h"
#include "harness/base/system.h"
#include "harness/base/text.h"
#include "harness/base/version.h"
#include "harness/cli/help.h"
#include "harness/nn/torchscript_operators.h"

namespace flnas::cli {
namespace {

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// The deepest command that was named: "flnas dataset synth".
std::string command_path(const CLI::App& app) {
  std::string path = app.get_name();
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().back();
    path += " " + at->get_name();
  }
  return path;
}

/// CLI11's "Could not convert: --epochs = abc" as what was wrong and what would be right.
std::string explain_value(const CLI::App& command, const std::string& text) {
  const std::size_t flag_at = text.find("--"), equals = text.find(" = ");
  if (flag_at == text.npos || equals == text.npos) return text;
  const std::string flag = text.substr(flag_at, equals - flag_at);
  const CLI::Option* option = command.get_option_no_throw(flag);
  if (option == nullptr) return text;
  const std::string type = option->get_type_name(), standard = option->get_default_str();
  const char* expected = type.starts_with("INT") || type == "N" || type == "PIXELS" ? "a whole number"
                         : type.starts_with("UINT")                                 ? "a whole number of 0 or more"
                         : type.starts_with("FLOAT")                                ? "a number"
                                                                                    : "another value";
  return fmt::format("{} cannot be '{}'; give {}{}", flag, text.substr(equals + 3), expected,
                     standard.empty() ? "" : " such as its default, " + standard);
}

/// The flags that are few are listed, of many only the nearest is named: --help explains them all.
std::string unknown_flag(const std::string& flag, const std::vector<std::string>& valid) {
  constexpr std::size_t kFew = 8;
  if (valid.size() <= kFew) return unknown_name("flag", flag, valid);
  return fmt::format("unknown flag '{}'; did you mean '{}'?", one_line(flag, 100), nearest_name(flag, valid));
}

/// CLI11's words for a usage error, plus the nearest valid name where one was mistyped.
std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* deepest = &app;
  while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().back();
  for (const auto& extra : app.remaining(true)) {
    if (extra.starts_with("-") && extra.size() > 1)
      return unknown_flag(extra.substr(0, extra.find('=')), valid_flags(app));
    const auto names = command_names(*deepest);
    if (!names.empty()) return unknown_name("command", extra, names);
    return fmt::format("unexpected argument '{}'", extra);
  }
  return error.get_name() == "ConversionError" ? explain_value(*deepest, error.what()) : error.what();
}

}  // namespace

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

void set_up_program(CLI::App& app, const std::string& name) {
  app.name(name);
  set_formatter(app);
  app.add_flag_callback("--trust", nn::trust_torchscript,
                        "run TorchScript files that do more than compute on tensors: they are programs");
  app.set_version_flag("--version", fmt::format("{} {} (commit {}, libtorch {})", name, build_version(),
                                                describe_build().at("commit").get<std::string>(), TORCH_VERSION));
}

namespace {

int parse_and_run(CLI::App& app, int argc, char** argv, const int& exit_code) {
  try {
    app.parse(argc, argv);
    return exit_code;
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "error: {} (see {} --help)\n", explain(app, error), command_path(app));
    return 2;
  } catch (const Error& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return error.exit_code();
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0) return exit_code;  // fmt could not print: run_program says so
    fmt::print(stderr, "error: {}\n", one_line(error));
    return 1;
  }
}

}  // namespace

int run_program(CLI::App& app, int argc, char** argv, const int& exit_code) {
  const int code = parse_and_run(app, argc, argv, exit_code);
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  fmt::print(stderr, "error: stdout: the results could not be written; is the disk full, or the stream closed?\n");
  return code == 0 ? 1 : code;
}

}  // namespace flnas::cli
