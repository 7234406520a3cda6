// Devices as data: how a device is recognised, what is measured on it, and its rates for estimates.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/latency/estimation/roofline.h"

namespace flnas {

/// How a device is recognised. Any match suffices; without any criterion, every machine matches (the host).
struct Recognition {
  std::vector<std::string> device_tree;  ///< beginnings of /proc/device-tree/model: "Raspberry Pi 4"
  /// Whole names of CUDA devices: "NVIDIA A10" is not "NVIDIA A100". Compared with the machine's first device, which
  /// runs the models; CUDA_VISIBLE_DEVICES makes another one the first.
  std::vector<std::string> cuda;
  std::vector<std::string> cpu;  ///< parts of the processor's name in /proc/cpuinfo

  bool any_machine() const { return device_tree.empty() && cuda.empty() && cpu.empty(); }

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("device_tree", self.device_tree), visit("cuda", self.cuda), visit("cpu", self.cpu);
  }
};

/// harness/latency/platforms/NAME.json. Adding a board is adding a file there, or naming one on the command line.
struct Platform {
  std::string name;   ///< "pi4"
  std::string title;  ///< "Raspberry Pi 4 Model B"
  Recognition recognised_by;
  std::string device = "cpu";           ///< what runs the model: cpu or cuda
  std::vector<int> threads;             ///< to be measured; 0: all cores
  std::vector<int> batch;               ///< to be measured
  std::vector<std::string> precisions;  ///< that the device computes well, the first being the default
  std::optional<Rates> rates;           ///< null: nothing can be estimated for it
  std::optional<Efficiency> efficiency;

  bool can_be_estimated() const { return rates && efficiency; }

  template <class Self, class Visit>
  static void for_each_member(Self& self, Visit&& visit) {
    visit("name", self.name), visit("title", self.title), visit("recognised_by", self.recognised_by);
    visit("device", self.device), visit("threads", self.threads), visit("batch", self.batch);
    visit("precisions", self.precisions), visit("rates", self.rates), visit("efficiency", self.efficiency);
  }
};

std::vector<std::string> platform_names();

/// A platform by name, or from a .json file. Throws ConfigError for an unknown name (with the nearest) or a value out
/// of range, DataError for a file that is no platform.
Platform load_platform(const std::string& name_or_file);

/// The identity of this machine.
struct MachineIdentity {
  std::string device_tree;        ///< "" on a PC
  std::string cpu;                ///< "" where /proc/cpuinfo names none
  std::vector<std::string> cuda;  ///< from libtorch, which this layer does not know: filled in by the caller
  bool emulated = false;          ///< the processor is emulated: its times are not those of a device
};

/// From /proc under `root`. Emulated: under user-mode QEMU, or if FLNAS_EMULATED is set (for other emulators).
MachineIdentity read_machine_identity(const std::filesystem::path& root = "/");

Json to_json(const MachineIdentity& machine);

/// Whether this machine is that device and is not emulated.
bool is_present(const Platform& platform, const MachineIdentity& machine);

}  // namespace flnas
