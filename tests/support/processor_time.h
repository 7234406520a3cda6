#pragma once

#include <time.h>

namespace flnas::test {

/// Seconds that this process has computed, on all its threads. Unlike the clock's, they do not grow while other
/// programs have the processor: a limit on them holds on a busy machine too.
inline double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace flnas::test
