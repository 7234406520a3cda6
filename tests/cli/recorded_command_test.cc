#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "CLI/CLI.hpp"
#include "harness/cli/run_flnas.h"
#include "tests/cli/forked.h"

using namespace flnas;

namespace {

/// The program's commands, read and not run.
struct Reader {
  CLI::App app;
  cli::Context context{.only_parse = true};

  Reader() { cli::add_flnas_commands(app, context); }
  /// What the command says of its request.
  std::string read(std::vector<std::string> words) {
    context.parsed.clear();
    std::reverse(words.begin(), words.end());
    app.parse(words);
    return context.parsed;
  }
};

bool is_printing(const CLI::Option* option) {
  const std::string name = option->get_lnames().empty() ? std::string() : option->get_lnames()[0];
  if (name == "format") return option->get_type_name() == "text|md";  // another flag of export has that name
  return name == "help" || name == "json" || name == "wide" || name == "pytorch" || name == "version";
}

/// A value that is valid for the option's type and not its default.
std::string other_value(const CLI::Option* option) {
  const std::string kind = option->get_type_name(), usual = option->get_default_str();
  const bool number = !usual.empty() && usual.find_first_not_of("0123456789.e-") == usual.npos;
  if (!number && kind.find("X,Y") == kind.npos) {
    return option->get_items_expected_max() > 1 && !option->get_positional() ? "one,another" : "one or another";
  }
  return usual == "0.5" ? "0.25" : usual.find('.') != usual.npos || kind == "FLOAT" || kind == "X,Y" ? "0.5" : "17";
}

/// The words of a command with everything that it requires.
std::vector<std::string> required_words(const CLI::App& command, const std::vector<std::string>& path) {
  std::vector<std::string> words = path;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_required()) continue;
    if (option->get_positional()) {
      words.push_back("some thing");
    } else {
      words.insert(words.end(), {option->get_name(), "some where"});
    }
  }
  return words;
}

/// "flnas train ..." without its program.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words = tests::split_words(command);
  words.erase(words.begin());
  return words;
}

void check_command(const CLI::App& command, const std::vector<std::string>& path, int& checked) {
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; })) {
    auto longer = path;
    longer.push_back(below->get_name());
    check_command(*below, longer, checked);
  }
  const auto required = required_words(command, path);
  for (const CLI::Option* option : command.get_options()) {
    if (is_printing(option) || option->get_required()) continue;
    if (option->get_name() == "--trust") continue;  // in no record: whoever repeats a command decides anew
    auto words = required;
    const bool is_flag = option->get_items_expected_max() == 0;
    if (!option->get_positional()) words.push_back(option->get_name());
    if (!is_flag) words.push_back(other_value(option));
    Reader reader;
    const std::string recorded = reader.read(words);
    BOOST_TEST_CONTEXT(recorded) {
      BOOST_TEST(recorded.find(is_flag || !option->get_positional() ? " " + option->get_name() : "one or another") !=
                 recorded.npos);
      Reader again;
      BOOST_TEST(again.read(words_of(recorded)) == recorded);
      Reader plain;
      BOOST_TEST(plain.read(required) != recorded);
    }
    ++checked;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(recorded_command)

BOOST_AUTO_TEST_CASE(each_flag_of_each_command_is_recorded_and_read_back) {
  Reader reader;
  int checked = 0;
  check_command(reader.app, {}, checked);
  BOOST_TEST(checked > 60);
}

BOOST_AUTO_TEST_SUITE_END()
