// The program, as its main function runs it.
#pragma once

namespace flnas::cli {

/// Returns the exit code: 0 done, 1 ran but failed or INVALID, 2 usage or configuration, 3 data.
int run_flnas(int argc, char** argv);

}  // namespace flnas::cli
