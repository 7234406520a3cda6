// What LLM-NAS reports, beside what these searches came to. Figures: arXiv 2510.01472, abstract and ablation.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/nas_tables.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr double kSimilar = 0.5;         ///< points of accuracy that count as similar
constexpr double kClaimedSaving = 0.54;  ///< of latency
constexpr double kMinutes = 3600;        ///< seconds; a search below takes minutes
constexpr const char* kNoVerdict = "–";

/// Two strategies of which the paper, or a question that it leaves open, says that the first does better.
struct Comparison {
  const char *first, *second, *hypervolume, *igd;  ///< what the paper says of the two measures
};
constexpr const char* kOpen = "left open";
constexpr std::array<Comparison, 7> kComparisons = {{{"llmnas", "llmnas-offline", "0.978 against 0.843", kOpen},
                                                     {"llmnas", "llmnas-no-partition", "0.978 against 0.516", kOpen},
                                                     {"llmnas", "prompt", "higher", "lower"},
                                                     {"llmnas", "random", kOpen, kOpen},
                                                     {"llmnas-offline", "offline-no-partition", kOpen, kOpen},
                                                     {"llmnas-offline", "random", kOpen, kOpen},
                                                     {"llmnas-offline", "nsga2", kOpen, kOpen}}};

const NasStrategy* find(const NasSearchRecord& record, const std::string& name) {
  const auto found = std::find_if(record.strategies.begin(), record.strategies.end(),
                                  [&](const NasStrategy& strategy) { return strategy.name == name; });
  return found == record.strategies.end() ? nullptr : &*found;
}

std::string title_of(const NasSearchRecord& record, const std::string& name) {
  const NasStrategy* strategy = find(record, name);
  return strategy == nullptr ? name : without_controls(strategy->title);
}

/// Why there is no figure of the strategies; blank where all were measured.
std::string why_missing(const NasSearchRecord& record, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const NasStrategy* strategy = find(record, name);
    const std::string why =
        strategy == nullptr ? "not among the strategies of this search" : why_not_measured(record, *strategy);
    if (!why.empty()) return title_of(record, name) + ": " + why;
  }
  return "";
}

Cell share_of(const NasSearch& nas, const std::string& name) {
  if (const std::string why = why_missing(nas.record, {name}); !why.empty())
    return from_record(not_measured(why), nas.at(&NasSearchRecord::pairs));
  for (const NasSummary& row : summarise_nas_search(nas.record)) {
    if (row.strategy == name) return from_record(mean_cell(row.hypervolume_share), nas.at(&NasSearchRecord::pairs));
  }
  return from_record(mean_cell({}), nas.at(&NasSearchRecord::pairs));
}

const NasSearchResult* first_search(const NasPair& pair, const std::string& strategy) {
  for (const NasSearchResult& search : pair.searches) {
    if (search.strategy == strategy && search.status == kPassed) return &search;
  }
  return nullptr;
}

/// How much lower, in per cent, the least latency of `ours` is at the accuracy of a point of `theirs` or up to half a
/// point less: the largest such saving over all points and pairs.
Cell largest_saving(const NasSearch& nas, const std::string& ours, const std::string& theirs) {
  if (const std::string why = why_missing(nas.record, {ours, theirs}); !why.empty())
    return from_record(not_measured(why), nas.at(&NasSearchRecord::pairs));
  Cell cell;
  for (const NasPair& pair : nas.record.pairs) {
    const NasSearchResult *a = first_search(pair, ours), *b = first_search(pair, theirs);
    if (a == nullptr || b == nullptr) continue;
    for (const std::int64_t other : b->front) {
      const NasPoint* reached = point_of(pair, other);
      for (const std::int64_t own : a->front) {
        const NasPoint* point = point_of(pair, own);
        if (reached == nullptr || point == nullptr || point->accuracy < reached->accuracy - kSimilar) continue;
        cell.value = std::max(cell.value.value_or(0), 1 - point->latency_ms / reached->latency_ms);
      }
    }
  }
  return from_record(cell.value ? cell : not_measured("no accuracy of one is reached by the other"),
                     nas.at(&NasSearchRecord::pairs));
}

/// Seconds of a search with what it took to fit its predictor: the mean over all pairs and seeds.
std::optional<double> seconds_of(const NasSearchRecord& record, const std::string& name) {
  double sum = 0, count = 0;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != name || search.status != kPassed) continue;
      sum += search.seconds, ++count;
      for (const NasPredictor& predictor : record.predictors) {
        if (predictor.dataset == pair.dataset && predictor.seed == search.seed) sum += predictor.seconds;
      }
    }
  }
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// A claim that something is above 0.
const char* verdict_above_zero(const NasMean& mean) {
  if (!mean.mean) return kNotMeasured;
  if (mean.low && *mean.low > 0) return "holds";
  if (mean.high && *mean.high < 0) return "fails";
  return "not settled";
}

const char* verdict_of(const Cell& cell, bool holds) {
  if (cell.mark == Mark::kNotMeasured) return kNotMeasured;
  return holds ? "holds" : "fails";
}

Row row(const std::string& group, const std::string& key, const std::string& label, const char* paper, Cell ours,
        const char* verdict, const char* note) {
  return {.key = key,
          .label = label,
          .group = group,
          .cells = {words(paper), std::move(ours), words(verdict), words(note)}};
}

