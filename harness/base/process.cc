#include "harness/base/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "harness/base/error.h"
#include "harness/base/text.h"

extern char** environ;

namespace flnas {
namespace {

using Clock = std::chrono::steady_clock;

struct Descriptor {
  int fd = -1;
  ~Descriptor() { reset(); }
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset() {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }
};

void open_pipe(Descriptor& read_end, Descriptor& write_end) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw IoError(fmt::format("cannot open a pipe: {}", std::strerror(errno)));
  read_end.fd = ends[0];
  write_end.fd = ends[1];
}

pid_t start(const std::vector<std::string>& command, const std::filesystem::path& folder, int input, int output) {
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw IoError(fmt::format("cannot start '{}' in {}: {}", command[0], folder.string(), std::strerror(failed)));
  }
  return child;
}

/// Feeds `input` and gathers the output until the child closes it; false when the time was up.
bool exchange(Descriptor& to_child, Descriptor& from_child, std::string_view input, Clock::time_point end,
              std::string& output) {
  ::fcntl(to_child.fd, F_SETFL, O_NONBLOCK);
  std::array<char, 65536> buffer{};
  for (;;) {
    if (input.empty()) to_child.reset();
    std::array<pollfd, 2> watched{pollfd{from_child.fd, POLLIN, 0}, pollfd{to_child.fd, POLLOUT, 0}};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    if (::poll(watched.data(), watched.size(), static_cast<int>(left)) < 0 && errno != EINTR) return false;
    if (watched[1].revents != 0) {
      const ssize_t written = ::write(to_child.fd, input.data(), input.size());
      if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) input = {};
    }
    if (watched[0].revents != 0) {
      const ssize_t got = ::read(from_child.fd, buffer.data(), buffer.size());
      if (got == 0) return true;
      if (got > 0) output.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
}

class SystemProcesses : public Processes {
 public:
  bool has(std::string_view program) const override {
    const char* path = std::getenv("PATH");
    for (const auto& folder : split(path == nullptr ? "" : path, ':')) {
      if (::access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) return true;
    }
    return false;
  }

  ProcessResult run(const std::vector<std::string>& command, const std::filesystem::path& folder,
                    std::string_view input, std::chrono::seconds limit) override {
    Descriptor child_input, to_child, from_child, child_output;
    open_pipe(child_input, to_child);
    open_pipe(from_child, child_output);
    // A child that ends before it has read its input must not end this program.
    auto* const before = ::signal(SIGPIPE, SIG_IGN);
    const pid_t child = start(command, folder, child_input.fd, child_output.fd);
    child_input.reset();
    child_output.reset();
    ProcessResult result;
    const bool ended = exchange(to_child, from_child, input, Clock::now() + limit, result.output);
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ::signal(SIGPIPE, before);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (!ended) result.exit_code = 124;
    return result;
  }
};

}  // namespace

Processes& system_processes() {
  static SystemProcesses processes;
  return processes;
}

}  // namespace flnas
