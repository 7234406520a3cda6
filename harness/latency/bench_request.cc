#include "harness/latency/bench_request.h"

#include <algorithm>

#include "harness/latency/timing/execution_mode.h"

namespace flnas {

const char* modes_help() {
  static const std::string help = mode_names() + " (default: all that run here)";
  return help.c_str();
}

std::vector<std::string> BenchRequest::problems() const {
  std::vector<std::string> problems;
  const auto require = [&](bool holds, std::string problem) {
    if (!holds) problems.push_back(std::move(problem));
  };
  for (const int images : batch) require(images >= 1, fmt::format("--batch must be above 0, not {}", images));
  for (const int count : threads) require(count >= 0, fmt::format("--threads must not be below 0, not {}", count));
  require(passes >= 1, fmt::format("--passes must be above 0, not {}", passes));
  require(retries >= 0, fmt::format("--retries must not be below 0, not {}", retries));
  require(classes == 0 || classes >= 2, fmt::format("--classes must be at least 2, not {}", classes));
  require(!ssh.empty() || (program.empty() && ssh_config.empty()), "--program and --ssh-config need --ssh HOST");
  return problems;
}

std::vector<std::string> words_of(const BenchRequest& request) {
  std::vector<std::string> words = command_words(request);
  words.insert(words.end(), request.benchmark.begin(), request.benchmark.end());
  return words;
}

}  // namespace flnas
