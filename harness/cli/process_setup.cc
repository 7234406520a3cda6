#include "harness/cli/process_setup.h"

#include <malloc.h>
#include <signal.h>
#include <unistd.h>

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

}  // namespace

void set_up_process() {
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, -1);
  install_counting_allocator();
  struct sigaction action {};
  action.sa_handler = end_now;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace flnas::cli
