#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>

#include "harness/base/json.h"
#include "harness/records/machine_states.h"

namespace flnas {

/// The state of a GPU at one moment. A field that is not available is empty.
struct GpuState {
  std::optional<double> clock_mhz;  ///< of the multiprocessors
  std::optional<double> memory_clock_mhz;
  std::optional<double> temperature_c;
  std::optional<std::uint64_t> throttle_reasons;  ///< NVML's bits; some of them say only that it is idle
  std::optional<int> other_processes;             ///< that compute on it, this process left out
};

/// As recorded: reasons in words.
RecordedGpuState recorded(const GpuState& state);

/// Why a measurement that began or ended in this state is unreliable: the GPU was throttled, or other processes used
/// it. Empty if it is reliable.
std::string why_unreliable(const GpuState& state);

/// One NVIDIA GPU, read through NVML, NVIDIA's management library, which comes with the driver and is loaded at run
/// time.
class Gpu {
 public:
  /// By its place on the PCI bus, "00000000:3B:00.0": NVML's numbers of the GPUs are not CUDA's where
  /// CUDA_VISIBLE_DEVICES is set. Null without NVML, or where NVML knows no GPU there (Jetson).
  static std::shared_ptr<const Gpu> find(const std::string& bus_id);
  ~Gpu();
  Gpu(const Gpu&) = delete;
  Gpu& operator=(const Gpu&) = delete;

  GpuState state() const;
  /// That it has used since the driver was loaded (Volta or later).
  std::optional<double> joules() const;
  /// {bus_id, uuid, driver}
  Json describe() const;

 private:
  explicit Gpu(void* library) : library_(library) {}

  template <class... Arguments>
  bool call(std::initializer_list<const char*> names, Arguments... arguments) const;
  template <class Value, class... Arguments>
  std::optional<Value> ask(std::initializer_list<const char*> names, Arguments... arguments) const;
  template <class... Arguments>
  Json ask_text(const char* name, Arguments... arguments) const;
  std::optional<int> other_processes() const;

  void* library_;
  void* device_ = nullptr;
  std::string bus_id_;
};

}  // namespace flnas
