#include "harness/latency/timing/measure_model.h"

#include <algorithm>

namespace flnas {

LatencyResult measure_model(const TimingCase& timing, const MeasurementRules& rules, const SamplingTime& time,
                            Machine& machine, const PrepareCall& prepare) {
  const auto call = prepare(timing);
  Measurement measurement(rules, machine);
  measurement.prepared(call->facts());
  const double seconds = time.seconds / std::max(1, rules.passes);
  while (measurement.next() != Measurement::Next::kNothing) {
    measurement.go_on();
    measurement.begin_samples();
    const double end = machine.seconds() + seconds;
    const auto taken = [&] { return measurement.current().pass_samples.back(); };
    while (!measurement.has_enough() || (taken() < time.most_samples && machine.seconds() < end)) {
      measurement.add_sample(call->time_us());
    }
    measurement.end_samples();
  }
  return measurement.result();
}

}  // namespace flnas
