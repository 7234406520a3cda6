// The latency of one model, as `flnas measure` and searches take it; flnas-bench takes many (suite.h), by the same
// rules.
#pragma once

#include "harness/latency/machine/machine.h"
#include "harness/latency/timing/measurement.h"
#include "harness/latency/timing/timed_model.h"

namespace flnas {

/// How long samples are taken.
struct SamplingTime {
  double seconds = 3;       ///< of an attempt, its passes together; a pass has the rules' least number in any case
  int most_samples = 1000;  ///< of a pass
};

/// Prepares the model once and samples it until the rules are satisfied. The result has failed where the mode's logits
/// are not those of the eager one. Throws what `prepare` throws, which a test may choose.
LatencyResult measure_model(const TimingCase& timing, const MeasurementRules& rules, const SamplingTime& time,
                            Machine& machine, const PrepareCall& prepare = prepare_timed_model);

}  // namespace flnas
