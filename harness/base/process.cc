#include "harness/base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "harness/base/spawn.h"
#include "harness/base/text.h"

namespace flnas {
namespace {

using Clock = std::chrono::steady_clock;

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
    const pid_t child = spawn(command, folder, files, watch != nullptr);
    files.input.reset(), files.output.reset(), files.errors.reset();
    const End end = exchange(to_child, sources, input, Clock::now() + limit, watch != nullptr ? watch->stop : nullptr);
    if (end != End::kClosed) ::kill(watch != nullptr ? -child : child, SIGKILL);
    const int status = wait_for_child(child);
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
