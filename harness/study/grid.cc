#include "harness/study/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/base/error.h"
#include "harness/base/progress.h"
#include "harness/jobs/slurm.h"
#include "harness/records/files.h"
#include "harness/records/record.h"
#include "harness/records/text_in.h"

namespace flnas::study {
namespace {

namespace fs = std::filesystem;

/// What is known of the time that runs take.
struct Spent {
  double seconds = 0, work = 0;
  int runs = 0;

  void add(double s, double w) { seconds += s, work += w, ++runs; }
};

/// Training time by the run's record; 0 where it has none.
double seconds_of(const fs::path& folder) {
  try {
    const RunRecord record = read_run(folder);
    return record.training ? record.training->seconds.value_or(0) : 0;
  } catch (const DataError&) {
    return 0;
  }
}

}  // namespace

bool is_finished(const fs::path& folder) {
  if (!fs::exists(folder / kRunFile)) return false;
  const std::string status = text_in(folder / kRunFile, "status");
  return status == kPassed || status == kUnreliable;
}

double estimate_seconds(const std::vector<PlannedRun>& planned, const fs::path& out, int parallel) {
  std::map<std::string, Spent> by_model;
  Spent all;
  std::vector<const PlannedRun*> open;
  for (const PlannedRun& run : planned) {
    if (!is_finished(out / run.folder)) {
      open.push_back(&run);
    } else if (const double seconds = run.model.empty() ? 0 : seconds_of(out / run.folder); seconds > 0) {
      by_model[run.model].add(seconds, run.work);
      all.add(seconds, run.work);
    }
  }
  double left = 0;
  for (const PlannedRun* run : open) {
    const Spent& own = by_model[run->model];
    if (own.runs > 0)
      left += own.seconds / own.runs;
    else if (all.work > 0)
      left += run->work * all.seconds / all.work;
  }
  return left / std::clamp(static_cast<int>(open.size()), 1, parallel);
}

int run_all(const std::vector<PlannedRun>& planned, const Placement& placement,
            const std::function<void(const PlannedRun&)>& ended) {
  std::map<std::string, const PlannedRun*> by_name;
  std::vector<Job> jobs;
  for (const auto& run : planned) {
    by_name[run.job.name] = &run;
    if (!is_finished(placement.out / run.folder)) jobs.push_back(run.job);
  }
  if (placement.slurm) jobs = through_slurm(std::move(jobs), placement.slurm_options);
  const auto left = [&] {
    const double seconds = estimate_seconds(planned, placement.out, placement.parallel);
    return seconds > 0 ? fmt::format("about {} left", format_duration(seconds)) : std::string();
  };
  if (const std::string begins = left(); !begins.empty()) fmt::print(stderr, "{} to do, {}\n", jobs.size(), begins);
  const bool several = placement.parallel > 1;
  Progress progress("reproduce", static_cast<std::int64_t>(jobs.size()));
  int failed = 0;
  std::int64_t done = 0;
  run_jobs(jobs, placement.parallel, [&](const Job& job, int exit_code) {
    ++done;
    const std::string remains = left();
    if (exit_code == 0) {
      fmt::print(stderr, "[{}/{}] {}{}{}\n", done, jobs.size(), job.name, remains.empty() ? "" : ", ", remains);
      if (ended) ended(*by_name.at(job.name));
    } else {
      ++failed;
      fmt::print(stderr, "[{}/{}] {} failed with exit code {}{}\n", done, jobs.size(), job.name, exit_code,
                 several ? "; see " + job.log.string() : std::string());
    }
    if (several) progress.update(done, remains);
  });
  return failed;
}

}  // namespace flnas::study
