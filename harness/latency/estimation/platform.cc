#include "harness/latency/estimation/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/records/record_json.h"
#include "resources/platforms.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolder = "harness/latency/platforms/";

void require(bool holds, const std::string& where, const char* rule) {
  if (!holds) throw ConfigError(fmt::format("{}: {}", where, rule));
}

Platform platform_from_json(const Json& json, const std::string& where) {
  auto platform = record_from_json<Platform>(json, where);
  const auto all = [](const auto& values, auto&& holds) { return std::all_of(values.begin(), values.end(), holds); };
  require(!platform.name.empty() && !platform.title.empty(), where, "name and title must not be empty");
  require(platform.device == "cpu" || platform.device == "cuda", where, "device must be cpu or cuda");
  require(!platform.threads.empty() && all(platform.threads, [](int n) { return n >= 0; }), where,
          "threads must be a list of counts, 0 for all cores");
  require(!platform.batch.empty() && all(platform.batch, [](int n) { return n > 0; }), where,
          "batch must be a list of sizes above 0");
  require(!platform.precisions.empty() &&
              all(platform.precisions, [](const auto& name) { return name == "float32" || name == "bfloat16"; }),
          where, "precisions must be a list of float32 and bfloat16");
  if (platform.rates) platform.rates = rates_from_json(json.at("rates"), where + ": rates");
  if (platform.efficiency) platform.efficiency = efficiency_from_json(json.at("efficiency"), where + ": efficiency");
  return platform;
}

/// A device tree's texts end with a zero byte.
std::string read_device_tree(const fs::path& file) {
  std::ifstream in(file);
  std::string text;
  std::getline(in, text, '\0');
  return text;
}

/// "model name" on x86; "Model", "Hardware" on ARM.
std::string read_cpu(const fs::path& file) {
  std::ifstream in(file);
  std::string found;
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(": ");
    if (colon == line.npos) continue;
    const std::string key = line.substr(0, line.find_last_not_of(" \t", colon - 1) + 1);
    if (key == "model name") return line.substr(colon + 2);
    if (key == "Hardware" || key == "Model") found = line.substr(colon + 2);
  }
  return found;
}

/// User-mode QEMU shows a program the host's /proc, but the process is named after the emulator.
bool runs_in_qemu(const fs::path& comm) {
  std::ifstream in(comm);
  std::string name;
  return in >> name && name.rfind("qemu-", 0) == 0;
}

}  // namespace

std::vector<std::string> platform_names() {
  std::vector<std::string> names;
  for (const auto& file : platforms::resource_names()) names.push_back(fs::path(file).stem().string());
  return names;
}

Platform load_platform(const std::string& name_or_file) {
  if (fs::path(name_or_file).extension() == ".json") {
    if (!fs::exists(name_or_file)) throw ConfigError(fmt::format("{}: no such platform file", name_or_file));
    return platform_from_json(read_json(name_or_file), name_or_file);
  }
  const auto names = platform_names();
  const std::string& name = names[find_name("platform", name_or_file, names)];
  const std::string file = fmt::format("{}{}.json", kFolder, name);
  return platform_from_json(parse_json(platforms::resource(file).value(), file), file);
}

MachineIdentity read_machine_identity(const fs::path& root) {
  MachineIdentity machine;
  machine.device_tree = read_device_tree(root / "proc/device-tree/model");
  machine.cpu = read_cpu(root / "proc/cpuinfo");
  machine.emulated = std::getenv("FLNAS_EMULATED") != nullptr || runs_in_qemu(root / "proc/self/comm");
  return machine;
}

Json to_json(const MachineIdentity& machine) {
  return {{"device_tree", machine.device_tree},
          {"cpu", machine.cpu},
          {"cuda", machine.cuda},
          {"emulated", machine.emulated}};
}

bool is_present(const Platform& platform, const MachineIdentity& machine) {
  if (machine.emulated) return false;
  const Recognition& by = platform.recognised_by;
  const auto any = [](const auto& values, auto&& holds) { return std::any_of(values.begin(), values.end(), holds); };
  return by.any_machine() ||
         any(by.device_tree, [&](const auto& name) { return machine.device_tree.rfind(name, 0) == 0; }) ||
         any(by.cpu, [&](const auto& name) { return machine.cpu.find(name) != std::string::npos; }) ||
         any(by.cuda, [&](const auto& name) { return !machine.cuda.empty() && machine.cuda.front() == name; });
}

}  // namespace flnas
