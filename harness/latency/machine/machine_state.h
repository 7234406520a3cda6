// The state of the machine during a measurement: what affects a latency apart from the model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/latency/machine/gpu.h"

namespace flnas {

/// The state at one moment. A field that is not available is empty.
struct MachineState {
  double seconds = 0;                      ///< monotonic clock
  std::optional<double> busy_seconds;      ///< CPU time of all processes on all cores, since the machine started
  std::optional<double> stolen_seconds;    ///< CPU time that a hypervisor gave to others
  double own_seconds = 0;                  ///< CPU time of this process
  std::optional<double> load;              ///< load average over a minute
  std::optional<std::string> governor;     ///< of the first core: performance, ondemand, ...
  std::optional<double> frequency_mhz;     ///< mean over the cores
  std::optional<double> temperature_c;     ///< of the hottest thermal zone
  std::optional<std::uint32_t> throttled;  ///< Raspberry Pi: the firmware's get_throttled bits, 0 when all is well
  std::optional<GpuState> gpu;
};

/// From /proc and /sys under `root`, and from the GPU that runs the models; null: there is none, or it cannot be read.
MachineState read_machine_state(const Gpu* gpu = nullptr, const std::filesystem::path& root = "/");

/// As recorded: without the counters, of which only differences are meaningful.
RecordedMachineState recorded(const MachineState& state);

/// How many cores other processes used between two readings; empty if not available.
std::optional<double> foreign_cores(const MachineState& before, const MachineState& after);

/// Bytes that new processes can allocate without swapping; empty if not available.
std::optional<double> available_memory(const std::filesystem::path& root = "/");

/// More than this makes a latency unreliable.
constexpr double kMostForeignCores = 0.1;
constexpr double kMostStolenCores = 0.05;

/// Why a measurement between the two readings is unreliable: another process used the GPU, another process or guest
/// took CPU time, or the GPU or the board was throttled. Empty if it is reliable.
std::string why_unreliable(const MachineState& before, const MachineState& after);

}  // namespace flnas
