#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "harness/apps/cmd_search_llmnas.h"
#include "harness/apps/nas_search.h"
#include "harness/apps/options.h"
#include "harness/base/names.h"

namespace flnas::apps {
namespace {

struct LlmNasArguments {
  NasSearchRequest request;
  bool json = false;
};

std::string repeat(const NasSearchRequest& request) {
  const NasSearchRequest usual;
  std::vector<std::string> words = {"flnas", "search", "llmnas"};
  const auto add = [&](const char* flag, const auto& value, const auto& unchanged) {
    if (value != unchanged) words.insert(words.end(), {flag, fmt::format("{}", value)});
  };
  const auto add_list = [&](const char* flag, const std::vector<std::string>& values) {
    if (!values.empty()) words.insert(words.end(), {flag, fmt::format("{}", fmt::join(values, ","))});
  };
  const auto add_path = [&](const char* flag, const std::filesystem::path& path) {
    add(flag, path.string(), std::string());
  };
  add_path("--tables", request.tables);
  add_path("--out", request.out);
  add_list("--dataset", request.datasets);
  add_list("--device", request.devices);
  add_list("--strategy", request.strategies);
  add("--niches", request.niches, usual.niches);
  add("--cost", request.cost, usual.cost);
  add("--budget", request.budget, usual.budget);
  add("--predictor-cells", request.predictor_cells, usual.predictor_cells);
  add("--seeds", request.seeds, usual.seeds);
  add("--seed", request.seed, usual.seed);
  add("--jobs", request.jobs, usual.jobs);
  add("--designer", request.designer, usual.designer);
  add("--calls", request.calls, usual.calls);
  add("--attempts", request.attempts, usual.attempts);
  for (auto& word : chat_flags(request.chat)) words.push_back(std::move(word));
  return command_line(words);
}

void run(const LlmNasArguments& given, int& exit_code) {
  NasSearchRequest request = given.request;
  find_name("designer", request.designer, {"none", "llm", "file", "replay"});
  request.command = repeat(request);
  const NasSearchRecord record = run_nas_search(request);
  fmt::print("{}", given.json ? record_to_json(record).dump() + "\n" : nas_search_text(record));
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.status == kPassed) continue;
      fmt::print(stderr, "error: {} on {}, {}, seed {}: {}\n", pair.dataset, pair.device, search.strategy, search.seed,
                 search.reason);
      exit_code = 1;
    }
  }
}

}  // namespace

void add_search_llmnas(CLI::App& search, int& exit_code) {
  auto* command =
      search.add_subcommand("llmnas", "partitioned co-evolution on NAS-Bench-201, and what it is compared with");
  auto arguments = std::make_shared<LlmNasArguments>();
  NasSearchRequest& request = arguments->request;
  const auto list = [&](const char* flag, std::vector<std::string>& names, const char* help) {
    command->add_option(flag, names, help)->delimiter(',');
  };
  command->add_option("--tables", request.tables, "folder of tables (datasets/nas/README.md)")->required();
  command->add_option("--out", request.out, "folder of the searches; the same command continues there")->required();
  list("--dataset", request.datasets, "data sets of the tables: A,B,... (default: all)");
  list("--device", request.devices, "devices of the tables: A,B,... (default: all)");
  list("--strategy", request.strategies,
       "llmnas, llmnas-offline, random, evolution, nsga2, local, ...: A,B,... (default: all)");
  command->add_option("--niches", request.niches,
                      "of llmnas and llmnas-offline: convolutions, none, random:N or PROXY:N, such as flops_M:6");
  command->add_option("--cost", request.cost, "what is minimised beside the error: latency or energy")
      ->capture_default_str();
  command->add_option("--budget", request.budget, "distinct valid cells of one search")->capture_default_str();
  command
      ->add_option("--predictor-cells", request.predictor_cells,
                   "of these, those that the predictor is trained on; 0: search by validation accuracies")
      ->capture_default_str();
  command->add_option("--seeds", request.seeds, "searches of each strategy")->capture_default_str();
  command->add_option("--seed", request.seed, "the first seed")->capture_default_str();
  command->add_option("--jobs", request.jobs, "threads; 0 takes all cores")->capture_default_str();
  command
      ->add_option("--designer", request.designer,
                   "who answers in a language model's place: none, llm (a server), file (a person) or replay")
      ->capture_default_str();
  command->add_option("--calls", request.calls, "questions under way at once")->capture_default_str();
  command->add_option("--attempts", request.attempts, "proposals of a niche in a generation, refused ones included")
      ->capture_default_str();
  add_chat_options(*command, request.chat);
  command->add_flag("--json", arguments->json, "print the record");
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace flnas::apps
