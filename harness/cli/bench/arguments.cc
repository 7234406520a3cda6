#include "harness/cli/bench/arguments.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace flnas::cli {

std::vector<std::string> words_of(const BenchArguments& arguments) {
  const BenchArguments defaults;
  std::vector<std::string> words = {"flnas-bench", "--platform", arguments.platform};
  const auto list = [&](const char* flag, const auto& values) {
    if (!values.empty()) words.insert(words.end(), {flag, fmt::format("{}", fmt::join(values, ","))});
  };
  const auto number = [&](const char* flag, int value, int unless) {
    if (value != unless) words.insert(words.end(), {flag, std::to_string(value)});
  };
  list("--models", arguments.models);
  list("--batch", arguments.batch);
  list("--threads", arguments.threads);
  list("--forms", arguments.forms);
  number("--classes", arguments.classes, defaults.classes);
  number("--size", arguments.size, defaults.size);
  number("--passes", arguments.passes, defaults.passes);
  number("--retries", arguments.retries, defaults.retries);
  if (!arguments.precision.empty()) words.insert(words.end(), {"--precision", arguments.precision});
  if (arguments.require_device) words.emplace_back("--require-device");
  if (arguments.no_training_memory) words.emplace_back("--no-training-memory");
  words.insert(words.end(), arguments.benchmark.begin(), arguments.benchmark.end());
  words.insert(words.end(), {"--out", arguments.out});
  return words;
}

}  // namespace flnas::cli
