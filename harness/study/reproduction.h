#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/records/store.h"
#include "harness/study/models.h"
#include "harness/study/profile.h"
#include "harness/train/run_data.h"

namespace flnas::study {

/// What `flnas reproduce` was asked for.
struct ReproduceRequest {
  Profile profile;                      ///< with the command line's changes in it
  std::vector<std::string> narrowed;    ///< those changes, as flags
  std::vector<ReproducedModel> models;  ///< in the report's order
  DataSource data;                      ///< folder empty: synthetic images
  int jobs = 1;                         ///< runs at a time
  bool slurm = false;                   ///< each run as a Slurm job
  std::string slurm_options;            ///< for srun
  std::filesystem::path out;
  std::string command;
};

/// Trains and measures every model in a folder, or continues there:
///
///     data (synthetic unless given) -> split.json -> runs/constant, runs/<model>-s<seed>-<hash> (child processes)
///         -> hardware/<model>, <model>-a10, <model>-pi4 (child processes, one at a time) -> statistics.json
///         -> reproduce.json
///
/// A run that fails is recorded and does not stop the others; the number of failures is returned. Throws ConfigError
/// where the folder holds another reproduction.
int reproduce(const ReproduceRequest& request);

}  // namespace flnas::study
