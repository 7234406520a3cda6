// One latency measurement: its passes, retries and verdict. Only this file knows these rules; it does not know libtorch
// or how a model is called.
#pragma once

#include <optional>
#include <string>

#include "harness/base/system.h"
#include "harness/latency/machine/machine.h"
#include "harness/records/latency_suite.h"

namespace flnas {

/// When a latency is valid, and how often it is measured again: the same for flnas-bench, `flnas measure`,
/// `flnas reproduce` and searches.
struct MeasurementRules {
  int least_samples = 15;  ///< in each pass
  int passes = 2;          ///< of which the medians reveal a change of the machine (validity.h, kMostDrift)
  int retries = 2;         ///< how often an unreliable latency is measured again, with all its passes and new samples
  std::string mark = "measured";
  bool optimised_build = build_is_optimised();  ///< false: every latency is unreliable, and none is tried again
};

/// The measurement of one model in one execution mode:
///
///     prepared -> [begin_samples -> add_sample... -> end_samples]... -> next
///        ^                                                               |  pass: more samples; retry: new ones
///        +-------------------------- go_on ------------------------------+  nothing: result
///
/// Samples that are begun and ended several times before `go_on` belong to one pass. A result is `unreliable` if the
/// machine was busy or throttled in any pass, the median's interval is too wide, or the medians of the passes differ
/// (validity.h). If no attempt is valid, the result is the attempt with the narrowest interval.
class Measurement {
 public:
  /// The machine must outlive it.
  Measurement(MeasurementRules rules, Machine& machine) : rules_(std::move(rules)), machine_(&machine) {}

  /// The model can be called: what is known of it counts unless samples have been taken of this attempt.
  void prepared(const LatencyResult& facts);
  /// It cannot be measured. `facts` names the benchmark.
  void fail(LatencyResult facts, std::string reason);

  void begin_samples();
  void add_sample(double us);
  /// Whether this pass has the least number.
  bool has_enough() const { return result_.pass_samples.back() >= rules_.least_samples; }
  /// Figures and verdict of all samples so far.
  void end_samples();

  enum class Next { kNothing, kPass, kRetry };
  Next next() const;
  /// Ends the pass; before a retry, also the attempt.
  void go_on();

  bool has_run() const { return ran_; }
  bool has_failed() const { return result_.status == kFailed; }
  const std::string& benchmark() const { return result_.benchmark; }
  /// Of the attempt under way.
  const LatencyResult& current() const { return result_; }
  LatencyResult result() const;

 private:
  void begin_pass();
  std::string problem(const MachineState& after) const;

  MeasurementRules rules_;
  Machine* machine_;
  LatencyResult result_;
  std::optional<LatencyResult> steadiest_;  ///< of earlier attempts
  MachineState before_, pass_before_;       ///< the first pass, the present one
  double joules_ = 0, joules_before_ = 0;   ///< that the samples took
  std::string problem_, pass_problem_;      ///< what spoke against the machine in earlier passes, in the present one
  std::optional<double> foreign_;           ///< cores that others used in a pass, at most
  bool ran_ = false;
  bool in_pass_ = false;
};

}  // namespace flnas
