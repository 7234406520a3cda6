#include "harness/latency/machine/machine.h"

#include <chrono>
#include <utility>

namespace flnas {
namespace {

class LocalMachine : public Machine {
 public:
  LocalMachine(bool cuda, std::shared_ptr<const Gpu> gpu)
      : gpu_(std::move(gpu)), meter_(find_energy_meter(cuda, gpu_)) {}

  double seconds() override {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  }
  MachineState state() override { return read_machine_state(gpu_.get()); }
  std::optional<double> joules() override { return meter_ ? std::optional(meter_->joules()) : std::nullopt; }
  std::string energy_source() const override { return meter_ ? meter_->source() : ""; }
  std::optional<double> available_memory() override { return flnas::available_memory(); }

 private:
  std::shared_ptr<const Gpu> gpu_;
  std::unique_ptr<EnergyMeter> meter_;
};

}  // namespace

std::unique_ptr<Machine> local_machine(bool cuda, std::shared_ptr<const Gpu> gpu) {
  return std::make_unique<LocalMachine>(cuda, std::move(gpu));
}

}  // namespace flnas
