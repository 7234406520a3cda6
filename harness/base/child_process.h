#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/spawn.h"

namespace flnas {

/// A program that runs beside this one and is asked again and again: a line goes to its stdin, and a line comes back
/// from its stdout. The end of its stderr is kept, for an error's message. It is meant to end when its stdin does,
/// which is closed with this object or when this program is killed.
class ChildProcess {
 public:
  /// Starts it in the current folder. Throws IoError when it cannot be started.
  explicit ChildProcess(const std::vector<std::string>& command);
  ~ChildProcess() { end(); }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  enum class Status {
    kLine,   ///< it wrote one
    kEnded,  ///< it closed its stdout
    kLimit,  ///< nothing whole came in time
  };
  struct Reply {
    Status status = Status::kLine;
    std::string line;  ///< without its end
  };

  /// Waits for its next line.
  Reply read_line(std::chrono::milliseconds limit) { return exchange({}, limit); }
  /// Writes `line` with an end of line, and waits for the next one. `limit` is for both.
  Reply ask(std::string_view line, std::chrono::milliseconds limit);

  pid_t id() const { return child_; }
  /// After kEnded: "exit code 3" or "signal 9 (Killed)".
  std::string how_it_ended();
  /// The last line of its stderr that is not blank; blank without one.
  std::string last_error() const;

 private:
  /// Closes its stdin, waits up to a second for its end, and then kills it.
  void end();
  Reply exchange(std::string_view input, std::chrono::milliseconds limit);
  bool next_line(std::string& line);

  pid_t child_ = -1;
  bool ended_ = false;
  int status_ = 0;  ///< waitpid's, once it has ended
  Descriptor to_, from_, errors_;
  std::string output_, error_text_;
};

}  // namespace flnas
