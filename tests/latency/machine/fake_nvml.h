#pragma once

#include <string>
#include <vector>

namespace flnas::test {

/// What the tests' libnvidia-ml.so.1 tells of a GPU. It has two, and of NVML's functions those that flnas calls.
struct FakeGpu {
  std::string bus_id, uuid;
  unsigned clock_mhz = 0, memory_clock_mhz = 0, temperature_c = 0;
  unsigned long long throttle_reasons = 0, millijoules = 0;
  std::vector<unsigned> pids;  ///< of the processes that compute on it
};

FakeGpu& fake_gpu(int index);

}  // namespace flnas::test
