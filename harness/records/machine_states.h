#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/records/record_json.h"

namespace flnas {

// The state of the machine during a measurement, as recorded (read by harness/latency/machine). Null: not available.

struct RecordedGpuState {
  std::optional<double> clock_mhz;  ///< of the multiprocessors
  std::optional<double> memory_clock_mhz, temperature_c;
  std::optional<std::vector<std::string>> throttle_reasons;  ///< in words
  std::optional<int> other_processes;                        ///< processes that compute on it

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("clock_mhz", self.clock_mhz), visit("memory_clock_mhz", self.memory_clock_mhz);
    visit("temperature_c", self.temperature_c), visit("throttle_reasons", self.throttle_reasons);
    visit("other_processes", self.other_processes);
  }
};

struct RecordedMachineState {
  std::optional<double> load;              ///< load average over a minute
  std::optional<std::string> governor;     ///< of the first core
  std::optional<double> frequency_mhz;     ///< mean over the cores
  std::optional<double> temperature_c;     ///< of the hottest thermal zone
  std::optional<std::uint32_t> throttled;  ///< Raspberry Pi: get_throttled's bits
  std::optional<RecordedGpuState> gpu;     ///< null also if no GPU ran the model

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("load", self.load), visit("governor", self.governor), visit("frequency_mhz", self.frequency_mhz);
    visit("temperature_c", self.temperature_c), visit("throttled", self.throttled), visit("gpu", self.gpu);
  }
};

struct MachineStates {
  std::optional<RecordedMachineState> before, after;
  std::optional<double> foreign_cores;  ///< used by other processes during the measurement

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("before", self.before), visit("after", self.after), visit("foreign_cores", self.foreign_cores);
  }
};

}  // namespace flnas
