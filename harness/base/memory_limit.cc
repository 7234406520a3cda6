#include "harness/base/memory_limit.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace flnas {
namespace {

namespace fs = std::filesystem;

std::optional<double> total_memory(const fs::path& root) {
  std::ifstream in(root / "proc/meminfo");
  std::string name;
  double kibibytes = 0;
  for (std::string line; in >> name >> kibibytes; std::getline(in, line)) {
    if (name == "MemTotal:") return kibibytes * 1024;
  }
  return std::nullopt;
}

/// A number in a file of its own; null for "max" and where there is no file.
std::optional<double> number_in(const fs::path& file) {
  std::ifstream in(file);
  double number = 0;
  return in >> number ? std::optional(number) : std::nullopt;
}

/// The lowest limit of a group and of those that it lies in. In a container the group is shown as the root of all.
void lower(std::optional<double>& limit, const fs::path& mount, const fs::path& group, const char* file) {
  for (fs::path at = group.relative_path();; at = at.parent_path()) {
    if (const auto found = number_in(mount / at / file)) limit = limit ? std::min(*limit, *found) : *found;
    if (at.empty()) return;
  }
}

}  // namespace

std::optional<double> memory_limit(const fs::path& root) {
  std::optional<double> limit = total_memory(root);
  std::ifstream groups(root / "proc/self/cgroup");  // "0::/user.slice/a", or of version 1 "9:memory:/slurm/job_3"
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == line.npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1), group = line.substr(second + 1);
    if (controllers.empty()) lower(limit, root / "sys/fs/cgroup", group, "memory.max");
    if (controllers == "memory") lower(limit, root / "sys/fs/cgroup/memory", group, "memory.limit_in_bytes");
  }
  return limit;
}

}  // namespace flnas
