#include "harness/jobs/slurm.h"

#include "harness/base/text.h"

namespace flnas {

std::vector<Job> through_slurm(std::vector<Job> jobs, const std::string& options) {
  for (auto& job : jobs) {
    std::vector<std::string> command = {"srun", "--ntasks=1", "--input=none", "--job-name=" + job.name};
    for (auto& option : split(options, ' ')) {
      if (!option.empty()) command.push_back(std::move(option));
    }
    command.insert(command.end(), job.command.begin(), job.command.end());
    job.command = std::move(command);
  }
  return jobs;
}

}  // namespace flnas
