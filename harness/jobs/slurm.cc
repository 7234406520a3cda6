#include "harness/jobs/slurm.h"

#include <fmt/format.h>

#include "harness/base/error.h"

namespace flnas {

std::vector<std::string> split_options(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;  // a word has begun, though it may be empty: ''
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
      word += text[++i];
      open = true;
    } else if (quote != 0) {
      c == quote ? void(quote = 0) : word.push_back(c);
    } else if (c == '\'' || c == '"') {
      quote = c;
      open = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (open) words.push_back(std::move(word));
      word.clear();
      open = false;
    } else {
      word += c;
      open = true;
    }
  }
  if (quote != 0) throw ConfigError(fmt::format("--slurm-options: a quote ({}) stays open in: {}", quote, text));
  if (open) words.push_back(std::move(word));
  return words;
}

std::vector<Job> through_slurm(std::vector<Job> jobs, const std::string& options) {
  const std::vector<std::string> words = split_options(options);
  for (auto& job : jobs) {
    std::vector<std::string> command = {"srun", "--ntasks=1", "--input=none", "--job-name=" + job.name};
    command.insert(command.end(), words.begin(), words.end());
    command.insert(command.end(), job.command.begin(), job.command.end());
    job.command = std::move(command);
  }
  return jobs;
}

}  // namespace flnas
