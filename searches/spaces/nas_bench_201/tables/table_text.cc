#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "harness/base/plural.h"
#include "harness/base/progress.h"
#include "searches/spaces/nas_bench_201/tables/table_problems.h"

namespace flnas::searches {
namespace {

std::string cell(const NasMean& value) {
  if (!value.mean) return "-";
  if (!value.low) return fmt::format("{:.4f}", *value.mean);
  return fmt::format("{:.4f} +- {:.4f}", *value.mean, *value.high - *value.mean);
}

/// The strategies on one pair; -1: on all.
std::string strategies(const NasSearchRecord& record, int pair, const TableForm& form) {
  std::vector<TextRow> rows = {{"strategy", "hypervolume", "share of true", "IGD", "cells", "seconds"}};
  for (const NasSummary& row : summarise_nas_search(record, pair)) {
    rows.push_back({row.strategy, cell(row.hypervolume), cell(row.hypervolume_share), cell(row.igd),
                    fmt::format("{:.0f}", row.evaluations.mean.value_or(0)),
                    fmt::format("{:.4f}", row.seconds.mean.value_or(0))});
  }
  return show_table(rows, "lrrrrr", form);
}

/// What a strategy asked in all of its searches; empty where it asked nothing.
std::optional<NasChatUse> asked_in_all(const NasSearchRecord& record, const std::string& strategy) {
  std::optional<NasChatUse> all;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy || !search.chat) continue;
      if (!all) all = NasChatUse{.wanted = 0, .valid_first = 0};
      all->calls += search.chat->calls;
      all->prompt_tokens += search.chat->prompt_tokens;
      all->completion_tokens += search.chat->completion_tokens;
      all->waiting_seconds += search.chat->waiting_seconds;
      *all->wanted += search.chat->wanted.value_or(0);
      *all->valid_first += search.chat->valid_first.value_or(0);
    }
  }
  return all;
}

/// The questions of each strategy that asked; blank where none did.
std::string questions(const NasSearchRecord& record, const TableForm& form) {
  std::vector<TextRow> rows = {{"strategy", "questions", "valid at once", "tokens", "waiting s"}};
  for (const NasStrategy& strategy : record.strategies) {
    const auto asked = asked_in_all(record, strategy.name);
    if (!asked) continue;
    const std::string valid =
        *asked->wanted > 0 ? fmt::format("{} of {}", *asked->valid_first, *asked->wanted) : std::string("-");
    rows.push_back({strategy.name, fmt::format("{}", asked->calls), valid,
                    fmt::format("{}", asked->prompt_tokens + asked->completion_tokens),
                    fmt::format("{:.0f}", asked->waiting_seconds)});
  }
  return rows.size() == 1 ? "" : "\nquestions of all searches\n" + show_table(rows, "lrrrr", form);
}

}  // namespace

std::string table_search_text(const NasSearchRecord& record, const TableForm& form) {
  std::string text = fmt::format(
      "{}, {} cells: {}, {}, budget {} (predictor {})\nmean +- 95 % interval\n", record.table.name, record.table.cells,
      counted(static_cast<long long>(record.pairs.size()), "pair") + " of data set and device",
      counted(static_cast<long long>(record.seeds.size()), "seed"), record.budget, record.predictor_cells);
  text += strategies(record, -1, form);
  for (const NasStrategy& strategy : record.strategies) {
    const std::string why = why_not_measured(record, strategy);
    if (!why.empty()) text += fmt::format("{}: {}: {}\n", strategy.name, kNotMeasured, why);
  }
  for (std::size_t i = 0; i < record.pairs.size() && record.pairs.size() > 1; ++i) {
    text += fmt::format("\n{} on {}\n", record.pairs[i].dataset, record.pairs[i].device) +
            strategies(record, static_cast<int>(i), form);
  }
  return text + questions(record, form) + fmt::format("\n{} in all\n", format_duration(record.seconds));
}

}  // namespace flnas::searches
