// The state of the machine around a measurement: what moves a latency without being part of the model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/latency/machine/gpu.h"

namespace flnas {

/// Read at one moment. A field that the machine does not tell is empty.
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

/// From /proc and /sys under `root`, and from the GPU that runs the models; null: none does, or it cannot be asked.
MachineState read_machine_state(const Gpu* gpu = nullptr, const std::filesystem::path& root = "/");

/// As records keep it: without the counters, of which only differences tell something.
RecordedMachineState recorded(const MachineState& state);

/// How many cores' worth of CPU other processes used between two readings; empty where the machine does not tell.
std::optional<double> foreign_cores(const MachineState& before, const MachineState& after);

/// Bytes that new processes can have without swapping; empty where the machine does not tell.
std::optional<double> available_memory(const std::filesystem::path& root = "/");

/// More than this makes a latency unreliable.
constexpr double kMostForeignCores = 0.1;
constexpr double kMostStolenCores = 0.05;

/// Why a measurement between the two readings should not be believed: another process used the GPU, another process or
/// guest took CPU time, or the GPU or the board was throttled. Empty where nothing speaks against it.
std::string why_unreliable(const MachineState& before, const MachineState& after);

}  // namespace flnas
