#include "harness/latency/machine/machine_state.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <sstream>
#include <vector>

#include "harness/latency/machine/sysfs.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

/// The folders under `parent` whose names begin with `prefix` and go on with a digit.
std::vector<fs::path> numbered(const fs::path& parent, const std::string& prefix) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(parent, failed)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > prefix.size() && name.rfind(prefix, 0) == 0 && std::isdigit(name[prefix.size()]) != 0)
      found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The first line of /proc/stat: user nice system idle iowait irq softirq steal, in clock ticks.
void read_cpu_time(const fs::path& file, MachineState& state) {
  std::ifstream in(file);
  std::string name;
  std::array<double, 8> ticks{};
  if (!(in >> name) || name != "cpu") return;
  for (double& value : ticks) {
    if (!(in >> value)) return;
  }
  const auto per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
  state.busy_seconds = (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / per_second;
  state.stolen_seconds = ticks[7] / per_second;
}

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<double> mean_frequency_mhz(const fs::path& cpus) {
  double sum = 0;
  int count = 0;
  for (const auto& cpu : numbered(cpus, "cpu")) {
    if (const auto khz = read_value<double>(cpu / "cpufreq/scaling_cur_freq")) sum += *khz / 1000, ++count;
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::optional<double> hottest_zone(const fs::path& thermal) {
  std::optional<double> hottest;
  for (const auto& zone : numbered(thermal, "thermal_zone")) {
    const auto milli = read_value<double>(zone / "temp");
    if (milli) hottest = std::max(hottest.value_or(*milli / 1000), *milli / 1000);
  }
  return hottest;
}

std::optional<std::uint32_t> throttled_bits(const fs::path& root) {
  const auto text = read_value<std::string>(root / "sys/devices/platform/soc/soc:firmware/get_throttled");
  if (!text) return std::nullopt;
  std::uint32_t bits = 0;
  return std::istringstream(*text) >> std::hex >> bits ? std::optional(bits) : std::nullopt;
}

double between(const std::optional<double>& before, const std::optional<double>& after, double seconds) {
  return before && after && seconds > 0 ? (*after - *before) / seconds : 0;
}

}  // namespace

MachineState read_machine_state(const Gpu* gpu, const fs::path& root) {
  MachineState state;
  if (gpu != nullptr) state.gpu = gpu->state();  // first: it cools within milliseconds
  state.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  read_cpu_time(root / "proc/stat", state);
  state.own_seconds = own_cpu_seconds();
  state.load = read_value<double>(root / "proc/loadavg");
  const fs::path cpus = root / "sys/devices/system/cpu";
  state.governor = read_value<std::string>(cpus / "cpu0/cpufreq/scaling_governor");
  state.frequency_mhz = mean_frequency_mhz(cpus);
  state.temperature_c = hottest_zone(root / "sys/class/thermal");
  state.throttled = throttled_bits(root);
  return state;
}

RecordedMachineState recorded(const MachineState& state) {
  RecordedMachineState record{.load = state.load,
                              .governor = state.governor,
                              .frequency_mhz = state.frequency_mhz,
                              .temperature_c = state.temperature_c,
                              .throttled = state.throttled,
                              .gpu = {}};
  if (state.gpu) record.gpu = recorded(*state.gpu);
  return record;
}

std::optional<double> foreign_cores(const MachineState& before, const MachineState& after) {
  const double seconds = after.seconds - before.seconds;
  if (!before.busy_seconds || !after.busy_seconds || seconds <= 0) return std::nullopt;
  const double others = (*after.busy_seconds - *before.busy_seconds) - (after.own_seconds - before.own_seconds);
  return std::max(0.0, others / seconds);
}

std::optional<double> available_memory(const fs::path& root) {
  std::ifstream in(root / "proc/meminfo");
  for (std::string name; in >> name; in.ignore(256, '\n')) {
    double kibibytes = 0;
    if (name == "MemAvailable:" && in >> kibibytes) return kibibytes * 1024;
  }
  return std::nullopt;
}

std::string why_unreliable(const MachineState& before, const MachineState& after) {
  for (const MachineState* state : {&before, &after}) {
    const std::string reason = state->gpu ? why_unreliable(*state->gpu) : "";
    if (!reason.empty()) return reason + (state == &before ? " before the samples" : " after the samples");
  }
  if (const auto foreign = foreign_cores(before, after); foreign && *foreign > kMostForeignCores) {
    return fmt::format("other processes used {:.2f} cores meanwhile (at most {} is trusted)", *foreign,
                       kMostForeignCores);
  }
  const double stolen = between(before.stolen_seconds, after.stolen_seconds, after.seconds - before.seconds);
  if (stolen > kMostStolenCores) {
    return fmt::format("the hypervisor gave {:.2f} cores to others meanwhile (at most {} is trusted)", stolen,
                       kMostStolenCores);
  }
  // Bits 0 to 3: under-voltage, capped, throttled, at the soft temperature limit, now; 16 to 19: at any time since the
  // board was started, so that one which is new has come and perhaps gone in between.
  constexpr std::uint32_t kNow = 0xF, kSinceStart = 0xF0000;
  const std::uint32_t was = before.throttled.value_or(after.throttled.value_or(0)), is = after.throttled.value_or(0);
  if (((was | is) & kNow) != 0 || (is & ~was & kSinceStart) != 0) {
    return fmt::format("the board was throttled (get_throttled {:#x} before, {:#x} after)",
                       before.throttled.value_or(0), after.throttled.value_or(0));
  }
  return {};
}

}  // namespace flnas
