#include "harness/base/system.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>

#include "harness/base/build_info.h"
#include "harness/base/libraries.h"

namespace flnas {
namespace {

/// The value of the first "key : value" line of a /proc-like file, or null.
Json first_value(const char* file, const std::string& key, char separator) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(key, 0) != 0) continue;
    auto value = line.substr(line.find(separator) + 1);
    value.erase(0, value.find_first_not_of(" \t\""));
    value.erase(value.find_last_not_of(" \t\"") + 1);
    return value;
  }
  return nullptr;
}

}  // namespace

Json describe_machine() {
  Json machine;
  machine["cpu"] = first_value("/proc/cpuinfo", "model name", ':');
  machine["cores"] = ::sysconf(_SC_NPROCESSORS_ONLN);
  machine["memory_bytes"] = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGE_SIZE);
  machine["os"] = first_value("/etc/os-release", "PRETTY_NAME", '=');
  utsname name{};
  machine["kernel"] = ::uname(&name) == 0 ? Json(name.release) : Json(nullptr);
  machine["architecture"] = ::uname(&name) == 0 ? Json(name.machine) : Json(nullptr);
  return machine;
}

Json describe_build() {
  Json build;
  build["commit"] = build_info::kCommit;
  build["build_type"] = build_info::kBuildType;
  build["compiler"] = build_info::kCompiler;
  build["sanitizers"] = build_info::kSanitizers;
  build["libraries"] = describe_libraries();
  return build;
}

bool build_is_optimised() {
  const std::string type = build_info::kBuildType;
  return (type == "Release" || type == "RelWithDebInfo") && std::string(build_info::kSanitizers).empty();
}

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

}  // namespace flnas
