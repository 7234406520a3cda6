#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/base/error.h"
#include "harness/base/process.h"

namespace flnas {

/// The connection could not be made, or broke off; what was on the other machine is still there.
class ConnectionError : public RemoteError {
 public:
  using RemoteError::RemoteError;
};

/// The user ended this program while another machine was at work.
class InterruptedError : public RemoteError {
 public:
  using RemoteError::RemoteError;
  int exit_code() const noexcept override { return 130; }
};

/// Where ssh goes.
struct SshDestination {
  std::string target;       ///< USER@BOARD, an address, or a name of the ssh configuration
  std::optional<int> port;  ///< empty: the configuration's, or 22
};
/// From USER@BOARD or ssh://USER@BOARD:PORT (as ssh reads it; an IPv6 address is in brackets there). Throws ConfigError
/// for a text that is no host, a port that is none, or one without ssh://.
SshDestination ssh_destination(const std::string& host);

/// Another machine through the system's ssh and scp, with the user's keys, known hosts and configuration. It never asks
/// for a password and accepts no unknown host key. A connection that hangs ends: after 10 s while it is made, after a
/// minute of silence later.
class Ssh {
 public:
  /// `host`: as ssh_destination reads it. `config` is read instead of ~/.ssh/config unless empty.
  /// `interrupted` is asked while a command runs. Throws ConfigError for a text that is no host, without ssh or scp.
  Ssh(std::string host, std::filesystem::path config, Processes& processes, std::function<bool()> interrupted);

  const std::string& host() const { return host_; }

  /// What was said while a script ran.
  struct Said {
    std::string output, errors;
  };
  /// Runs a POSIX shell script there in the user's home, "$1"... being `arguments`; with `shown` its output goes to
  /// this program's stdout and stderr as it comes. Throws ConnectionError; RemoteError where the script exits with
  /// another code than 0; InterruptedError.
  Said run(std::string_view script, const std::vector<std::string>& arguments, bool shown = false) const;

  /// Into a folder there, relative to the user's home. Throws like `run`.
  void copy_there(const std::vector<std::filesystem::path>& files, const std::string& folder) const;
  /// A file there, relative to the user's home. Throws like `run`.
  void copy_here(const std::string& file, const std::filesystem::path& to) const;

 private:
  std::vector<std::string> command(const char* program) const;
  std::string scp_path(const std::string& path) const;
  Said call(const std::vector<std::string>& command, std::string_view input, bool shown, const std::string& what) const;

  std::string host_;  ///< as it was given
  SshDestination destination_;
  std::filesystem::path config_;
  Processes& processes_;
  std::function<bool()> interrupted_;
};

}  // namespace flnas
