#pragma once

#include <filesystem>
#include <string>

#include "harness/base/process.h"

namespace flnas::tests {

/// Runs a shell's command line in `folder`, for two minutes at most (exit code 124); stdout and stderr come together.
///
/// One that only starts flnas (`NAME=value ... PROGRAM arguments`, with quoted words and with redirections to /dev/null
/// at its end) runs in a fork of this process instead: the same main function, without the half second in which the
/// dynamic linker loads libtorch. `flnas reproduce`, which starts itself, is started anew, and so is everything while a
/// RawServer of this process runs.
ProcessResult run_shell(const std::string& script, const std::filesystem::path& folder);

}  // namespace flnas::tests
