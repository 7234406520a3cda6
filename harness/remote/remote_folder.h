#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/remote/ssh.h"

namespace flnas {

/// What a look at another machine, and at a folder of a run there, told.
struct RemoteState {
  std::string machine;                       ///< as `uname -m`: aarch64
  std::string bits;                          ///< of its programs, which may be fewer than the processor's
  std::string installed;                     ///< path of the installed flnas-bench, or empty
  bool running = false;                      ///< the folder's program
  std::optional<int> code;                   ///< its exit code where it has ended
  std::map<std::string, std::string> files;  ///< SHA-256 by name; not read while the program runs
};

// Each takes a folder relative to the user's home and throws like Ssh::run.

/// Makes the folder where it is not there.
RemoteState look_at(const Ssh& ssh, const std::string& folder);

/// Starts the command in the folder unless it runs there or has ended, and shows its output until it ends; returns its
/// stderr. It is on its own there: a lost connection does not end it.
std::string follow_program(const Ssh& ssh, const std::string& folder, const std::vector<std::string>& command);

/// Ends the program where it still runs, and removes the folder.
void remove_folder(const Ssh& ssh, const std::string& folder);

}  // namespace flnas
