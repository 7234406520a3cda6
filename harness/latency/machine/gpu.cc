#include "harness/latency/machine/gpu.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

namespace flnas {
namespace {

/// What of NVML's header is used. Every function returns 0 where it succeeds.
constexpr int kMultiprocessorClock = 1, kMemoryClock = 2, kCoreSensor = 0;
constexpr unsigned kTextSize = 96;
struct ProcessInfo {
  unsigned pid;
  unsigned long long used_memory;
  unsigned gpu_instance, compute_instance;
};

struct Reason {
  std::uint64_t bit;
  const char* name;
  bool throttles;  ///< the GPU runs slower than asked for
};
constexpr std::array<Reason, 9> kReasons = {{
    {0x1, "idle", false},
    {0x2, "applications clocks setting", false},
    {0x4, "software power cap", true},
    {0x8, "hardware slowdown", true},
    {0x10, "sync boost", false},
    {0x20, "software thermal slowdown", true},
    {0x40, "hardware thermal slowdown", true},
    {0x80, "hardware power brake slowdown", true},
    {0x100, "display clocks setting", false},
}};

std::vector<std::string> reasons_of(std::uint64_t bits, bool only_throttling) {
  std::vector<std::string> names;
  for (const auto& [bit, name, throttles] : kReasons) {
    if ((bits & bit) != 0 && (throttles || !only_throttling)) names.emplace_back(name);
  }
  return names;
}

}  // namespace

RecordedGpuState recorded(const GpuState& state) {
  RecordedGpuState record{.clock_mhz = state.clock_mhz,
                          .memory_clock_mhz = state.memory_clock_mhz,
                          .temperature_c = state.temperature_c,
                          .throttle_reasons = {},
                          .other_processes = state.other_processes};
  if (state.throttle_reasons) record.throttle_reasons = reasons_of(*state.throttle_reasons, false);
  return record;
}

std::string why_unreliable(const GpuState& state) {
  if (const auto reasons = reasons_of(state.throttle_reasons.value_or(0), true); !reasons.empty()) {
    return fmt::format("the GPU was throttled ({})", fmt::join(reasons, ", "));
  }
  const int others = state.other_processes.value_or(0);
  if (others == 0) return {};
  return fmt::format("{} other process{} on the GPU (nvidia-smi shows which)", others,
                     others == 1 ? " was" : "es were");
}

/// Calls NVML's function of the first of these names that is there; false where none is, or it fails.
template <class... Arguments>
bool Gpu::call(std::initializer_list<const char*> names, Arguments... arguments) const {
  for (const char* name : names) {
    if (void* function = ::dlsym(library_, name))
      return reinterpret_cast<int (*)(Arguments...)>(function)(arguments...) == 0;
  }
  return false;
}

/// The last argument of NVML's getters is where the value goes.
template <class Value, class... Arguments>
std::optional<Value> Gpu::ask(std::initializer_list<const char*> names, Arguments... arguments) const {
  Value value{};
  return call(names, arguments..., &value) ? std::optional(value) : std::nullopt;
}

template <class... Arguments>
Json Gpu::ask_text(const char* name, Arguments... arguments) const {
  std::array<char, kTextSize> text{};
  return call({name}, arguments..., text.data(), kTextSize) ? Json(text.data()) : Json(nullptr);
}

std::shared_ptr<const Gpu> Gpu::find(const std::string& bus_id) {
  void* library = ::dlopen("libnvidia-ml.so.1", RTLD_NOW);
  if (library == nullptr) return nullptr;
  const std::shared_ptr<Gpu> gpu(new Gpu(library));
  gpu->bus_id_ = bus_id;
  const bool found = gpu->call({"nvmlInit_v2"}) &&
                     gpu->call({"nvmlDeviceGetHandleByPciBusId_v2"}, gpu->bus_id_.c_str(), &gpu->device_);
  return found ? gpu : nullptr;
}

Gpu::~Gpu() {
  call({"nvmlShutdown"});
  ::dlclose(library_);
}

GpuState Gpu::state() const {
  GpuState state;
  state.clock_mhz = ask<unsigned>({"nvmlDeviceGetClockInfo"}, device_, kMultiprocessorClock);
  state.memory_clock_mhz = ask<unsigned>({"nvmlDeviceGetClockInfo"}, device_, kMemoryClock);
  state.temperature_c = ask<unsigned>({"nvmlDeviceGetTemperature"}, device_, kCoreSensor);
  state.throttle_reasons = ask<unsigned long long>(
      {"nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons"}, device_);
  state.other_processes = other_processes();
  return state;
}

std::optional<int> Gpu::other_processes() const {
  std::vector<ProcessInfo> processes(256);
  auto count = static_cast<unsigned>(processes.size());
  if (!call({"nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2"}, device_, &count,
            processes.data())) {
    return std::nullopt;
  }
  processes.resize(count);
  const auto own = std::count_if(processes.begin(), processes.end(), [](const ProcessInfo& process) {
    return process.pid == static_cast<unsigned>(::getpid());
  });
  // A container has numbers of its own for its processes, NVML tells the host's: this process is one of them.
  return std::max(0, static_cast<int>(count) - std::max(1, static_cast<int>(own)));
}

std::optional<double> Gpu::joules() const {
  const auto millijoules = ask<unsigned long long>({"nvmlDeviceGetTotalEnergyConsumption"}, device_);
  return millijoules ? std::optional(1e-3 * static_cast<double>(*millijoules)) : std::nullopt;
}

Json Gpu::describe() const {
  return {{"bus_id", bus_id_},
          {"uuid", ask_text("nvmlDeviceGetUUID", device_)},
          {"driver", ask_text("nvmlSystemGetDriverVersion")}};
}

}  // namespace flnas
