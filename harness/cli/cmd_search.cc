#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
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

/// "population 4, tournament 2"
std::string settings_words(const Json& settings) {
  std::vector<std::string> words;
  for (const auto& [name, value] : settings.items()) words.push_back(name + " " + value.dump());
  return words.empty() ? "none" : fmt::format("{}", fmt::join(words, ", "));
}

/// What a strategy chooses by the budget, at the usual ones; blank where it has nothing to choose.
std::string settings_help(const StrategyEntry& entry) {
  constexpr std::size_t kByTraining = 10, kByTable = 500;
  const Json few = entry.settings(kByTraining, true), many = entry.settings(kByTable, false);
  if (few.empty() && many.empty()) return {};
  return "\n" +
         wrap(fmt::format("Settings that follow --budget: at {} by training {}; at {} by table {}.", kByTraining,
                          settings_words(few), kByTable, settings_words(many)),
              0, 2) +
         "\n";
}

/// `flnas search NAME`: the name is the request's strategy and no field of it.
void add_strategy(CLI::App& search, Context& context, const StrategyEntry& entry) {
  const char* llm = entry.needs_language_model ? " --llm file" : "";
  CommandStart<SearchRequest> start{.name = entry.name, .recorded = search_command};
  start.defaults.strategy = entry.name;
  CLI::App& command = add_command<SearchRequest>(
      search, context,
      {.summary = fmt::format("{} ({})", entry.title, entry.source),
       .examples = {fmt::format("flnas search {} --data DIR --split split.json --out out{}", entry.name, llm),
                    fmt::format("flnas search {} --data COMPAS --out out{}", entry.name, llm),
                    fmt::format("flnas search {} --tables NASBENCH --out out{}", entry.name, llm)},
       .next = "flnas verify OUT, flnas report OUT",
       .group = "",
       .tables = true},
      [](const SearchRequest& request, const Output& output) {
        return show(run_one_search(request, output.tables), output, request.out);
      },
      start);
  command.footer(command.get_footer() + settings_help(entry));
}

struct ListRequest {
  static constexpr char kCommand[] = "flnas search";
  std::string name;

  template <class Self, class Visit>
  static void for_each_field(Self&, Visit&&) {}
};

void print_list(const Json& rows, const Output& output) {
  if (output.json) return fmt::print("{}\n", rows.dump(2));
  std::vector<TextRow> table = {{"name", "is"}};
  for (const Json& row : rows) {
    std::vector<std::string> cells;
    for (const auto& [key, value] : row.items()) {
      if (key == "name") continue;
      cells.push_back(value.is_array() ? fmt::format("{}", fmt::join(value.get<std::vector<std::string>>(), ", "))
                                       : value.get<std::string>());
    }
    std::erase(cells, "");
    table.push_back({row["name"].get<std::string>(), fmt::format("{}", fmt::join(cells, "; "))});
  }
  if (output.tables.markdown) {
    fmt::print("{}", show_table(table, "l", output.tables));
  } else {
    table.erase(table.begin());
    std::size_t column = 18;
    for (const TextRow& row : table) column = std::max(column, row[0].size() + 2);
    for (const TextRow& row : table) {
      fmt::print("{:<{}}{}\n", row[0], column,
                 wrap(row[1], column, column, output.tables.wide ? std::string::npos : kTerminalWidth));
    }
  }
  print_next("flnas search STRATEGY --help");
}

void add_listing(CLI::App& search, Context& context, const char* name, const char* summary, Json (*list)()) {
  const auto recorded = [](const ListRequest& request) { return fmt::format("flnas search {}", request.name); };
  add_command<ListRequest>(search, context,
                           {.summary = summary,
                            .examples = {fmt::format("flnas search {}", name)},
                            .next = "flnas search STRATEGY --help",
                            .tables = true},
                           [list](const ListRequest&, const Output& output) { print_list(list(), output); },
                           {.name = name, .defaults = {name}, .recorded = recorded});
}

}  // namespace

void add_search(CLI::App& app, Context& context) {
  auto* search = app.add_subcommand("search");
  set_help(*search,
           {.summary = "search for architectures: any strategy on any space",
            .examples = {"flnas search evolution --data DIR --split split.json --out out"},
            .next = "flnas search STRATEGY --help; flnas search spaces, strategies and objectives list what there is",
            .group = kSearches});
  search->require_subcommand(1);
  for (const StrategyEntry& entry : strategy_entries()) add_strategy(*search, context, entry);
  add_command<CompareRequest>(*search, context,
                              {.summary = "several strategies at equal budget, over seeds",
                               .examples = {"flnas search compare --strategies evolution,random --seeds 5 \\\n"
                                            "      --data DIR --split split.json --out out",
                                            "flnas search compare --seeds 20 --tables NASBENCH --out out"},
                               .next = "flnas verify OUT, flnas report OUT",
                               .group = "",
                               .tables = true},
                              [](const CompareRequest& request, const Output& output) {
                                return show(compare_searches(request, output.tables), output, request.search.out);
                              });
  add_command<AblateRequest>(
      *search, context,
      {.summary = "FL-NAS with parts of its prompt removed; on tables LLM-NAS with parts of it removed",
       .examples = {"flnas search ablate --seeds 20 --tables NASBENCH --out out"},
       .next = "flnas verify OUT, flnas report OUT",
       .group = "",
       .tables = true},
      [](const AblateRequest& request, const Output& output) {
        return show(ablate(request, output.tables), output, request.search.out);
      });
  add_listing(*search, context, "spaces", "what may be searched", list_spaces);
  add_listing(*search, context, "strategies", "who may search, and what each needs", list_strategies);
  add_listing(*search, context, "objectives", "what --objectives may name", list_objectives);
}

}  // namespace flnas::cli
