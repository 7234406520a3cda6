#include "tests/cli/forked.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <utility>
#include <vector>

#include "harness/base/error.h"
#include "harness/cli/run_flnas.h"
#include "tests/support/paths.h"
#include "tests/support/raw_server.h"

namespace flnas::tests {
namespace {

constexpr unsigned kLimit = 120;  ///< seconds

struct Command {
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<std::string> words;
  bool hides_stdout = false, hides_stderr = false;
};

/// The words of a command line without anything that needs a shell; empty where it has such.
std::optional<std::vector<std::string>> split_words(const std::string& script) {
  std::vector<std::string> words;
  bool inside = false;
  char quote = 0;
  for (const char c : script) {
    if (quote != 0 ? c == quote : c == '\'' || c == '"') {
      quote = quote != 0 ? '\0' : c;
      if (!std::exchange(inside, true)) words.emplace_back();
    } else if (quote == 0 && (c == ' ' || c == '\n')) {
      inside = false;
    } else {
      // '>' and '&' are looked at word by word.
      if (quote == 0 && std::string_view("|;()<`*?[]{}~#\\$").find(c) != std::string_view::npos) return {};
      if (quote == '"' && (c == '$' || c == '`' || c == '\\')) return {};
      if (!std::exchange(inside, true)) words.emplace_back();
      words.back() += c;
    }
  }
  return words;
}

bool runs_in_a_fork(const std::vector<std::string>& words) {
  return words[0] == tests::flnas_program() && (words.size() < 2 || words[1] != "reproduce");
}

std::optional<Command> read_command(const std::string& script) {
  const auto words = split_words(script);
  if (!words) return {};
  Command command;
  for (const std::string& word : *words) {
    const std::size_t equals = word.find('=');
    if (command.words.empty() && equals != word.npos && word.find('/') > equals) {
      command.environment.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    } else if (word == "2>/dev/null") {
      command.hides_stderr = true;
    } else if (word == ">/dev/null") {
      command.hides_stdout = true;
    } else if (word.find_first_of(">&") != word.npos && word != "2>&1") {
      return {};
    } else if (word != "2>&1") {
      command.words.push_back(word);
    }
  }
  if (command.words.empty() || !runs_in_a_fork(command.words)) return {};
  return command;
}

[[noreturn]] void run_here(const Command& command, const std::filesystem::path& folder, int output) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM, SIGPIPE, SIGINT, SIGTERM}) {
    ::signal(signal, SIG_DFL);  // the tests' own would go on testing here
  }
  ::alarm(kLimit);
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(command.hides_stdout ? nothing : output, STDOUT_FILENO);
  ::dup2(command.hides_stderr ? nothing : output, STDERR_FILENO);
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<std::string> words = command.words;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int code = 126;
  if (::chdir(folder.c_str()) == 0) {
    code = cli::run_flnas(static_cast<int>(words.size()), arguments.data());
  }
  std::cout.flush();
  std::fflush(nullptr);
  ::_exit(code);
}

ProcessResult run_forked(const Command& command, const std::filesystem::path& folder) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw IoError("no pipe for a forked program");
  std::cout.flush();
  std::fflush(nullptr);  // or both processes would write what waits
  const pid_t child = ::fork();
  if (child == 0) run_here(command, folder, ends[1]);
  ::close(ends[1]);
  if (child < 0) throw IoError("a program cannot be forked");
  ProcessResult result;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    result.output.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  result.exit_code = WIFEXITED(status)             ? WEXITSTATUS(status)
                     : WTERMSIG(status) == SIGALRM ? 124
                                                   : 128 + WTERMSIG(status);
  return result;
}

}  // namespace

ProcessResult run_shell(const std::string& script, const std::filesystem::path& folder) {
  // A server's thread may hold a lock at the fork: the child would wait for it forever.
  if (!test::RawServer::any_running()) {
    if (const auto command = read_command(script)) return run_forked(*command, folder);
  }
  return system_processes().run({"sh", "-c", script}, folder, "", std::chrono::seconds(kLimit));
}

}  // namespace flnas::tests
