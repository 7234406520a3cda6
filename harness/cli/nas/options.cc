#include "harness/cli/nas/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "harness/base/command_line.h"

namespace flnas::cli {

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
  command
      .add_option(
          "--predictor-cells", request.predictor_cells,
          "tables: of the budget, the cells that the predictor is trained on; 0: search by validation accuracies")
      ->capture_default_str();
  command.add_option("--seeds", request.seeds, "tables: searches of each strategy, from --seed on")
      ->capture_default_str();
  command.add_option("--jobs", request.jobs, "tables: threads; 0 takes all cores")->capture_default_str();
}

std::string table_search_command(const NasSearchRequest& request) {
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

}  // namespace flnas::cli
