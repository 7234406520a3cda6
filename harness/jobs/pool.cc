#include "harness/jobs/pool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>

#include "harness/base/error.h"
#include "harness/base/files.h"

extern char** environ;

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

pid_t start(const Job& job, bool to_log) {
  std::vector<char*> arguments;
  for (const auto& argument : job.command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (to_log) {
    if (job.log.has_parent_path()) create_folder(job.log.parent_path());
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, job.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  }
  // What a job prints as its result is not this program's result.
  ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw IoError(fmt::format("cannot start '{}' for {}: {}", job.command[0], job.name, std::strerror(failed)));
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
