#include <fmt/format.h>

#include "harness/base/progress.h"
#include "searches/spaces/nas_bench_201/tables/table_problems.h"

namespace flnas::searches {
namespace {

std::string cell(const NasMean& value) {
  if (!value.mean) return "-";
  if (!value.low) return fmt::format("{:.4f}", *value.mean);
  return fmt::format("{:.4f} +- {:.4f}", *value.mean, *value.high - *value.mean);
}

std::string rows(const NasSearchRecord& record, int pair) {
  std::string text;
  for (const NasSummary& row : summarise_nas_search(record, pair)) {
    text += fmt::format("{:<35}{:>18}{:>18}{:>18}{:>8.0f}{:>10.4f}\n", row.strategy, cell(row.hypervolume),
                        cell(row.hypervolume_share), cell(row.igd), row.evaluations.mean.value_or(0),
                        row.seconds.mean.value_or(0));
  }
  return text;
}

}  // namespace

std::string table_search_text(const NasSearchRecord& record) {
  std::string text = fmt::format(
      "{}, {} cells; {} pairs of data set and device, {} seeds, budget {} (predictor {}); mean +- 95 % interval\n",
      record.table.name, record.table.cells, record.pairs.size(), record.seeds.size(), record.budget,
      record.predictor_cells);
  const std::string header = fmt::format("{:<35}{:>18}{:>18}{:>18}{:>8}{:>10}\n", "strategy", "hypervolume",
                                         "share of true", "IGD", "cells", "seconds");
  text += header + rows(record, -1);
  for (const NasStrategy& strategy : record.strategies) {
    if (const std::string why = why_not_measured(record, strategy); !why.empty())
      text += fmt::format("{:<35}{}: {}\n", strategy.name, kNotMeasured, why);
  }
  for (std::size_t i = 0; i < record.pairs.size() && record.pairs.size() > 1; ++i) {
    text += fmt::format("\n{} on {}\n{}", record.pairs[i].dataset, record.pairs[i].device, header) +
            rows(record, static_cast<int>(i));
  }
  return text + fmt::format("\n{} in all\n", format_duration(record.seconds));
}

}  // namespace flnas::searches
