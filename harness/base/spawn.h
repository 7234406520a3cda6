// What process.cc and child_process.cc share: file descriptors with an owner, and the start of a program.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace flnas {

struct Descriptor {
  int fd = -1;
  ~Descriptor() { reset(); }
  Descriptor() = default;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset();
};

/// Both ends are closed in programs that are started later. Throws IoError.
void open_pipe(Descriptor& read_end, Descriptor& write_end);

/// The child's stdin, stdout and stderr.
struct ChildFiles {
  Descriptor input, output, errors;  ///< `errors` empty: stderr joins stdout
};

/// Starts `command[0]`, found on the PATH, in `folder`; `own_group`: in a process group of its own.
/// Throws IoError when it cannot be started.
pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& folder, const ChildFiles& files,
            bool own_group);

/// Waits for its end; the status is waitpid's.
int wait_for_child(pid_t child);

}  // namespace flnas
