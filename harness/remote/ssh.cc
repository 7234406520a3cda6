#include "harness/remote/ssh.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "harness/base/text.h"

namespace flnas {
namespace {

/// Options for ssh and scp alike. Those after the keep-alive undo what a user's configuration may have for logins.
constexpr std::array kOptions = {"BatchMode=yes",         "ConnectTimeout=10", "ServerAliveInterval=15",
                                 "ServerAliveCountMax=4", "ControlMaster=no",  "ClearAllForwardings=yes",
                                 "ForwardAgent=no",       "ForwardX11=no",     "RemoteCommand=none",
                                 "PermitLocalCommand=no", "RequestTTY=no"};

constexpr std::chrono::hours kLimit{24 * 7};

/// What ssh writes, and what that means. The first that fits counts.
struct Symptom {
  std::string_view text;
  std::string_view meaning;
};
constexpr std::string_view kUnknownName = "its name is not known; check USER@BOARD, or give its address";
constexpr std::string_view kOtherKey =
    "its host key is another than in known_hosts; only if you know why (its system was installed anew), remove the old "
    "one with ssh-keygen -R";
constexpr std::string_view kUnknownKey = "its host key is not known; connect once with ssh and compare the fingerprint";
constexpr std::string_view kNoKey =
    "it accepts none of your keys; check the user's name, or copy a key there with ssh-copy-id";
constexpr std::string_view kNoServer = "no ssh server answers there; enable it (on a Raspberry Pi with raspi-config)";
constexpr std::string_view kUnreachable = "it does not answer; is it on, and in this network?";
constexpr std::string_view kLost = "the connection was lost; what is there stays, and the same command continues";
constexpr std::array<Symptom, 19> kSymptoms = {{
    {"Could not resolve hostname", kUnknownName},
    {"REMOTE HOST IDENTIFICATION HAS CHANGED", kOtherKey},
    {"Host key verification failed", kUnknownKey},
    {"Permission denied (", kNoKey},
    {"Too many authentication failures", kNoKey},
    {"Connection refused", kNoServer},
    {"Connection timed out", kUnreachable},
    {"Operation timed out", kUnreachable},
    {"No route to host", kUnreachable},
    {"Network is unreachable", kUnreachable},
    {"Host is down", kUnreachable},
    {"not responding", kLost},
    {"closed by remote host", kLost},
    {"Connection reset", kLost},
    {"Connection closed", kLost},
    {"Connection to ", kLost},
    {"Broken pipe", kLost},
    {"lost connection", kLost},
    {"send disconnect", kLost},
}};

std::string last_line(const std::string& text) {
  std::string last;
  for (auto& line : split(text, '\n')) {
    line.erase(line.find_last_not_of(" \r\t") + 1);
    if (!line.empty()) last = std::move(line);
  }
  return last;
}

[[noreturn]] void refuse(const std::string& host, std::string_view what) {
  throw ConfigError(
      fmt::format("'{}' {}; give USER@BOARD, ssh://USER@BOARD:PORT, or a name of your ssh configuration", host, what));
}

int port_of(const std::string& host, std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535) {
    refuse(host, fmt::format("has no port from 1 to 65535 behind its colon ('{}')", text));
  }
  return port;
}

/// ssh://[user@]host[:port]
SshDestination from_uri(const std::string& host, std::string_view rest) {
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.find('/') != rest.npos) refuse(host, "names a path, which a host has not");
  const std::size_t address = rest.rfind('@') == rest.npos ? 0 : rest.rfind('@') + 1;
  const std::size_t bracket = rest.find(']', address);
  const bool bracketed = address < rest.size() && rest[address] == '[' && bracket != rest.npos;
  const std::size_t colon = rest.find(':', bracketed ? bracket : address);
  SshDestination destination;
  if (colon != rest.npos) destination.port = port_of(host, rest.substr(colon + 1));
  destination.target = rest.substr(0, colon);
  if (bracketed) {
    destination.target =
        std::string(rest.substr(0, address)) + std::string(rest.substr(address + 1, bracket - address - 1));
  }
  return destination;
}

void require_host(const std::string& host, const std::string& target) {
  const bool blank = std::any_of(target.begin(), target.end(), [](char c) { return c <= ' ' || c == 0x7f; });
  if (target.empty() || target.front() == '-' || target.front() == '@' || target.back() == '@' || blank ||
      target.find("@-") != target.npos) {
    refuse(host, "is no host");
  }
}

}  // namespace

