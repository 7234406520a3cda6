// What a run may take: memory before it starts, time while it goes on.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/nn/registry.h"
#include "harness/train/config.h"
#include "harness/train/device.h"

namespace flnas {

/// No part of what a run is: it may be continued with other limits.
struct RunLimits {
  double max_memory = 0;  ///< GiB. 0: all that the device has (memory_of in train/device.h).
  double max_time = 0;    ///< Minutes of one call; 0: no limit.

  template <class Self, class Visit>
  static void for_each_field(Self& self, Visit&& visit) {
    visit("max_memory", self.max_memory,
          "memory that a training may need, or it is not begun (default: all of the machine, its control group or GPU)",
          {.value = "GIB"});
    visit("max_time", self.max_time,
          "ends a training after so long, as failed; the same command continues it (default: no limit)",
          {.value = "MINUTES"});
  }

  /// One line each; empty when the limits can be used.
  std::vector<std::string> problems() const;
};

/// Throws Error, with the figures, where the training of the model will need more memory (train/memory_need.h) than the
/// limits or the device have. `name`: the model's.
void require_memory(const RunLimits& limits, const std::string& name,
                    const std::function<std::shared_ptr<nn::Classifier>()>& make, const nn::ModelOptions& options,
                    const TrainConfig& effective, const DeviceSetup& setup);

/// The time of a call, which begins with this object.
class Watchdog {
 public:
  explicit Watchdog(const RunLimits& limits) : minutes_(limits.max_time) {}
  /// Throws Error when it is over. `epochs`: finished ones, for the message.
  void check(std::size_t epochs) const;

 private:
  double minutes_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace flnas
