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
  std::string model;   ///< whose finished runs tell how long this one takes; blank: nothing tells
  double work = 0;     ///< in proportion to its time, for models of which none has finished yet: MACs x images x epochs
  std::string pooled;  ///< folder of the record that takes it together with the other folds; blank: none
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

/// Seconds that the unfinished runs take: as long as the finished ones of the same model took on the mean, or else by
/// their `work` and the rate of all finished ones; shared out to `parallel` workers. 0 where nothing has finished yet.
double estimate_seconds(const std::vector<PlannedRun>& planned, const std::filesystem::path& out, int parallel);

/// Runs those that are not finished, in their order, with one line of progress and a time estimate for each that ends.
/// `ended` is called after each that ended well. Returns how many failed.
int run_all(const std::vector<PlannedRun>& planned, const Placement& placement,
            const std::function<void(const PlannedRun&)>& ended = {});

}  // namespace flnas::study
