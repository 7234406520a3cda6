#include "tests/cli/forked.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "harness/base/error.h"
#include "harness/cli/run_flnas.h"
#include "tests/support/paths.h"
#include "tests/support/raw_server.h"

namespace flnas::tests {
namespace {

constexpr unsigned kLimit = 120;  ///< seconds

struct Pipe {
  int ends[2];
  Pipe() {
    if (::pipe2(ends, O_CLOEXEC) != 0) throw IoError("no pipe for a forked program");
  }
};

[[noreturn]] void run_here(std::vector<std::string> words, bool anew, const std::filesystem::path& folder, int out,
                           int errors) {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM, SIGPIPE, SIGINT, SIGTERM}) {
    ::signal(signal, SIG_DFL);  // the tests' own would go on testing here
  }
  ::alarm(kLimit);
  ::dup2(::open("/dev/null", O_RDWR), STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int code = 126;
  if (::chdir(folder.c_str()) == 0) {
    if (anew) {
      ::execv(arguments[0], arguments.data());
    } else {
      code = cli::run_flnas(static_cast<int>(words.size()), arguments.data());
    }
  }
  std::cout.flush();
  std::fflush(nullptr);
  ::_exit(code);
}

/// Both streams, until both are closed.
void read_streams(int out, int errors, ProgramResult& result) {
  pollfd streams[2] = {{out, POLLIN, 0}, {errors, POLLIN, 0}};
  std::string* texts[2] = {&result.out, &result.errors};
  char buffer[4096];
  while (streams[0].fd >= 0 || streams[1].fd >= 0) {
    ::poll(streams, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (streams[i].fd < 0 || streams[i].revents == 0) continue;
      const ssize_t got = ::read(streams[i].fd, buffer, sizeof buffer);
      if (got <= 0) {
        ::close(std::exchange(streams[i].fd, -1));
        continue;
      }
      texts[i]->append(buffer, static_cast<std::size_t>(got));
      result.output.append(buffer, static_cast<std::size_t>(got));
    }
  }
}

}  // namespace

ProgramResult run_flnas_program(const std::vector<std::string>& arguments, const std::filesystem::path& folder) {
  const bool anew = test::RawServer::any_running() || (!arguments.empty() && arguments[0] == "reproduce");
  std::vector<std::string> words = {tests::flnas_program()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const Pipe out, errors;
  std::cout.flush();
  std::fflush(nullptr);  // or both processes would write what waits
  const pid_t child = ::fork();
  if (child == 0) run_here(words, anew, folder, out.ends[1], errors.ends[1]);
  ::close(out.ends[1]);
  ::close(errors.ends[1]);
  if (child < 0) throw IoError("a program cannot be forked");
  ProgramResult result;
  read_streams(out.ends[0], errors.ends[0], result);
  int status = 0;
  ::waitpid(child, &status, 0);
  result.exit_code = WIFEXITED(status)             ? WEXITSTATUS(status)
                     : WTERMSIG(status) == SIGALRM ? 124
                                                   : 128 + WTERMSIG(status);
  return result;
}

ProcessResult run_shell(const std::string& script, const std::filesystem::path& folder) {
  return system_processes().run({"sh", "-c", script}, folder, "", std::chrono::seconds(kLimit));
}

std::vector<std::string> split_words(const std::string& line) {
  std::vector<std::string> words;
  bool inside = false;
  char quote = 0;
  for (const char c : line) {
    const bool is_quote = quote != 0 ? c == quote : c == '\'' || c == '"';
    if (!is_quote && quote == 0 && (c == ' ' || c == '\n')) {
      inside = false;
      continue;
    }
    if (!std::exchange(inside, true)) words.emplace_back();
    if (is_quote) {
      quote = quote != 0 ? '\0' : c;
    } else {
      words.back() += c;
    }
  }
  return words;
}

}  // namespace flnas::tests
