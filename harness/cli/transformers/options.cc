#include "harness/cli/transformers/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "harness/base/command_line.h"

namespace flnas::cli {

void add_transformer_options(CLI::App& command, TransformerSearchRequest& request) {
  command
      .add_option("--proxies", request.proxies,
                  "transformers: zero-cost proxies in accuracy's place, each an objective")
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--proxy-batch", request.proxy_batch, "transformers: images of noise for the proxies")
      ->capture_default_str();
  command.add_option("--classes", request.options.classes, "transformers: outputs")->capture_default_str();
  command.add_option("--seconds", request.seconds, "transformers: how long a latency is sampled")
      ->capture_default_str();
  command.add_option("--accuracies", request.accuracies,
                     "transformers: CSV with columns subnet and accuracy; without it accuracy is not measured");
}

std::string transformer_search_command(const TransformerSearchRequest& request) {
  const TransformerSearchRequest usual;
  std::vector<std::string> words = {"flnas", "search", "llmnas", "--space", request.space};
  const auto add = [&](const char* flag, const auto& value, const auto& unchanged) {
    if (value != unchanged) words.insert(words.end(), {flag, fmt::format("{}", value)});
  };
  add("--out", request.out.string(), std::string());
  add("--niches", request.partition, usual.partition);
  add("--proxies", fmt::format("{}", fmt::join(request.proxies, ",")),
      fmt::format("{}", fmt::join(usual.proxies, ",")));
  add("--target", request.target, usual.target);
  add("--batch", request.batch, usual.batch);
  add("--proxy-batch", request.proxy_batch, usual.proxy_batch);
  add("--size", request.options.size, usual.options.size);
  add("--classes", request.options.classes, usual.options.classes);
  add("--threads", request.threads, usual.threads);
  add("--seconds", request.seconds, usual.seconds);
  add("--budget", request.budget, usual.budget);
  add("--seed", request.seed, usual.seed);
  add("--accuracies", request.accuracies.string(), std::string());
  add("--designer", request.designer, usual.designer);
  add("--calls", request.calls, usual.calls);
  add("--attempts", request.attempts, usual.attempts);
  for (auto& word : chat_flags(request.chat)) words.push_back(std::move(word));
  return command_line(words);
}

}  // namespace flnas::cli
