#include "harness/latency/timing/measurement.h"

#include <algorithm>
#include <utility>

#include "harness/latency/machine/validity.h"

namespace flnas {
namespace {

/// Of the median's interval, as a share of the median.
double width(const LatencyResult& result) {
  return (result.latency->p50_high_us - result.latency->p50_low_us) / result.latency->p50_us;
}

}  // namespace

void Measurement::prepared(const LatencyResult& facts) {
  ran_ = true;
  if (!result_.samples_us.empty()) return;
  const int attempts = result_.attempts;
  result_ = facts;
  result_.attempts = attempts;
  result_.mark = rules_.mark;
}

void Measurement::fail(LatencyResult facts, std::string reason) {
  ran_ = true;
  result_ = std::move(facts);
  result_.status = kFailed;
  result_.reason = std::move(reason);
}

void Measurement::begin_pass() {
  in_pass_ = true;
  pass_before_ = machine_->state();
  if (result_.samples_us.empty()) {
    before_ = pass_before_;
    joules_ = 0;
    problem_.clear();
    foreign_.reset();
    ++result_.attempts;
  }
  result_.pass_samples.push_back(0);
}

void Measurement::begin_samples() {
  if (!in_pass_) begin_pass();
  joules_before_ = machine_->joules().value_or(0);
}

void Measurement::add_sample(double us) {
  result_.samples_us.push_back(us);
  ++result_.pass_samples.back();
}

std::string Measurement::problem(const MachineState& after) const {
  if (!rules_.optimised_build) return "a debug or sanitizer build: its latency means nothing";
  const LatencyStatistics& latency = *result_.latency;
  std::string reason = why_unreliable(latency.p50_us, latency.p50_low_us, latency.p50_high_us, pass_before_, after);
  if (reason.empty()) reason = problem_;
  return reason.empty() ? why_drifted(pass_medians_us(result_)) : reason;
}

void Measurement::end_samples() {
  if (const auto joules = machine_->joules()) {
    joules_ += *joules - joules_before_;
    result_.joules_per_call = joules_ / static_cast<double>(result_.samples_us.size());
    result_.energy_source = machine_->energy_source();
  }
  const MachineState after = machine_->state();
  result_.latency = summarise_samples(result_.samples_us);
  result_.images_per_second = 1e6 * result_.batch / result_.latency->p50_us;
  if (const auto foreign = foreign_cores(pass_before_, after)) foreign_ = std::max(*foreign, foreign_.value_or(0));
  result_.state = {.before = recorded(before_), .after = recorded(after), .foreign_cores = foreign_};
  pass_problem_ = why_unreliable(pass_before_, after);
  result_.reason = problem(after);
  result_.status = result_.reason.empty() ? kPassed : kUnreliable;
}

Measurement::Next Measurement::next() const {
  if (!ran_ || has_failed()) return Next::kNothing;
  if (static_cast<int>(result_.pass_samples.size()) < rules_.passes) return Next::kPass;
  const bool may_retry = rules_.optimised_build && result_.attempts <= rules_.retries;
  return result_.status == kUnreliable && may_retry ? Next::kRetry : Next::kNothing;
}

void Measurement::go_on() {
  const bool retry = next() == Next::kRetry;
  in_pass_ = false;
  if (problem_.empty()) problem_ = pass_problem_;
  if (!retry) return;
  if (!steadiest_ || width(result_) < width(*steadiest_)) steadiest_ = result_;
  result_.samples_us.clear();
  result_.pass_samples.clear();
}

LatencyResult Measurement::result() const {
  if (result_.status != kUnreliable || !steadiest_ || width(*steadiest_) >= width(result_)) return result_;
  LatencyResult kept = *steadiest_;
  kept.attempts = result_.attempts;
  return kept;
}

}  // namespace flnas
