#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{.digits = 4};
struct PairMetric {
  std::optional<RecordedEstimate> GroupPair::*estimate;
  const char* title;
};
constexpr PairMetric kMetrics[] = {
    {&GroupPair::eodd, "EODD"}, {&GroupPair::eopp1, "EOPP1"}, {&GroupPair::eopp2, "EOPP2"}};

/// The pairs of groups as the first model has them; all models share them.
std::vector<GroupPair> pairs_of(const StatisticsRecord& statistics) {
  for (const auto& [model, entry] : statistics.models) {
    if (!entry.pairs.empty()) return entry.pairs;
  }
  return {};
}

}  // namespace

void add_group_pairs(const ReportInputs& inputs, Section& section) {
  if (!inputs.statistics) return;
  const auto pairs = pairs_of(inputs.statistics->record);
  if (pairs.empty()) return;
  Table table{
      .id = "pairs",
      .title = "Fairness by pair of groups",
      .caption =
          "The terms behind EODD, EOPP1 and EOPP2, each with its 95 % interval: the table's metrics are their means "
          "over the pairs. A pair whose rates are undefined is left out.",
      .row_title = "Model",
      .beside = true};
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::string panel = pairs[i].first + " against " + pairs[i].second;
    for (const PairMetric& metric : kMetrics) {
      table.columns.push_back({.key = member_name<GroupPair>(metric.estimate) + std::string("_") + std::to_string(i),
                               .title = metric.title,
                               .note = "lower is fairer",
                               .panel = panel,
                               .format = kShare,
                               .interval = true});
    }
  }
  for (const Model& model : inputs.models()) {
    const auto found = inputs.statistics->at(&StatisticsRecord::models)[model.name].at(&ModelStatistics::pairs);
    if (!found || found->size() != pairs.size()) continue;
    Row row = model_row(inputs, model);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      for (const PairMetric& metric : kMetrics) row.cells.push_back(measured(found[i].at(metric.estimate)));
    }
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