SshDestination ssh_destination(const std::string& host) {
  constexpr std::string_view kScheme = "ssh://";
  if (host.starts_with(kScheme)) {
    SshDestination destination = from_uri(host, std::string_view(host).substr(kScheme.size()));
    require_host(host, destination.target);
    return destination;
  }
  require_host(host, host);
  const std::size_t address = host.find('@') == host.npos ? 0 : host.find('@') + 1;
  // An IPv6 address has several.
  if (std::count(host.begin() + static_cast<std::ptrdiff_t>(address), host.end(), ':') == 1) {
    refuse(host, fmt::format("has a port without ssh:// (ssh://{})", host));
  }
  return {host, std::nullopt};
}

Ssh::Ssh(std::string host, std::filesystem::path config, Processes& processes, std::function<bool()> interrupted)
    : host_(std::move(host)),
      destination_(ssh_destination(host_)),
      config_(std::move(config)),
      processes_(processes),
      interrupted_(std::move(interrupted)) {
  if (!config_.empty() && !std::filesystem::exists(config_)) {
    throw ConfigError(fmt::format("no ssh configuration {}", config_.string()));
  }
  for (const char* program : {"ssh", "scp"}) {
    if (!processes_.has(program))
      throw ConfigError(fmt::format("{} is not installed: apt install openssh-client", program));
  }
}

std::vector<std::string> Ssh::command(const char* program) const {
  std::vector<std::string> words = {program};
  if (!config_.empty()) words.insert(words.end(), {"-F", std::filesystem::absolute(config_).string()});
  for (const char* option : kOptions) words.insert(words.end(), {"-o", option});
  if (destination_.port) words.insert(words.end(), {"-o", fmt::format("Port={}", *destination_.port)});
  return words;
}

std::string Ssh::scp_path(const std::string& path) const {
  const std::string& target = destination_.target;
  // An IPv6 address has colons itself.
  const std::size_t address = target.find('@') == std::string::npos ? 0 : target.find('@') + 1;
  if (target.find(':', address) == std::string::npos || target[address] == '[') return target + ":" + path;
  return fmt::format("{}[{}]:{}", target.substr(0, address), target.substr(address), path);
}

Ssh::Said Ssh::call(const std::vector<std::string>& command, std::string_view input, bool shown,
                    const std::string& what) const {
  Said said;
  ProcessWatch watch;
  watch.output = [&](std::string_view text) {
    said.output += text;
    if (shown) fmt::print(stdout, "{}", text), std::fflush(stdout);
  };
  watch.errors = [&](std::string_view text) {
    if (shown) fmt::print(stderr, "{}", text);
  };
  watch.stop = interrupted_;
  const ProcessResult result = processes_.run_watched(command, ".", input, kLimit, watch);
  said.errors = result.output;
  if (interrupted_ && interrupted_()) throw InterruptedError("interrupted");
  if (result.exit_code == 0) return said;
  const std::string last = last_line(said.errors);
  const bool ssh_itself = command.front() == "scp" || result.exit_code == 255;
  for (const auto& [text, meaning] : kSymptoms) {
    if (!ssh_itself || said.errors.find(text) == std::string::npos) continue;
    throw ConnectionError(fmt::format("{}: {} ({})", host_, meaning, last));
  }
  if (result.exit_code == 255 && command.front() == "ssh") {
    throw ConnectionError(fmt::format("{}: {}{}", host_, kLost, last.empty() ? "" : fmt::format(" ({})", last)));
  }
  throw RemoteError(fmt::format("{}: cannot {}: {}", host_, what,
                                last.empty() ? fmt::format("exit code {}", result.exit_code) : last));
}

Ssh::Said Ssh::run(std::string_view script, const std::vector<std::string>& arguments, bool shown) const {
  std::vector<std::string> words = command("ssh");
  words.insert(words.end(), {"-T", "--", destination_.target, "env", "LC_ALL=C", "sh", "-s", "--"});
  for (const auto& argument : arguments) words.push_back(shell_quote(argument));
  return call(words, script, shown, "run a script there");
}

void Ssh::copy_there(const std::vector<std::filesystem::path>& files, const std::string& folder) const {
  std::vector<std::string> words = command("scp");
  words.insert(words.end(), {"-q", "-p", "--"});
  for (const auto& file : files) words.push_back(std::filesystem::absolute(file).string());
  words.push_back(scp_path(folder + "/"));
  call(words, "", false, "copy files there");
}

void Ssh::copy_here(const std::string& file, const std::filesystem::path& to) const {
  std::vector<std::string> words = command("scp");
  words.insert(words.end(), {"-q", "--", scp_path(file), std::filesystem::absolute(to).string()});
  call(words, "", false, "fetch " + file);
}

}  // namespace flnas
