#include "harness/latency/machine/energy.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "harness/latency/machine/sysfs.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> children(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) found.push_back(entry.path());
  return found;
}

/// Counters in microjoules that begin again at a stated range.
class Rapl : public EnergyMeter {
 public:
  static std::unique_ptr<EnergyMeter> find(const fs::path& root) {
    auto meter = std::make_unique<Rapl>();
    for (const auto& zone : children(root / "sys/class/powercap")) {
      if (read_value<std::string>(zone / "name").value_or("").rfind("package", 0) != 0) continue;
      const auto now = read_value<double>(zone / "energy_uj"), range = read_value<double>(zone / "max_energy_range_uj");
      if (now && range) meter->packages_.push_back({zone / "energy_uj", *range, *now, 0});
    }
    if (meter->packages_.empty()) return nullptr;
    return meter;
  }

  double joules() override {
    double sum = 0;
    for (Package& package : packages_) {
      const double now = read_value<double>(package.file).value_or(package.last);
      package.used += now - package.last + (now < package.last ? package.range : 0);
      package.last = now;
      sum += package.used;
    }
    return 1e-6 * sum;
  }
  std::string source() const override { return fmt::format("RAPL, {} package(s)", packages_.size()); }

 private:
  struct Package {
    fs::path file;
    double range, last, used;
  };
  std::vector<Package> packages_;
};

/// A rail of the board: volts times amperes, read every kPeriod and summed up.
class Rail : public EnergyMeter {
 public:
  Rail(fs::path volts, fs::path amperes, std::string label)
      : volts_(std::move(volts)),
        amperes_(std::move(amperes)),
        label_(std::move(label)),
        reader_([this] { follow(); }) {}
  ~Rail() override {
    stop_ = true;
    reader_.join();
  }

  /// The rail that feeds the whole board.
  static std::unique_ptr<EnergyMeter> find(const fs::path& root) {
    for (const auto& monitor : children(root / "sys/class/hwmon")) {
      if (read_value<std::string>(monitor / "name").value_or("") != "ina3221") continue;
      for (int channel = 1; channel <= 3; ++channel) {
        const auto label = read_value<std::string>(monitor / fmt::format("in{}_label", channel)).value_or("");
        if (label != "VDD_IN" && label != "POM_5V_IN" && label != "VIN_SYS_5V0") continue;
        return std::make_unique<Rail>(monitor / fmt::format("in{}_input", channel),
                                      monitor / fmt::format("curr{}_input", channel), label);
      }
    }
    return nullptr;
  }

  double joules() override { return joules_; }
  std::string source() const override { return "INA3221, " + label_; }

 private:
  static constexpr std::chrono::milliseconds kPeriod{5};

  void follow() {
    auto last = std::chrono::steady_clock::now();
    while (!stop_) {
      std::this_thread::sleep_for(kPeriod);
      const auto now = std::chrono::steady_clock::now();
      const double watts = 1e-6 * read_value<double>(volts_).value_or(0) * read_value<double>(amperes_).value_or(0);
      joules_ = joules_ + watts * std::chrono::duration<double>(now - last).count();
      last = now;
    }
  }

  fs::path volts_, amperes_;
  std::string label_;
  std::atomic<double> joules_ = 0;
  std::atomic<bool> stop_ = false;
  std::thread reader_;
};

class Nvml : public EnergyMeter {
 public:
  explicit Nvml(std::shared_ptr<const Gpu> gpu) : gpu_(std::move(gpu)) {}

  static std::unique_ptr<EnergyMeter> find(const std::shared_ptr<const Gpu>& gpu) {
    return gpu && gpu->joules() ? std::make_unique<Nvml>(gpu) : nullptr;
  }

  double joules() override { return gpu_->joules().value_or(0); }
  std::string source() const override { return "NVML"; }

 private:
  std::shared_ptr<const Gpu> gpu_;
};

}  // namespace

std::unique_ptr<EnergyMeter> find_energy_meter(bool cuda, const std::shared_ptr<const Gpu>& gpu, const fs::path& root) {
  if (auto rail = Rail::find(root)) return rail;
  return cuda ? Nvml::find(gpu) : Rapl::find(root);
}

}  // namespace flnas
