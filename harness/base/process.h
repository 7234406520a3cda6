#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace flnas {

struct ProcessResult {
  int exit_code = 0;   ///< 128 + signal where a signal ended it; 124 where the time limit did.
  std::string output;  ///< stdout and stderr together.
};

/// What is done while a program runs.
struct ProcessWatch {
  std::function<void(std::string_view)> output;  ///< gets each piece of its stdout
  std::function<void(std::string_view)> errors;  ///< and of its stderr
  std::function<bool()> stop;                    ///< asked twice a second and at each signal: true ends the program
};

/// Other programs (gnuplot, latexmk, ssh), behind an interface so that tests can do without them.
class Processes {
 public:
  virtual ~Processes() = default;
  /// Whether `program` is on the PATH.
  virtual bool has(std::string_view program) const = 0;
  /// Runs `command[0]` with its arguments in `folder`, `input` on its stdin; no shell is involved. Waits for its end;
  /// one that takes longer than `limit` is killed. Throws IoError when it cannot be started.
  virtual ProcessResult run(const std::vector<std::string>& command, const std::filesystem::path& folder,
                            std::string_view input, std::chrono::seconds limit) = 0;
  /// The same for one whose output is worth seeing as it comes; the result's output is its stderr alone. It runs in a
  /// process group of its own, so that Ctrl-C ends only this program, which then may stop that one: exit code 130 where
  /// `watch.stop` did. By default it is run to its end first, and then shown.
  virtual ProcessResult run_watched(const std::vector<std::string>& command, const std::filesystem::path& folder,
                                    std::string_view input, std::chrono::seconds limit, const ProcessWatch& watch);
};

/// The real ones.
Processes& system_processes();

}  // namespace flnas
