#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/base/process.h"

namespace flnas::tests {

/// How a program ended; `output` is stdout and stderr together, in the order in which they came.
struct ProgramResult : ProcessResult {
  std::string out, errors;  ///< stdout and stderr alone
};

/// Runs `flnas arguments...` in `folder`, for two minutes at most (exit code 124). It runs in a fork of this process:
/// the same main function, without the half second in which the dynamic linker loads libtorch. `flnas reproduce`, which
/// starts itself, is started anew, and so is everything while a RawServer of this process runs: its thread may hold a
/// lock at the fork.
ProgramResult run_flnas_program(const std::vector<std::string>& arguments, const std::filesystem::path& folder);

/// Runs a shell's command line in `folder`, for two minutes at most (exit code 124); stdout and stderr come together.
ProcessResult run_shell(const std::string& script, const std::filesystem::path& folder);

/// The words of a command line that are separated by blanks or enclosed in quotes; nothing else means anything.
std::vector<std::string> split_words(const std::string& line);

}  // namespace flnas::tests