void add_shares(const NasSearch& nas, Table& table) {
  const auto add = [&](const char* key, const char* label, const char* paper, const char* strategy, const char* note) {
    table.rows.push_back(
        row("Hypervolume, for orientation", key, label, paper, share_of(nas, strategy), kNoVerdict, note));
  };
  add("full", "In full", "0.978 ± 0.017", "llmnas", "share of the true front's");
  add("no_llm", "Without the language model", "0.843", "llmnas-offline",
      "the same, mutation and crossover in its place");
  add("no_partition", "Without partitioning", "0.516 ± 0.155", "offline-no-partition",
      "the same without partition, no language model");
  add("random", "Random search on the same predictor", kNoVerdict, "random", "share of the true front's");
  add("evolution", "Regularised evolution on the same predictor", kNoVerdict, "evolution", "share of the true front's");
}

void add_comparisons(const NasSearch& nas, Table& table, bool hypervolume) {
  const NasSearchRecord& record = nas.record;
  for (const auto& [first, second, claimed_hypervolume, claimed_igd] : kComparisons) {
    const std::string why = why_missing(record, {first, second});
    NasMean gain = hypervolume ? hypervolume_share_gain(record, first, second) : igd_difference(record, second, first);
    Cell cell = why.empty() ? mean_cell(gain) : not_measured(why);
    if (!hypervolume && gain.mean) {
      constexpr NumberFormat kFour{.digits = 4};
      cell = words(format_number(*gain.mean, kFour));
      if (gain.low)
        cell.text += fmt::format(" [{}, {}]", format_number(*gain.low, kFour), format_number(*gain.high, kFour));
    }
    table.rows.push_back(row(hypervolume ? "Higher hypervolume" : "Lower IGD",
                             fmt::format("{}_{}_{}", hypervolume ? "hv" : "igd", first, second),
                             title_of(record, first) + " against " + title_of(record, second),
                             hypervolume ? claimed_hypervolume : claimed_igd,
                             from_record(std::move(cell), nas.at(&NasSearchRecord::pairs)), verdict_above_zero(gain),
                             hypervolume ? "gain in points of the true front's share, paired by seed"
                                         : "how much lower the IGD is, in normalised objectives, paired by seed"));
  }
}

void add_saving(const NasSearch& nas, Table& table) {
  const auto add = [&](const char* key, const char* label, const char* paper, const char* strategy, const char* note) {
    const Cell saving = largest_saving(nas, strategy, "random");
    table.rows.push_back(row("Latency at similar accuracy", key, label, paper, saving,
                             verdict_of(saving, saving.value.value_or(0) >= kClaimedSaving), note));
  };
  add("saving", "Up to 54 % lower", "54 %", "llmnas",
      "largest saving over all pairs and points, against random search's front, first seed, accuracy within half a "
      "point: such a maximum flatters");
  add("saving_offline", "The same without a language model", kOpen, "llmnas-offline", "the same");
}

void add_cost(const NasSearch& nas, Table& table) {
  const auto add = [&](const char* key, const char* label, const char* paper, const char* strategy) {
    const std::string why = why_missing(nas.record, {strategy});
    const auto seconds = seconds_of(nas.record, strategy);
    const bool known = why.empty() && seconds;
    const Cell cell = known ? words(format_number(*seconds, {.digits = 2, .thousands = true}) + " s")
                            : not_measured(why.empty() ? "no search passed" : why);
    table.rows.push_back(row("Search cost", key, label, paper, from_record(cell, nas.at(&NasSearchRecord::pairs)),
                             verdict_of(cell, known && *seconds < kMinutes),
                             "a search and its predictor on one device, every figure looked up in a table: what "
                             "training the predictor's cells and measuring latencies takes is in neither"));
  };
  add("cost", "Minutes instead of days", "about 3 min; supernets 2 to 17 GPU-days", "llmnas");
  add("cost_offline", "The same without a language model", kOpen, "llmnas-offline");
}

}  // namespace

Table llm_nas_claims_table(const NasSearch& nas) {
  Table table{
      .id = slug("llm_nas_claims", nas.folder),
      .title = "LLM-NAS's claims beside these searches",
      .caption =
          "The paper (arXiv 2510.01472) states neither the reference point nor the normalisation of its hypervolume, "
          "so "
          "that its values stand here for orientation; ours are shares of the true front's. A comparison holds where "
          "the "
          "95 % interval over seeds lies on the claim's side of zero, fails where it lies on the other one, and is not "
          "settled otherwise. What needs a language model and had none is not measured.",
      .row_title = "Claim"};
  table.columns = {
      {.key = "paper", .title = "Paper", .words = true},
      {.key = "ours", .title = "Ours", .note = "%", .format = {.digits = 1, .scale = 100}, .interval = true},
      {.key = "verdict", .title = "Verdict", .words = true},
      {.key = "reading", .title = "What ours is", .words = true}};
  add_shares(nas, table);
  add_comparisons(nas, table, true);
  add_comparisons(nas, table, false);
  if (nas.record.cost == "latency") add_saving(nas, table);
  add_cost(nas, table);
  return table;
}

}  // namespace flnas::reports
