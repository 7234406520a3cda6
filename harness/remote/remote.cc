#include "harness/remote/remote.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/base/hash.h"
#include "harness/base/text.h"
#include "harness/remote/interruption.h"
#include "harness/remote/remote_folder.h"
#include "harness/remote/ssh.h"

namespace flnas {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInstalled = "flnas-bench";

/// The architecture that an ELF program is for, as `uname -m` names it; empty for a script and for others.
std::string architecture_of(const fs::path& program) {
  std::array<unsigned char, 20> head{};
  std::ifstream(program, std::ios::binary).read(reinterpret_cast<char*>(head.data()), head.size());
  if (head[0] != 0x7f || head[1] != 'E' || head[2] != 'L' || head[3] != 'F') return {};
  switch (head[18] + 256 * head[19]) {
    case 62:
      return "x86_64";
    case 183:
      return "aarch64";
    case 243:
      return "riscv64";
    default:
      return {};
  }
}

constexpr std::string_view kInstall =
    "run `make pi4`, copy the .deb that it makes there, and install it with apt install ./FILE.deb";

void require_architecture(const RemoteRun& run, const RemoteState& found) {
  if (run.program.empty()) {
    if (!found.installed.empty()) return;
    throw RemoteError(fmt::format("{}: flnas-bench is not installed there; {}", run.host, kInstall));
  }
  const std::string needed = architecture_of(run.program);
  if (needed.empty() || (needed == found.machine && found.bits == "64")) return;
  throw RemoteError(fmt::format("{}: it is {} with a {}-bit system, {} is for {}; {}", run.host, found.machine,
                                found.bits, run.program.string(), needed,
                                needed == found.machine ? "install a 64-bit system there (Raspberry Pi OS 64-bit)"
                                                        : "give the program for it (for a Raspberry Pi: make pi4)"));
}

/// Local paths by their names there.
using Bundle = std::map<std::string, fs::path>;

Bundle bundle_of(const RemoteRun& run) {
  Bundle bundle;
  std::vector<fs::path> all = run.files;
  if (!run.program.empty()) all.push_back(run.program);
  for (const auto& file : all) {
    if (!fs::is_regular_file(file)) throw ConfigError(fmt::format("no file {} to copy to {}", file.string(), run.host));
    const auto [other, is_new] = bundle.emplace(file.filename().string(), file);
    if (!is_new && !fs::equivalent(other->second, file)) {
      throw ConfigError(fmt::format("{} and {} would have one name on {}; rename one", other->second.string(),
                                    file.string(), run.host));
    }
  }
  std::set<std::string> results;
  for (const auto& result : run.results) {
    const std::string name = result.filename().string();
    if (!bundle.contains(name) && results.insert(name).second) continue;
    throw ConfigError(
        fmt::format("the result {} has the name of another file on {}; rename one", result.string(), run.host));
  }
  return bundle;
}

/// The same run has the same folder.
std::string folder_of(const RemoteRun& run, const std::map<std::string, std::string>& hashes) {
  std::string text = run.program.filename().string() + "\n";
  for (const auto& [name, hash] : hashes) text += fmt::format("{} {}\n", hash, name);
  for (const auto& argument : run.arguments) text += shell_quote(argument) + "\n";
  return ".cache/flnas/remote-" + sha256(text).substr(0, 16);
}

void copy_missing(const Ssh& ssh, const std::string& folder, const Bundle& bundle,
                  const std::map<std::string, std::string>& hashes, const RemoteState& found) {
  std::vector<fs::path> missing;
  double bytes = 0;
  for (const auto& [name, file] : bundle) {
    const auto there = found.files.find(name);
    if (there != found.files.end() && there->second == hashes.at(name)) continue;
    missing.push_back(file);
    bytes += static_cast<double>(fs::file_size(file));
  }
  const std::size_t kept = bundle.size() - missing.size();
  fmt::print(stderr, "{}: copying {} of {} files ({}){}\n", ssh.host(), missing.size(), bundle.size(),
             format_bytes(bytes), kept > 0 ? ", the others are there" : "");
  if (!missing.empty()) ssh.copy_there(missing, folder);
}

/// The library that the loader did not find, or could not use.
std::string loader_error(const std::string& errors) {
  for (const char* sign : {"error while loading shared libraries: ", "version `GLIBC", "version `CXXABI"}) {
    const std::size_t at = errors.find(sign);
    if (at != errors.npos) return errors.substr(at, errors.find('\n', at) - at);
  }
  return {};
}

void require_ended(const Ssh& ssh, const std::optional<int>& code, const std::string& errors) {
  const auto fail = [&](const std::string& text) { throw RemoteError(fmt::format("{}: {}", ssh.host(), text)); };
  if (!code)
    fail("the program was ended before it had finished (out of memory, or a reboot?); the same command starts anew");
  if (const std::string error = loader_error(errors); *code != 0 && !error.empty()) {
    fail(fmt::format("a library is missing or too old there: {}; flnas's package brings them: {}", error, kInstall));
  }
  if (*code == 126 || *code == 127) fail("the program cannot be started there; its message is above");
  if (*code > 128)
    fail(fmt::format("the program was ended by signal {}{}", *code - 128, *code == 137 ? " (out of memory?)" : ""));
}

void fetch(const Ssh& ssh, const std::string& folder, const RemoteRun& run, const RemoteState& ended) {
  for (const auto& result : run.results) {
    const std::string name = result.filename().string();
    const auto there = ended.files.find(name);
    if (there == ended.files.end()) {
      if (*ended.code != 0) continue;
      throw RemoteError(fmt::format("{}: the program did not write {}", ssh.host(), name));
    }
    write_file(result, [&](const fs::path& temporary) {
      ssh.copy_here(folder + "/" + name, temporary);
      if (sha256_file(temporary) != there->second) {
        throw ConnectionError(
            fmt::format("{}: {} arrived damaged; the same command fetches it again", ssh.host(), name));
      }
    });
  }
}

/// From the first look to the fetched results; the program's exit code.
int run_there(const Ssh& ssh, const RemoteRun& run, const std::string& folder, const Bundle& bundle,
              const std::map<std::string, std::string>& hashes) {
  RemoteState found = look_at(ssh, folder);
  require_architecture(run, found);
  if (found.code) {
    fmt::print(stderr, "{}: finished there since the last connection; fetching\n", run.host);
  } else if (found.running) {
    fmt::print(stderr, "{}: running there since the last connection\n", run.host);
  } else {
    copy_missing(ssh, folder, bundle, hashes, found);
  }
  std::vector<std::string> command = {run.program.empty() ? kInstalled : "./" + run.program.filename().string()};
  command.insert(command.end(), run.arguments.begin(), run.arguments.end());
  const std::string errors = follow_program(ssh, folder, command);
  const RemoteState ended = look_at(ssh, folder);
  require_ended(ssh, ended.code, errors);
  fetch(ssh, folder, run, ended);
  return *ended.code;
}

}  // namespace

int run_remotely(const RemoteRun& run, Processes& processes) {
  const Bundle bundle = bundle_of(run);
  std::map<std::string, std::string> hashes;
  for (const auto& [name, file] : bundle) hashes[name] = sha256_file(file);
  const std::string folder = folder_of(run, hashes);
  const Interruption interruption;
  const Ssh ssh(run.host, run.ssh_config, processes, Interruption::requested);
  const auto remove = [&] { remove_folder(Ssh(run.host, run.ssh_config, processes, nullptr), folder); };
  int code = 0;
  try {
    code = run_there(ssh, run, folder, bundle, hashes);
  } catch (const ConnectionError&) {
    throw;
  } catch (...) {
    try {
      remove();
    } catch (const Error& error) {
      fmt::print(stderr, "{}:~/{} is left behind: {}\n", run.host, folder, error.what());
    }
    throw;
  }
  remove();
  return code;
}

}  // namespace flnas
