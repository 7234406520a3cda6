// Jobs layer: commands that run as child processes, several at a time. It does not know what the commands do.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace flnas {

struct Job {
  std::string name;                  ///< for messages
  std::vector<std::string> command;  ///< program and arguments
  std::filesystem::path log;         ///< its stderr goes there when several run at once
};

/// Runs the jobs, at most `parallel` at a time, in their order, and calls `ended` for each with its exit code (128 +
/// signal when it was killed). One at a time, a job writes to this program's stderr, progress bars included. A job
/// that fails does not stop the others. A job gets SIGTERM when this program dies, even by SIGKILL (to be precise, when
/// the calling thread ends). Throws IoError when a program cannot be started.
void run_jobs(const std::vector<Job>& jobs, int parallel, const std::function<void(const Job&, int exit_code)>& ended);

/// Sends SIGTERM to every job that is running. May be called from a signal handler.
void terminate_jobs() noexcept;

}  // namespace flnas
