#include "reports/sections/nas_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/base/error.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/nas_tables.h"

namespace flnas::reports {
namespace {

constexpr double kSimilar = 0.5;  ///< points of accuracy that count as similar
constexpr double kInfinity = std::numeric_limits<double>::infinity();

const NasStrategy* find(const NasSearchRecord& record, const std::string& name) {
  const auto found = std::find_if(record.strategies.begin(), record.strategies.end(),
                                  [&](const NasStrategy& strategy) { return strategy.name == name; });
  return found == record.strategies.end() ? nullptr : &*found;
}

/// "llmnas_offline" in a formula is llmnas-offline.
std::string strategy_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

/// Why there is no figure of the strategies; blank where all were measured.
std::string why_missing(const NasSearchRecord& record, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const NasStrategy* strategy = find(record, name);
    const std::string why =
        strategy == nullptr ? "not among the strategies of this search" : why_not_measured(record, *strategy);
    if (!why.empty()) return strategy_title(record, name) + ": " + why;
  }
  return "";
}

NasFigure missing(const std::string& why) { return {.cell = not_measured(why)}; }

NasFigure of_seeds(const NasMean& mean) {
  return {.value = mean.mean, .low = mean.low, .high = mean.high, .varies = true, .cell = mean_cell(mean)};
}

NasFigure hypervolume_share(const NasSearchRecord& record, const std::string& strategy) {
  for (const NasSummary& row : summarise_nas_search(record)) {
    if (row.strategy == strategy) return of_seeds(row.hypervolume_share);
  }
  return of_seeds({});
}

/// Printed with four digits: IGDs are small.
NasFigure igd_below(const NasSearchRecord& record, const std::string& strategy, const std::string& other) {
  constexpr NumberFormat kFour{.digits = 4};
  NasFigure figure = of_seeds(igd_difference(record, other, strategy));
  if (!figure.value) return figure;
  figure.cell = words(format_number(*figure.value, kFour));
  if (figure.low) {
    figure.cell.text += fmt::format(" [{}, {}]", format_number(*figure.low, kFour), format_number(*figure.high, kFour));
  }
  return figure;
}

const NasSearchResult* first_search(const NasPair& pair, const std::string& strategy) {
  for (const NasSearchResult& search : pair.searches) {
    if (search.strategy == strategy && search.status == kPassed) return &search;
  }
  return nullptr;
}

NasFigure latency_saved(const NasSearchRecord& record, const std::string& ours, const std::string& theirs) {
  std::optional<double> largest;
  for (const NasPair& pair : record.pairs) {
    const NasSearchResult *a = first_search(pair, ours), *b = first_search(pair, theirs);
    if (a == nullptr || b == nullptr) continue;
    for (const std::int64_t other : b->front) {
      const NasPoint* reached = point_of(pair, other);
      for (const std::int64_t own : a->front) {
        const NasPoint* point = point_of(pair, own);
        if (reached == nullptr || point == nullptr || point->accuracy < reached->accuracy - kSimilar) continue;
        largest = std::max(largest.value_or(0), 1 - point->latency_ms / reached->latency_ms);
      }
    }
  }
  if (!largest) return missing("no accuracy of one is reached by the other");
  NasFigure figure{.value = largest};
  figure.cell.value = largest;
  return figure;
}

NasFigure seconds(const NasSearchRecord& record, const std::string& strategy) {
  double sum = 0, count = 0;
  for (const NasPair& pair : record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy || search.status != kPassed) continue;
      sum += search.seconds, ++count;
      for (const NasPredictor& predictor : record.predictors) {
        if (predictor.dataset == pair.dataset && predictor.seed == search.seed) sum += predictor.seconds;
      }
    }
  }
  if (count == 0) return missing("no search passed");
  return {.value = sum / count, .cell = words(format_number(sum / count, {.digits = 2, .thousands = true}) + " s")};
}

NasFigure figure_of(const NasSearchRecord& record, const std::string& strategy, const std::string& column) {
  const auto dot = column.find('.');
  const std::string name = column.substr(0, dot);
  const std::string other = dot == column.npos ? "" : strategy_of(column.substr(dot + 1));
  const std::string why = why_missing(record, other.empty() ? std::vector{strategy} : std::vector{strategy, other});
  if (!why.empty()) return missing(why);
  if (name == "hypervolume_share") return hypervolume_share(record, strategy);
  if (name == "hypervolume_share_above") return of_seeds(hypervolume_share_gain(record, strategy, other));
  if (name == "igd_below") return igd_below(record, strategy, other);
  if (name == "latency_saved_from") return latency_saved(record, strategy, other);
  if (name == "seconds") return seconds(record, strategy);
  throw DataError(fmt::format("reports/paper/llm_nas_claims.json: unknown column '{}' of {}", column, strategy));
}

}  // namespace

std::string strategy_title(const NasSearchRecord& record, const std::string& name) {
  const NasStrategy* strategy = find(record, name);
  return strategy == nullptr ? name : without_controls(strategy->title);
}

NasFigure nas_figure(const NasSearch& nas, const std::string& strategy, const std::string& column) {
  NasFigure figure = figure_of(nas.record, strategy_of(strategy), column);
  figure.cell = from_record(std::move(figure.cell), nas.at(&NasSearchRecord::pairs));
  return figure;
}

ClaimTable nas_claim_table(const NasSearch& nas) {
  ClaimTable table;
  table.value = [&nas](const std::string& strategy, const std::string& column) {
    return nas_figure(nas, strategy, column).value;
  };
  table.band = [&nas](const std::string& strategy,
                      const std::string& column) -> std::optional<std::pair<double, double>> {
    const NasFigure figure = nas_figure(nas, strategy, column);
    if (!figure.varies) return std::nullopt;
    return std::pair(figure.low.value_or(-kInfinity), figure.high.value_or(kInfinity));
  };
  return table;
}

}  // namespace flnas::reports
