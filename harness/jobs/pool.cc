#include "harness/jobs/pool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/files.h"

namespace flnas {
namespace {

/// Where the signal handler finds the children: a fixed array of atomics, since a handler may not take locks.
constexpr std::size_t kMaxChildren = 256;
std::array<std::atomic<pid_t>, kMaxChildren> children{};

void replace_child(pid_t from, pid_t to) {
  for (auto& slot : children) {
    pid_t expected = from;
    if (slot.compare_exchange_strong(expected, to)) return;
  }
}

/// The child's side: from fork to exec, with nothing but system calls, since other threads of the parent may have held
/// locks. Returns the errno of what failed.
int become(char* const* arguments, const char* log, pid_t parent) {
  // SIGTERM when this program dies in whatever way; it may have died before that was asked for.
  if (::prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) return errno;
  if (::getppid() != parent) ::_exit(128 + SIGTERM);
  const int input = ::open("/dev/null", O_RDONLY);
  if (input < 0 || ::dup2(input, STDIN_FILENO) < 0) return errno;
  if (log != nullptr) {
    const int output = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (output < 0 || ::dup2(output, STDERR_FILENO) < 0) return errno;
  }
  // What a job prints as its result is not this program's result.
  if (::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) return errno;
  ::execvp(arguments[0], arguments);
  return errno;
}

/// Reads the errno that a child wrote before its end; 0 where its exec closed the pipe.
int read_code(int fd) {
  int code = 0;
  ssize_t got = 0;
  while ((got = ::read(fd, &code, sizeof code)) < 0 && errno == EINTR) {
  }
  return got == sizeof code ? code : 0;
}

pid_t start(const Job& job, bool to_log) {
  std::vector<char*> arguments;
  for (const auto& argument : job.command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  if (to_log && job.log.has_parent_path()) create_folder(job.log.parent_path());
  const auto fail = [&](int code) {
    throw IoError(fmt::format("cannot start '{}' for {}: {}; check the program and {}", job.command[0], job.name,
                              std::strerror(code), to_log ? job.log.string() : "the number of processes"));
  };
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    const int code = become(arguments.data(), to_log ? job.log.c_str() : nullptr, parent);
    [[maybe_unused]] const auto written = ::write(ends[1], &code, sizeof code);
    ::_exit(127);
  }
  const int forked = child < 0 ? errno : 0;
  ::close(ends[1]);
  const int failed = forked != 0 ? forked : read_code(ends[0]);
  ::close(ends[0]);
  if (failed != 0) {
    if (child > 0) ::waitpid(child, nullptr, 0);
    fail(failed);
  }
  replace_child(0, child);
  return child;
}

}  // namespace

void run_jobs(const std::vector<Job>& jobs, int parallel, const std::function<void(const Job&, int)>& ended) {
  const auto most = static_cast<std::size_t>(std::clamp(parallel, 1, static_cast<int>(kMaxChildren)));
  std::map<pid_t, const Job*> running;
  for (std::size_t next = 0; next < jobs.size() || !running.empty();) {
    if (next < jobs.size() && running.size() < most) {
      running.emplace(start(jobs[next], most > 1), &jobs[next]);
      ++next;
      continue;
    }
    int status = 0;
    const pid_t child = ::waitpid(-1, &status, 0);
    const auto found = running.find(child);
    if (found == running.end()) continue;
    replace_child(child, 0);
    const Job* job = found->second;
    running.erase(found);
    ended(*job, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  }
}

void terminate_jobs() noexcept {
  for (auto& slot : children) {
    if (const pid_t child = slot.load(); child > 0) ::kill(child, SIGTERM);
  }
}

}  // namespace flnas
