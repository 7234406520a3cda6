#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace flnas {

struct ProcessResult {
  int exit_code = 0;   ///< 128 + signal where a signal ended it; 124 where the time limit did.
  std::string output;  ///< stdout and stderr together.
};

/// Other programs (gnuplot, latexmk), behind an interface so that tests can do without them.
class Processes {
 public:
  virtual ~Processes() = default;
  /// Whether `program` is on the PATH.
  virtual bool has(std::string_view program) const = 0;
  /// Runs `command[0]` with its arguments in `folder`, `input` on its stdin; no shell is involved. Waits for its end;
  /// one that takes longer than `limit` is killed. Throws IoError when it cannot be started.
  virtual ProcessResult run(const std::vector<std::string>& command, const std::filesystem::path& folder,
                            std::string_view input, std::chrono::seconds limit) = 0;
};

/// The real ones.
Processes& system_processes();

}  // namespace flnas
