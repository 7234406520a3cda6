#include <fmt/format.h>

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
  return text + fmt::format("\n{} in all\n", format_duration(record.seconds));
}

}  // namespace flnas::searches
