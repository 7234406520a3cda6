// Measurements on another machine: a bundle is copied there, run there, and its results are fetched. It does not know
// what the program measures.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/process.h"

namespace flnas {

struct RemoteRun {
  std::string host;                  ///< USER@BOARD, or a name of the user's ssh configuration
  std::filesystem::path ssh_config;  ///< read instead of ~/.ssh/config (ssh -F); empty: that one

  std::filesystem::path program;             ///< copied there; empty: the flnas-bench that is installed there
  std::vector<std::filesystem::path> files;  ///< copied beside it under their last names
  std::vector<std::string> arguments;        ///< it runs in the folder that holds the files

  std::vector<std::filesystem::path> results;  ///< written there under their last names, and fetched to here
};

/// Runs a program on another machine, shows its output as it comes, fetches its results and removes everything there:
///
///     look -> copy what is missing -> start, or find it running or finished -> follow -> fetch -> remove
///
/// The program runs in ~/.cache/flnas/remote-<hash of all this> on its own: where the connection is lost,
/// ConnectionError is thrown, it goes on, and the same run continues from there (files are known by their SHA-256; what
/// has finished is fetched and not run again). After any other failure, and after Ctrl-C, it is ended and removed too.
///
/// Returns the program's exit code; results that it did not write are missing then, where the code is not 0.
/// Throws ConfigError for names that collide, a missing file, a text that is no host; RemoteError for a program of
/// another architecture, one that lacks a library there, is not installed there, or was ended by a signal;
/// InterruptedError (ssh.h).
int run_remotely(const RemoteRun& run, Processes& processes);

}  // namespace flnas
