#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{4, 1, false};
struct PairMetric {
  const char* key;
  const char* title;
};
constexpr PairMetric kMetrics[] = {{"eodd", "EODD"}, {"eopp1", "EOPP1"}, {"eopp2", "EOPP2"}};

/// The pairs of groups as the first model has them; all models share them.
const Json* pairs_of(const Record& statistics) {
  for (const auto& [model, entry] : statistics.at("/models").items()) {
    if (entry.contains("pairs") && entry["pairs"].is_array()) return &entry["pairs"];
  }
  return nullptr;
}

}  // namespace

void add_pairs(const Evidence& evidence, Section& section) {
  if (!evidence.statistics) return;
  const Record& statistics = *evidence.statistics;
  const Json* pairs = pairs_of(statistics);
  if (pairs == nullptr) return;
  Table table{
      "pairs",
      "Fairness by pair of groups",
      "The terms behind EODD, EOPP1 and EOPP2, each with its 95 % interval: the table's metrics are their means "
      "over the pairs. A pair whose rates are undefined is left out.",
      "Model",
      {},
      {}};
  for (std::size_t i = 0; i < pairs->size(); ++i) {
    const std::string panel = without_controls((*pairs)[i].value("first", "")) + " against " +
                              without_controls((*pairs)[i].value("second", ""));
    for (const PairMetric& metric : kMetrics) {
      table.columns.push_back({metric.key + std::string("_") + std::to_string(i), metric.title, "lower is fairer",
                               panel, kShare, true, false, false, false});
    }
  }
  for (const Model& model : evidence.models()) {
    const std::string key = "/models/" + pointer_step(model.name) + "/pairs";
    if (statistics.at(key).size() != pairs->size()) continue;
    Row row = model_row(evidence, model);
    for (std::size_t i = 0; i < pairs->size(); ++i) {
      for (const PairMetric& metric : kMetrics) {
        row.cells.push_back(measured(&statistics, key + "/" + std::to_string(i) + "/" + metric.key, ""));
      }
    }
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
