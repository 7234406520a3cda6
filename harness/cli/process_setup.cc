#include "harness/cli/process_setup.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "harness/jobs/pool.h"
#include "harness/train/memory.h"

namespace flnas::cli {
namespace {

/// Every file is written whole or not at all, so a program can end anywhere. Only async-signal-safe calls.
void end_now(int signal) {
  terminate_jobs();
  constexpr char kMessage[] = "\ninterrupted; what was finished is kept, the same command continues\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kMessage, sizeof kMessage - 1);
  ::_exit(128 + signal);
}

/// Gives closed standard streams a place, so that no file that is opened later becomes one. What is written to stdout
/// still fails, and is reported when the program ends.
void open_standard_streams() {
  constexpr int kMode[] = {O_RDONLY, O_RDONLY, O_WRONLY};  // of descriptors 0, 1 and 2
  for (int descriptor = 0; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    if (::open("/dev/null", kMode[descriptor]) != descriptor) ::_exit(1);
  }
}

ssize_t write_or_drop(void*, const char* bytes, std::size_t count) {
  for (std::size_t done = 0; done < count;) {
    const ssize_t written = ::write(STDERR_FILENO, bytes + done, count - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    done += static_cast<std::size_t>(written);
  }
  return static_cast<ssize_t>(count);
}

/// Progress and messages that nobody can take (a full disk) are dropped: fmt would throw, from destructors too.
void forgive_stderr() {
  std::FILE* forgiving =
      ::fopencookie(nullptr, "w", {.read = nullptr, .write = write_or_drop, .seek = nullptr, .close = nullptr});
  if (forgiving == nullptr) return;
  std::setvbuf(forgiving, nullptr, _IONBF, 0);
  stderr = forgiving;
}

}  // namespace

void set_up_process() {
  open_standard_streams();
  forgive_stderr();
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, -1);
  install_counting_allocator();
  struct sigaction action {};
  action.sa_handler = end_now;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files: the write fails, as on a full disk
}

}  // namespace flnas::cli
