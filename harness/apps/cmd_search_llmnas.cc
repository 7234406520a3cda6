#include "harness/apps/cmd_search_llmnas.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "harness/apps/nas/search.h"
#include "harness/apps/program/options.h"
#include "harness/apps/search/run.h"
#include "harness/base/error.h"
#include "harness/base/names.h"
#include "harness/base/text.h"

namespace flnas::apps {
namespace {

/// One command for two kinds of searches: on tables (--tables), and on images (--data, --split) in the space of FL-NAS.
/// Flags that both know are in `images`: --out, --seed, --device, --designer's chat, --attempts.
struct LlmNasArguments {
  NasSearchRequest tables;
  SearchRequest images;
  std::string designer = "none";
  std::string niches;
  bool json = false;
  CLI::App* command = nullptr;
};

/// Throws ConfigError for flags that were given and that this kind of search does not read.
void refuse(const CLI::App& command, const std::vector<std::string>& flags, const std::string& reason) {
  for (const auto& flag : flags) {
    if (command.get_option("--" + flag)->count() > 0) throw ConfigError(fmt::format("--{} {}", flag, reason));
  }
}

const std::vector<std::string> kOnlyTables = {"dataset",         "strategy", "cost", "budget",
                                              "predictor-cells", "seeds",    "jobs", "calls"};

std::vector<std::string> only_images() {
  std::vector<std::string> flags = {"data", "split",    "adapter", "iterations", "target",
                                    "best", "template", "choices", "prompt"};
  const TrainConfig train;
  TrainConfig::for_each_field(train, [&](const char* name, const auto&, const char*) {
    const std::string flag = flag_name(name);
    if (flag != "seed" && flag != "device") flags.push_back(flag);
  });
  return flags;
}

std::string repeat(const NasSearchRequest& request) {
  const NasSearchRequest usual;
  std::vector<std::string> words = {"flnas", "search", "llmnas"};
  const auto add = [&](const char* flag, const auto& value, const auto& unchanged) {
    if (value != unchanged) words.insert(words.end(), {flag, fmt::format("{}", value)});
  };
  const auto add_list = [&](const char* flag, const std::vector<std::string>& values) {
    if (!values.empty()) words.insert(words.end(), {flag, fmt::format("{}", fmt::join(values, ","))});
  };
  add("--tables", request.tables.string(), std::string());
  add("--out", request.out.string(), std::string());
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

void run_on_tables(const LlmNasArguments& arguments, int& exit_code) {
  refuse(*arguments.command, only_images(), "is for searches on images (--data), and this one is on tables");
  NasSearchRequest request = arguments.tables;
  const SearchRequest& shared = arguments.images;
  request.out = shared.out;
  request.seed = shared.train.seed;
  request.designer = arguments.designer;
  request.niches = arguments.niches;
  request.chat = shared.chat;
  if (shared.train.device != TrainConfig{}.device) request.devices = split(shared.train.device, ',');
  if (arguments.command->get_option("--attempts")->count() > 0) request.attempts = shared.search.attempts;
  request.command = repeat(request);
  const NasSearchRecord record = run_nas_search(request);
  fmt::print("{}", arguments.json ? record_to_json(record).dump() + "\n" : nas_search_text(record));
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.status == kPassed) continue;
      fmt::print(stderr, "error: {} on {}, {}, seed {}: {}\n", pair.dataset, pair.device, search.strategy, search.seed,
                 search.reason);
      exit_code = 1;
    }
  }
}

/// "macs:4"
int macs_niches_asked(const std::string& text) {
  constexpr std::string_view kMacs = "macs:";
  if (text.empty()) return kUsualNiches;
  int count = 0;
  const char* end = text.data() + text.size();
  const bool read = text.rfind(kMacs, 0) == 0 && std::from_chars(text.data() + kMacs.size(), end, count).ptr == end;
  if (!read || count < 1) throw ConfigError(unknown_name("--niches", text, {"macs:4"}));
  return count;
}

