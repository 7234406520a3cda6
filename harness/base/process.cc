#include "harness/base/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
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

/// The child's ends of the pipes.
struct ChildFiles {
  Descriptor input, output, errors;  ///< `errors` empty: stderr joins stdout
};

pid_t start(const std::vector<std::string>& command, const std::filesystem::path& folder, const ChildFiles& files,
            bool own_group) {
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  ::posix_spawn_file_actions_adddup2(&actions, files.input.fd, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, files.output.fd, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, files.errors.fd >= 0 ? files.errors.fd : files.output.fd, STDERR_FILENO);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  if (own_group) ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw IoError(fmt::format("cannot start '{}' in {}: {}", command[0], folder.string(), std::strerror(failed)));
  }
  return child;
}

/// A pipe from the child and who gets what comes through it.
struct Source {
  Descriptor pipe;
  std::function<void(std::string_view)> show;
};

enum class End { kClosed, kLimit, kStopped };

/// Feeds `input` and shows the output until the child closes its ends.
End exchange(Descriptor& to_child, std::array<Source, 2>& sources, std::string_view input, Clock::time_point end,
             const std::function<bool()>& stop) {
  constexpr std::int64_t kMostWaitMs = 500;
  ::fcntl(to_child.fd, F_SETFL, O_NONBLOCK);
  std::array<char, 65536> buffer{};
  while (sources[0].pipe.fd >= 0 || sources[1].pipe.fd >= 0) {
    if (stop && stop()) return End::kStopped;
    if (input.empty()) to_child.reset();
    std::array<pollfd, 3> watched{pollfd{sources[0].pipe.fd, POLLIN, 0}, pollfd{sources[1].pipe.fd, POLLIN, 0},
                                  pollfd{to_child.fd, POLLOUT, 0}};
    const std::int64_t left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return End::kLimit;
    if (::poll(watched.data(), watched.size(), static_cast<int>(std::min(left, kMostWaitMs))) < 0) {
      if (errno == EINTR) continue;
      return End::kLimit;
    }
    if (watched[2].revents != 0) {
      const ssize_t written = ::write(to_child.fd, input.data(), input.size());
      if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) input = {};
    }
    for (std::size_t i = 0; i < sources.size(); ++i) {
      if (watched[i].revents == 0) continue;
      const ssize_t got = ::read(sources[i].pipe.fd, buffer.data(), buffer.size());
      if (got == 0) sources[i].pipe.reset();
      if (got > 0) sources[i].show({buffer.data(), static_cast<std::size_t>(got)});
    }
  }
  return End::kClosed;
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
    return execute(command, folder, input, limit, nullptr);
  }

  ProcessResult run_watched(const std::vector<std::string>& command, const std::filesystem::path& folder,
                            std::string_view input, std::chrono::seconds limit, const ProcessWatch& watch) override {
    return execute(command, folder, input, limit, &watch);
  }

 private:
  static ProcessResult execute(const std::vector<std::string>& command, const std::filesystem::path& folder,
                               std::string_view input, std::chrono::seconds limit, const ProcessWatch* watch) {
    ProcessResult result;
    ChildFiles files;
    Descriptor to_child;
    std::array<Source, 2> sources;
    open_pipe(files.input, to_child);
    open_pipe(sources[0].pipe, files.output);
    const auto keep = [&](std::string_view text) { result.output += text; };
    sources[0].show = keep;
    if (watch != nullptr) {
      open_pipe(sources[1].pipe, files.errors);
      sources[0].show = [&](std::string_view text) {
        if (watch->output) watch->output(text);
      };
      sources[1].show = [&](std::string_view text) {
        keep(text);
        if (watch->errors) watch->errors(text);
      };
    }
    // A child that ends before it has read its input must not end this program.
    auto* const before = ::signal(SIGPIPE, SIG_IGN);
    const pid_t child = start(command, folder, files, watch != nullptr);
    files.input.reset(), files.output.reset(), files.errors.reset();
    const End end = exchange(to_child, sources, input, Clock::now() + limit, watch != nullptr ? watch->stop : nullptr);
    if (end != End::kClosed) ::kill(watch != nullptr ? -child : child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ::signal(SIGPIPE, before);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (end == End::kLimit) result.exit_code = 124;
    if (end == End::kStopped) result.exit_code = 130;
    return result;
  }
};

}  // namespace

ProcessResult Processes::run_watched(const std::vector<std::string>& command, const std::filesystem::path& folder,
                                     std::string_view input, std::chrono::seconds limit, const ProcessWatch& watch) {
  ProcessResult result = run(command, folder, input, limit);
  if (watch.output) watch.output(result.output);
  return result;
}

Processes& system_processes() {
  static SystemProcesses processes;
  return processes;
}

}  // namespace flnas
