// What LLM-NAS reports, beside what these searches came to. Figures: arXiv 2510.01472, abstract and ablation.
#include <fmt/format.h>

#include <algorithm>

#include "reports/inline.h"
#include "reports/parts/parts.h"

namespace flnas::reports {
namespace {

constexpr double kSimilar = 0.5;  ///< points of accuracy that count as similar

const NasStrategy* find(const NasSearchRecord& record, const std::string& name) {
  const auto found = std::find_if(record.strategies.begin(), record.strategies.end(),
                                  [&](const NasStrategy& strategy) { return strategy.name == name; });
  return found == record.strategies.end() ? nullptr : &*found;
}

Cell share_of(const NasEvidence& nas, const std::string& name) {
  Cell cell;
  cell.provenance = {nas.folder, "nas_search.json", "/pairs"};
  const NasStrategy* strategy = find(nas.record, name);
  if (strategy == nullptr || strategy->status != kPassed) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = strategy == nullptr ? "not among the strategies of this search" : without_controls(strategy->reason);
    return cell;
  }
  for (const NasSummary& row : summarise_nas_search(nas.record)) {
    if (row.strategy != name) continue;
    cell.value = row.hypervolume_share.mean;
    cell.low = row.hypervolume_share.low;
    cell.high = row.hypervolume_share.high;
  }
  return cell;
}

const NasSearchResult* first_search(const NasPair& pair, const std::string& strategy) {
  for (const NasSearchResult& search : pair.searches) {
    if (search.strategy == strategy && search.status == kPassed) return &search;
  }
  return nullptr;
}

/// How much lower, in per cent, the least latency of `ours` is at the accuracy of a point of `theirs` or up to half a
/// point less: the largest such saving over all points and pairs.
Cell largest_saving(const NasEvidence& nas, const std::string& ours, const std::string& theirs) {
  Cell cell;
  cell.provenance = {nas.folder, "nas_search.json", "/pairs"};
  for (const NasPair& pair : nas.record.pairs) {
    const NasSearchResult *a = first_search(pair, ours), *b = first_search(pair, theirs);
    if (a == nullptr || b == nullptr) continue;
    for (const std::int64_t other : b->front) {
      const NasPoint* reached = point_of(pair, other);
      for (const std::int64_t own : a->front) {
        const NasPoint* point = point_of(pair, own);
        if (reached == nullptr || point == nullptr || point->accuracy < reached->accuracy - kSimilar) continue;
        const double saving = 1 - point->latency_ms / reached->latency_ms;
        cell.value = std::max(cell.value.value_or(0), saving);
      }
    }
  }
  if (!cell.value) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = "one of the two strategies was not measured";
  }
  return cell;
}

Row row(const char* key, const char* label, const char* paper, Cell ours, const char* note) {
  return {key, label, {}, "", "", {words(paper), std::move(ours), words(note)}};
}

}  // namespace

Table llm_nas_claims_table(const NasEvidence& nas) {
  Table table{
      slug("llm_nas_claims", nas.folder),
      "LLM-NAS's claims beside these searches",
      "The paper (arXiv 2510.01472) states neither the reference point nor the normalisation of its hypervolume, so "
      "that its values stand here for orientation; ours are shares of the true front's. What needs a language "
      "model and had none is not measured.",
      "Claim",
      {},
      {}};
  table.columns = {{"paper", "Paper", "", "", {}, false, false, false, true},
                   {"ours", "Ours", "%", "", {1, 100, false}, true},
                   {"reading", "What ours is", "", "", {}, false, false, false, true}};
  table.rows = {
      row("full", "Hypervolume in full", "0.978 ± 0.017", share_of(nas, "llmnas"), "share of the true front's"),
      row("no_llm", "Hypervolume without the language model", "0.843", share_of(nas, "llmnas-offline"),
          "the same, mutation and crossover in its place"),
      row("no_partition", "Hypervolume without partitioning", "0.516 ± 0.155", share_of(nas, "offline-no-partition"),
          "the same without partition, no language model"),
      row("random", "Left open: random search on the same predictor", "–", share_of(nas, "random"),
          "share of the true front's"),
      row("evolution", "Left open: regularised evolution on the same predictor", "–", share_of(nas, "evolution"),
          "share of the true front's"),
      row("saving", "Latency up to 54 % lower at similar accuracy", "54 %", largest_saving(nas, "llmnas", "random"),
          "largest saving over all pairs and points, against random search's front, first seed, accuracy within half a "
          "point: such a maximum flatters"),
      row("saving_offline", "The same without a language model", "–", largest_saving(nas, "llmnas-offline", "random"),
          "the same"),
  };
  return table;
}

}  // namespace flnas::reports
