#include "harness/base/lock_holder.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace flnas {
namespace {

namespace fs = std::filesystem;

std::string first_word(const char* file) {
  std::ifstream in(file);
  std::string word;
  in >> word;
  return word.empty() ? "-" : word;
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 && name[0] != 0 ? name : "-";
}

std::string own_namespace() {
  std::error_code failed;
  const std::string name = fs::read_symlink("/proc/self/ns/pid", failed).string();
  return name.empty() ? "-" : name;
}

/// Field 22 of /proc/PID/stat, counted after the program's name, which may hold anything; "-" where there is none, and
/// of one that has ended and whose parent has not asked for it yet (state Z).
std::string start_of(const std::string& process) {
  std::ifstream in("/proc/" + process + "/stat");
  std::string line;
  std::getline(in, line);
  std::istringstream fields(line.substr(line.rfind(')') + 1));  // npos + 1 is 0
  std::string state, field;
  fields >> state;
  for (int number = 4; number <= 22; ++number) fields >> field;
  return fields && state != "Z" ? field : "-";
}

}  // namespace

LockHolder LockHolder::self() {
  const std::string process = std::to_string(::getpid());
  return {process, host_name(), first_word("/proc/sys/kernel/random/boot_id"), own_namespace(), start_of(process)};
}

LockHolder LockHolder::parse(std::string_view text) {
  std::istringstream in{std::string(text)};
  LockHolder holder;
  in >> holder.process >> holder.host >> holder.boot >> holder.pid_namespace >> holder.start;
  return holder;
}

std::string LockHolder::text() const {
  return fmt::format("{} {} {} {} {}", process, host, boot, pid_namespace, start);
}

bool LockHolder::is_here() const {
  const LockHolder own = self();
  return !start.empty() && host == own.host && boot == own.boot && pid_namespace == own.pid_namespace;
}

bool LockHolder::runs() const {
  pid_t id = 0;
  std::from_chars(process.data(), process.data() + process.size(), id);
  if (id <= 0 || (::kill(id, 0) != 0 && errno == ESRCH)) return false;
  return start_of(process) == start;
}

}  // namespace flnas
