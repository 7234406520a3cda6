#include "harness/base/spawn.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "harness/base/error.h"

extern char** environ;

namespace flnas {

void Descriptor::reset() {
  if (fd >= 0) ::close(fd);
  fd = -1;
}

void open_pipe(Descriptor& read_end, Descriptor& write_end) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw IoError(fmt::format("cannot open a pipe: {}", std::strerror(errno)));
  read_end.fd = ends[0];
  write_end.fd = ends[1];
}

pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& folder, const ChildFiles& files,
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

int wait_for_child(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace flnas
