// A machine whose time passes only while calls are timed, and calls that take as long as a test says.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "harness/latency/machine/machine.h"
#include "harness/latency/timing/timed_call.h"

namespace flnas::test {

/// A quiet machine that nobody else uses, until a test says otherwise. This process uses one core all the time.
class FakeMachine : public Machine {
 public:
  double foreign_cores = 0;      ///< that other processes use from now on
  double stolen_cores = 0;       ///< that the hypervisor gives to others from now on
  std::optional<double> watts;   ///< null: the device does not tell its energy
  std::optional<double> memory;  ///< available
  MachineState told;             ///< throttling, GPU, clocks: as they are until a test changes them
  bool tells_cpu_time = true;
  int states = 0;  ///< how often it was asked

  void pass(double seconds) {
    now_ += seconds;
    own_ += seconds;
    foreign_ += foreign_cores * seconds;
    stolen_ += stolen_cores * seconds;
    joules_ += watts.value_or(0) * seconds;
  }

  double seconds() override { return now_; }
  MachineState state() override {
    ++states;
    MachineState state = told;
    state.seconds = now_;
    state.own_seconds = own_;
    if (tells_cpu_time) state.busy_seconds = own_ + foreign_, state.stolen_seconds = stolen_;
    return state;
  }
  std::optional<double> joules() override { return watts ? std::optional(joules_) : std::nullopt; }
  std::string energy_source() const override { return watts ? "fake meter" : ""; }
  std::optional<double> available_memory() override { return memory; }

 private:
  double now_ = 0, own_ = 0, foreign_ = 0, stolen_ = 0, joules_ = 0;
};

/// A call that takes `microseconds()`, on a machine whose time passes meanwhile.
class FakeCall : public TimedCall {
 public:
  FakeCall(FakeMachine& machine, LatencyResult facts, std::function<double()> microseconds)
      : machine_(&machine), facts_(std::move(facts)), microseconds_(std::move(microseconds)) {}

  double time_us() override {
    const double us = microseconds_();
    machine_->pass(1e-6 * us);
    return us;
  }
  const LatencyResult& facts() const override { return facts_; }

 private:
  FakeMachine* machine_;
  LatencyResult facts_;
  std::function<double()> microseconds_;
};

}  // namespace flnas::test
