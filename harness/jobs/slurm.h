#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/jobs/pool.h"

namespace flnas {

/// Splits a text into words as a shell does: at blanks that are not in single or double quotes or after a backslash.
/// Nothing else is special. Throws ConfigError if a quote is not closed.
std::vector<std::string> split_options(std::string_view text);

/// The same jobs as Slurm jobs: each runs under `srun`, which waits for a node, passes signals on and ends with the
/// job's exit code; so they are started, logged, interrupted and continued like those of one machine. `options` go to
/// srun ("--partition=gpu --gres=gpu:1"), apart by split_options(); what they do not say, srun takes from its
/// environment (SLURM_PARTITION, SLURM_ACCOUNT, ...). The nodes must see the same files.
std::vector<Job> through_slurm(std::vector<Job> jobs, const std::string& options);

}  // namespace flnas
