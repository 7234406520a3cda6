#include "harness/cli/help.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "harness/base/names.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/cli/command.h"

namespace flnas::cli {
namespace {

constexpr std::size_t kTextColumn = 26;

/// A name, and from kTextColumn on what it means.
std::string entry(const std::string& name, const std::string& text) {
  const std::string start = "  " + name;
  const bool fits = start.size() + 2 <= kTextColumn;
  const std::string padded =
      fits ? fmt::format("{:<{}}", start, kTextColumn) : start + "\n" + std::string(kTextColumn, ' ');
  return padded + wrap(text, kTextColumn, kTextColumn) + "\n";
}

class Formatter : public CLI::Formatter {
 public:
  std::string make_description(const CLI::App* app) const override { return wrap(app->get_description(), 0, 0) + "\n"; }
  std::string make_usage(const CLI::App* app, std::string name) const override {
    // CLI11 hands over the whole path for a subcommand only where it is asked on that subcommand.
    std::string usage = "Usage: " + (name.empty() ? path_of(app) : name);
    for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      const std::string word = option->get_type_name() + (is_list(option) ? "..." : "");
      usage += option->get_required() ? " " + word : " [" + word + "]";
    }
    const bool has_commands = !app->get_subcommands([](const CLI::App*) { return true; }).empty();
    usage += has_commands ? " COMMAND ..." : "";
    for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->nonpositional(); })) {
      if (option->get_required()) usage += fmt::format(" {} {}", option->get_name(), option->get_type_name());
    }
    return wrap(usage + " [OPTIONS]", 0, 4) + "\n";
  }
  std::string make_positionals(const CLI::App* app) const override {
    std::string text;
    for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
      text += entry(option->get_type_name() + (is_list(option) ? "..." : ""), option->get_description());
    }
    return text.empty() ? text : "\n" + text;
  }
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    return CLI::detail::find_and_replace(CLI::Formatter::make_help(app, name, mode), "\n\n\n", "\n\n");
  }
  std::string make_group(std::string group, bool, std::vector<const CLI::Option*> options) const override {
    std::string text = "\n" + group + ":\n";
    for (const CLI::Option* option : options) text += make_option(option, false);
    return text;
  }
  std::string make_option(const CLI::Option* option, bool) const override {
    std::string name = option->get_name(false, true);
    if (const auto comma = name.find(','); comma != name.npos) name.insert(comma + 1, " ");
    if (option->get_items_expected_max() > 0 && !option->get_type_name().empty()) name += " " + option->get_type_name();
    std::string text = option->get_description();
    if (option->get_required()) text += " (required)";
    const auto usual = split(option->get_default_str(), ',');
    if (!usual.empty()) text += fmt::format(" [{}]", fmt::join(usual, ", "));
    return entry(name, text);
  }
  std::string make_subcommand(const CLI::App* command) const override {
    return entry(command->get_name(), command->get_description());
  }
  std::string make_footer(const CLI::App* app) const override { return app->get_footer(); }

 private:
  static bool is_list(const CLI::Option* option) { return option->get_items_expected_max() > 1; }
  static std::string path_of(const CLI::App* app) {
    return app->get_parent() == nullptr ? app->get_name() : path_of(app->get_parent()) + " " + app->get_name();
  }
};

}  // namespace

void set_formatter(CLI::App& app) { app.formatter(std::make_shared<Formatter>()); }

void print_next(const std::string& command) {
  std::fflush(stdout);  // what it follows
  fmt::print(stderr, "next: {}\n", command);
}

void add_table_flags(CLI::App& command, TableForm& form) {
  command.add_flag("--wide", form.wide, "print every column, beyond 80 characters");
  command
      .add_option_function<std::string>(
          "--format",
          [&form](const std::string& name) {
            form.markdown = find_name("format", name, {"text", "md"}) == 1;
          },
          "of tables: text, aligned in 80 columns, or md, Markdown with every column")
      ->type_name("text|md")
      ->default_str("text");
}

void set_help(CLI::App& command, const CommandHelp& help) {
  command.description(help.summary);
  if (!help.group.empty()) command.group(help.group);
  std::string footer;
  if (!help.examples.empty()) footer = fmt::format("Examples:\n  {}\n", fmt::join(help.examples, "\n  "));
  if (!help.next.empty()) footer += (footer.empty() ? "" : "\n") + wrap("Next: " + help.next, 0, 2) + "\n";
  command.footer(footer);
}

}  // namespace flnas::cli
