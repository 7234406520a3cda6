#include "harness/apps/cmd_search_transformers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "harness/apps/program/options.h"
#include "harness/apps/transformers/search.h"

namespace flnas::apps {
namespace {

struct TransformersArguments {
  TransformerSearchRequest request;
  bool json = false;
};

std::string repeat(const TransformerSearchRequest& request) {
  const TransformerSearchRequest usual;
  std::vector<std::string> words = {"flnas", "search", "transformers"};
  const auto add = [&](const char* flag, const auto& value, const auto& unchanged) {
    if (value != unchanged) words.insert(words.end(), {flag, fmt::format("{}", value)});
  };
  add("--space", request.space, usual.space);
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

void run(const TransformersArguments& given) {
  TransformerSearchRequest request = given.request;
  request.command = repeat(request);
  const Json record = run_transformer_search(request);
  fmt::print("{}", given.json ? record.dump(2) + "\n" : transformer_search_text(record));
}

}  // namespace

void add_search_transformers(CLI::App& search, int&) {
  auto* command = search.add_subcommand(
      "transformers", "partitioned co-evolution on AutoFormer's spaces, by zero-cost proxies and latency");
  auto arguments = std::make_shared<TransformersArguments>();
  TransformerSearchRequest& request = arguments->request;
  command->add_option("--space", request.space, "autoformer-tiny, autoformer-small or autoformer-base")
      ->capture_default_str();
  command->add_option("--out", request.out, "the search's folder; the same command continues there")->required();
  command->add_option("--niches", request.partition, "width-depth, width, depth or none")->capture_default_str();
  command->add_option("--proxies", request.proxies, "stand for accuracy, each an objective: A,B,...")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--target", request.target, "device of the latencies: a platform's name or .json")
      ->capture_default_str();
  command->add_option("--batch", request.batch, "images of one latency")->capture_default_str();
  command->add_option("--proxy-batch", request.proxy_batch, "images of noise for the proxies")->capture_default_str();
  command->add_option("--size", request.options.size, "images are 3 x SIZE x SIZE")->capture_default_str();
  command->add_option("--classes", request.options.classes, "outputs")->capture_default_str();
  command->add_option("--threads", request.threads, "CPU threads; 0: one per core")->capture_default_str();
  command->add_option("--seconds", request.seconds, "how long a latency is sampled")->capture_default_str();
  command->add_option("--budget", request.budget, "distinct subnets")->capture_default_str();
  command->add_option("--seed", request.seed, "draws subnets, weights and images")->capture_default_str();
  command->add_option("--accuracies", request.accuracies,
                      "CSV with columns subnet and accuracy; without it accuracy is not measured");
  command
      ->add_option("--designer", request.designer,
                   "who proposes: none (mutation and crossover), llm (a server), file (a person) or replay")
      ->capture_default_str();
  command->add_option("--calls", request.calls, "questions under way at once")->capture_default_str();
  command->add_option("--attempts", request.attempts, "proposals of a niche in a generation")->capture_default_str();
  add_chat_options(*command, request.chat);
  command->add_flag("--json", arguments->json, "print the record");
  command->callback([arguments] { run(*arguments); });
}

}  // namespace flnas::apps