void run_on_images(const LlmNasArguments& arguments, int& exit_code) {
  refuse(*arguments.command, kOnlyTables, "is for searches on tables (--tables), and this one is on images");
  SearchRequest request = arguments.images;
  request.niches = macs_niches_asked(arguments.niches);
  if (arguments.designer != "none") request.chat.require_for(arguments.designer);
  std::vector<std::string> words = {"flnas", "search", "llmnas"};
  if (arguments.designer != "none") words.insert(words.end(), {"--designer", arguments.designer});
  if (!arguments.niches.empty()) words.insert(words.end(), {"--niches", arguments.niches});
  for (auto& flag : image_search_flags(request)) words.push_back(std::move(flag));
  request.command = command_line(words);
  run_image_search(request, arguments.designer == "none" ? "niches" : arguments.designer, arguments.json, exit_code);
}

void run(const LlmNasArguments& arguments, int& exit_code) {
  find_name("designer", arguments.designer, {"none", "llm", "file", "replay"});
  const bool tables = !arguments.tables.tables.empty(), images = !arguments.images.data.folder.empty();
  if (tables == images)
    throw ConfigError("give either --tables DIR (NAS-Bench-201) or --data DIR with --split FILE (images)");
  if (tables) return run_on_tables(arguments, exit_code);
  if (arguments.images.data.split.empty())
    throw ConfigError("--data needs --split FILE, which `flnas dataset split` writes");
  run_on_images(arguments, exit_code);
}

void add_table_options(CLI::App& command, NasSearchRequest& request) {
  const auto list = [&](const char* flag, std::vector<std::string>& names, const char* help) {
    command.add_option(flag, names, help)->delimiter(',');
  };
  command.add_option("--tables", request.tables, "search on tables: their folder (datasets/nas/README.md)");
  list("--dataset", request.datasets, "tables: data sets A,B,... (default: all)");
  list("--strategy", request.strategies,
       "tables: llmnas, llmnas-offline, random, evolution, nsga2, local, ... (default: all)");
  command.add_option("--cost", request.cost, "tables: what is minimised beside the error, latency or energy")
      ->capture_default_str();
  command.add_option("--budget", request.budget, "tables: distinct valid cells of one search")->capture_default_str();
  command
      .add_option(
          "--predictor-cells", request.predictor_cells,
          "tables: of the budget, the cells that the predictor is trained on; 0: search by validation accuracies")
      ->capture_default_str();
  command.add_option("--seeds", request.seeds, "tables: searches of each strategy, from --seed on")
      ->capture_default_str();
  command.add_option("--jobs", request.jobs, "tables: threads; 0 takes all cores")->capture_default_str();
  command.add_option("--calls", request.calls, "tables: questions under way at once")->capture_default_str();
}

}  // namespace

void add_search_llmnas(CLI::App& search, int& exit_code) {
  auto* command = search.add_subcommand("llmnas", "partitioned co-evolution on NAS-Bench-201's tables or on images");
  auto arguments = std::make_shared<LlmNasArguments>();
  arguments->command = command;
  command->add_option("--out", arguments->images.out, "folder of the search; the same command continues there")
      ->required();
  command->add_option("--niches", arguments->niches,
                      "parts of the space; tables: convolutions (the paper's six), convolutions:N, none, random:N, "
                      "latency:N or PROXY:N such as flops_M:6; images: macs:N (default: macs:4)");
  command
      ->add_option("--designer", arguments->designer,
                   "who answers in a language model's place: none, llm (a server), file (a person) or replay")
      ->capture_default_str();
  add_table_options(*command, arguments->tables);
  add_image_search_options(*command, arguments->images, /*required=*/false);
  command->get_option("--device")->description("tables: devices A,B,... (default: all); images: auto, cpu or cuda");
  add_chat_options(*command, arguments->images.chat);
  command->add_option("--prompt", arguments->images.prompt,
                      "images: template of the prompt (default: searches/prompts/design.txt)");
  command->add_flag("--json", arguments->json, "print the record");
  command->callback([arguments, &exit_code] { run(*arguments, exit_code); });
}

}  // namespace flnas::apps
