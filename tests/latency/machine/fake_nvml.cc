#include "tests/latency/machine/fake_nvml.h"

#include <array>
#include <cstring>

namespace flnas::test {

FakeGpu& fake_gpu(int index) {
  static std::array<FakeGpu, 2> gpus = {
      {{.bus_id = "00000000:3B:00.0", .uuid = "GPU-first"}, {.bus_id = "00000000:AF:00.0", .uuid = "GPU-second"}}};
  return gpus.at(static_cast<std::size_t>(index));
}

}  // namespace flnas::test

namespace {

using flnas::test::fake_gpu;
using flnas::test::FakeGpu;

constexpr int kInvalidArgument = 2, kNotFound = 6, kInsufficientSize = 7;

struct ProcessInfo {
  unsigned pid;
  unsigned long long used_memory;
  unsigned gpu_instance, compute_instance;
};

int copy(const std::string& from, char* to, unsigned size) {
  if (from.size() >= size) return kInsufficientSize;
  std::memcpy(to, from.c_str(), from.size() + 1);
  return 0;
}

}  // namespace

// NVML's own names and types.
extern "C" {

int nvmlInit_v2() { return 0; }
int nvmlShutdown() { return 0; }
int nvmlSystemGetDriverVersion(char* text, unsigned size) { return copy("580.1", text, size); }

int nvmlDeviceGetHandleByPciBusId_v2(const char* bus_id, FakeGpu** gpu) {
  for (int i = 0; i < 2; ++i) {
    if (fake_gpu(i).bus_id == bus_id) return *gpu = &fake_gpu(i), 0;
  }
  return kNotFound;
}

int nvmlDeviceGetUUID(FakeGpu* gpu, char* text, unsigned size) { return copy(gpu->uuid, text, size); }

int nvmlDeviceGetClockInfo(FakeGpu* gpu, int type, unsigned* mhz) {
  if (type != 1 && type != 2) return kInvalidArgument;
  *mhz = type == 1 ? gpu->clock_mhz : gpu->memory_clock_mhz;
  return 0;
}

int nvmlDeviceGetTemperature(FakeGpu* gpu, int sensor, unsigned* celsius) {
  *celsius = gpu->temperature_c;
  return sensor == 0 ? 0 : kInvalidArgument;
}

// The name until driver 535, which later ones have too.
int nvmlDeviceGetCurrentClocksThrottleReasons(FakeGpu* gpu, unsigned long long* bits) {
  *bits = gpu->throttle_reasons;
  return 0;
}

int nvmlDeviceGetTotalEnergyConsumption(FakeGpu* gpu, unsigned long long* millijoules) {
  *millijoules = gpu->millijoules;
  return 0;
}

int nvmlDeviceGetComputeRunningProcesses_v3(FakeGpu* gpu, unsigned* count, ProcessInfo* processes) {
  if (*count < gpu->pids.size()) return kInsufficientSize;
  *count = static_cast<unsigned>(gpu->pids.size());
  for (unsigned i = 0; i < *count; ++i) processes[i] = {gpu->pids[i], 1 << 20, ~0U, ~0U};
  return 0;
}
}
