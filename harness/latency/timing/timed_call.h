#pragma once

#include "harness/records/latency_suite.h"

namespace flnas {

/// A model that is ready to be timed. Tests use a fake with given times (tests/support/fake_machine.h).
class TimedCall {
 public:
  virtual ~TimedCall() = default;
  /// Microseconds of one call, from an idle device to an idle device.
  virtual double time_us() = 0;
  /// What is known before the samples: everything of the result but latency, validity, state and training memory.
  virtual const LatencyResult& facts() const = 0;
};

}  // namespace flnas
