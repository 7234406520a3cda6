#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "harness/base/text.h"
#include "harness/cli/commands.h"
#include "harness/cli/help.h"
#include "searches/session/session.h"
#include "searches/strategies/strategies.h"

namespace flnas::cli {
namespace {

using namespace searches;

int show(const SearchResult& result, const Output& output, const std::filesystem::path& out) {
  fmt::print("{}", output.json ? result.record.dump(2) + "\n" : result.text);
  for (const auto& problem : result.problems) fmt::print(stderr, "error: {}\n", problem);
  if (!output.json && result.problems.empty()) print_next("flnas report " + shell_quote(out.string()));
  return result.problems.empty() ? 0 : 1;
}

/// `flnas search NAME`: the name is the request's strategy and no field of it.
void add_strategy(CLI::App& search, Context& context, const StrategyEntry& entry) {
  CLI::App* command = search.add_subcommand(entry.name);
  set_help(*command,
           {.summary = fmt::format("{} ({})", entry.title, entry.source),
            .examples = {fmt::format("flnas search {} --data ISIC --split split.json --task binary --out out{}",
                                     entry.name, entry.needs_language_model ? " --llm file" : ""),
                         fmt::format("flnas search {} --tables NASBENCH --out out{}", entry.name,
                                     entry.needs_language_model ? " --llm file" : "")},
            .next = "flnas verify OUT, flnas report OUT",
            .group = ""});
  const auto request = std::make_shared<SearchRequest>();
  const auto output = std::make_shared<Output>();
  request->strategy = entry.name;
  add_options(*command, *request);
  command->add_flag("--json", output->json, "print JSON");
  command->callback([request, output, &context] {
    if (context.only_parse) {
      context.parsed = search_command(*request);
    } else {
      context.exit_code = show(run_one_search(*request), *output, request->out);
    }
  });
}

void add_listing(CLI::App& search, Context& context, const char* name, const char* summary, Json (*list)()) {
  CLI::App* command = search.add_subcommand(name, summary);
  const auto output = std::make_shared<Output>();
  command->add_flag("--json", output->json, "print JSON");
  command->callback([output, list, name, &context] {
    if (context.only_parse) {
      context.parsed = fmt::format("flnas search {}", name);
      return;
    }
    const Json rows = list();
    if (output->json) fmt::print("{}\n", rows.dump(2));
    for (const Json& row : rows) {
      if (output->json) continue;
      std::vector<std::string> cells;
      for (const auto& [key, value] : row.items()) {
        if (key == "name") continue;
        cells.push_back(value.is_array() ? fmt::format("{}", fmt::join(value.get<std::vector<std::string>>(), ", "))
                                         : value.get<std::string>());
      }
      std::erase(cells, "");
      fmt::print("{:<20} {}\n", row["name"].get<std::string>(), fmt::join(cells, "; "));
    }
  });
}

}  // namespace

void add_search(CLI::App& app, Context& context) {
  auto* search = app.add_subcommand("search");
  set_help(*search, {.summary = "search for architectures: any strategy on any space",
                     .examples = {"flnas search evolution --data ISIC --split split.json --task binary --out out"},
                     .next = "flnas search STRATEGY --help; flnas search spaces and strategies list what there is",
                     .group = kSearches});
  search->require_subcommand(1);
  for (const StrategyEntry& entry : strategy_entries()) add_strategy(*search, context, entry);
  add_command<CompareRequest>(
      *search, context,
      {.summary = "several strategies at equal budget, over seeds",
       .examples =
           {"flnas search compare --strategies evolution,random --seeds 5 --data ISIC --split split.json --out out",
            "flnas search compare --seeds 20 --tables NASBENCH --out out"},
       .next = "flnas verify OUT, flnas report OUT",
       .group = ""},
      [](const CompareRequest& request, const Output& output) {
        return show(compare_searches(request), output, request.search.out);
      });
  add_command<AblateRequest>(
      *search, context,
      {.summary = "FL-NAS with parts of its prompt removed; on tables LLM-NAS with parts of it removed",
       .examples = {"flnas search ablate --seeds 20 --tables NASBENCH --out out"},
       .next = "flnas verify OUT, flnas report OUT",
       .group = ""},
      [](const AblateRequest& request, const Output& output) { return show(ablate(request), output, request.search.out); });
  add_listing(*search, context, "spaces", "what may be searched", list_spaces);
  add_listing(*search, context, "strategies", "who may search, and what each needs", list_strategies);
}

}  // namespace flnas::cli
