#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/jobs/pool.h"

namespace flnas::study {

/// A run or measurement of a study: a child process that writes a record in its folder, or continues there.
struct PlannedRun {
  std::string folder;  ///< relative to the study's
  Job job;
  std::string model;   ///< the model whose finished runs are used to estimate this one's time; blank: none
  double work = 0;     ///< proportional to its time: MACs x images x epochs; used for models without a finished run
  std::string pooled;  ///< folder of the record that pools it with the other folds; blank: none
};

/// How the runs are placed.
struct Placement {
  std::filesystem::path out;
  int parallel = 1;
  bool slurm = false;
  std::string slurm_options;
};

/// Whether the folder holds a record that came to its end.
bool is_finished(const std::filesystem::path& folder);

/// Estimated seconds until the unfinished runs are done with `parallel` workers: each takes the mean time of the
/// finished runs of its model, or else the time by its `work` and the rate of all finished runs. 0 if none has
/// finished.
double estimate_seconds(const std::vector<PlannedRun>& planned, const std::filesystem::path& out, int parallel);

/// Runs the unfinished ones in their order, with a line of progress and a time estimate after each. `ended` is called
/// after each that succeeded. Returns how many failed.
int run_all(const std::vector<PlannedRun>& planned, const Placement& placement,
            const std::function<void(const PlannedRun&)>& ended = {});

}  // namespace flnas::study
