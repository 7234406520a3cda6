#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/plural.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/nas_tables.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kThree{3, 1, false};
constexpr NumberFormat kFour{4, 1, false};

const NasSummary* find(const std::vector<NasSummary>& rows, const std::string& strategy) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const NasSummary& row) { return row.strategy == strategy; });
  return found == rows.end() ? nullptr : &*found;
}

/// With a full stop at its end.
std::string sentence(std::string text) { return text.ends_with('.') ? text : text + "."; }

Table summary_table(const NasEvidence& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{
      slug("nas", nas.folder),
      "Searches on tables: every strategy at equal budget",
      fmt::format(
          "{}: {} of data set and device, {}, {} a search, of which {} the predictor. Searches see the {}; fronts are "
          "scored by the {}. Objectives: {} Reference point of the hypervolume: ({}). Mean over pairs, then mean and "
          "95 % t interval over seeds.",
          without_controls(record.table.name), counted(static_cast<long long>(record.pairs.size()), "pair"),
          counted(static_cast<long long>(record.seeds.size()), "seed"), counted(record.budget, "distinct valid cell"),
          counted(record.predictor_cells, "trains", "train"), without_controls(record.search_schedule),
          without_controls(record.final_schedule), sentence(without_controls(record.normalisation)),
          fmt::join(record.reference, ", ")),
      "Strategy",
      {},
      {}};
  table.columns = {{"hypervolume", "Hypervolume", "higher is better", "", kFour, true},
                   {"hypervolume_share", "Share", "of the true front's", "", kFour, true},
                   {"igd", "IGD", "lower is better", "", kFour, true},
                   {"seconds", "Search", "s", "", kFour, true},
                   {"evaluations", "Cells", "evaluated", "", {0, 1, true}},
                   {"partition", "Partition", "", "", {}, false, false, false, true},
                   {"accuracy", "Goes by", "", "", {}, false, false, false, true}};
  const auto summaries = summarise_nas_search(record);
  add_strategy_rows(table, record, [&](const NasStrategy& strategy, Row& row) {
    const NasSummary* summary = find(summaries, strategy.name);
    const NasSummary none;
    const NasSummary& figures = summary == nullptr ? none : *summary;
    for (const NasMean* mean :
         {&figures.hypervolume, &figures.hypervolume_share, &figures.igd, &figures.seconds, &figures.evaluations}) {
      row.cells.push_back(from_record(nas, mean_cell(*mean), "/pairs"));
    }
    row.cells.push_back(words(without_controls(strategy.partition)));
    row.cells.push_back(words(without_controls(strategy.accuracy)));
  });
  return table;
}

Table pairs_table(const NasEvidence& nas, bool hypervolume) {
  const NasSearchRecord& record = nas.record;
  Table table{slug(hypervolume ? "nas_hypervolume" : "nas_igd", nas.folder),
              hypervolume ? "Hypervolume by data set and device" : "IGD by data set and device",
              hypervolume
                  ? "Mean over seeds with 95 % t interval; the last row is the true front's own."
                  : "Inverted generational distance to the true front in normalised objectives: mean over seeds "
                    "with 95 % t interval. 0 is the true front.",
              "Strategy",
              {},
              {}};
  std::vector<std::vector<NasSummary>> summaries;
  for (std::size_t i = 0; i < record.pairs.size(); ++i) {
    const NasPair& pair = record.pairs[i];
    table.columns.push_back({fmt::format("{}_{}", pair.dataset, pair.device), without_controls(pair.device), "",
                             without_controls(pair.dataset), kThree, true, false, false, false});
    summaries.push_back(summarise_nas_search(record, static_cast<int>(i)));
  }
  add_strategy_rows(table, record, [&](const NasStrategy& strategy, Row& row) {
    for (std::size_t i = 0; i < record.pairs.size(); ++i) {
      const NasSummary* summary = find(summaries[i], strategy.name);
      const NasMean mean = summary == nullptr ? NasMean{} : hypervolume ? summary->hypervolume : summary->igd;
      row.cells.push_back(from_record(nas, mean_cell(mean), fmt::format("/pairs/{}/searches", i)));
    }
  });
  if (hypervolume) {
    Row row{"true_front", "True front", {}, "", "Reference", {}};
    for (std::size_t i = 0; i < record.pairs.size(); ++i) {
      Cell cell;
      cell.value = record.pairs[i].true_hypervolume;
      row.cells.push_back(from_record(nas, cell, fmt::format("/pairs/{}/true_hypervolume", i)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Shares of the evaluated cells in each niche, over all pairs and seeds, beside the niche's share of the space.
Table coverage_table(const NasEvidence& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{
      slug("nas_coverage", nas.folder),
      "Where the searches looked",
      "Share, in per cent, of the cells that a strategy evaluated in each of the paper's niches, over all pairs "
      "and seeds, and how many niches a search left without any: the exploration bias that "
      "partitioning is meant to cure. The last row is the space itself.",
      "Strategy",
      {},
      {}};
  constexpr NumberFormat kPercent{1, 100, false};
  for (std::size_t i = 0; i < record.niches.size(); ++i) {
    table.columns.push_back({fmt::format("niche_{}", i), without_controls(record.niches[i].name), "%", "", kPercent});
  }
  table.columns.push_back({"missed", "Niches missed", "mean per search", "", {2, 1, false}});
  add_strategy_rows(table, record, [&](const NasStrategy& strategy, Row& row) {
    std::vector<double> counts(record.niches.size(), 0);
    double total = 0, missed = 0, searches = 0;
    for (const NasPair& pair : record.pairs) {
      for (const NasSearchResult& search : pair.searches) {
        if (search.strategy != strategy.name || search.status != kPassed) continue;
        ++searches;
        for (std::size_t i = 0; i < std::min(counts.size(), search.coverage.niche_evaluated.size()); ++i) {
          const auto count = static_cast<double>(search.coverage.niche_evaluated[i]);
          counts[i] += count;
          total += count;
          missed += count == 0 ? 1 : 0;
        }
      }
    }
    for (const double count : counts) {
      Cell cell = total > 0 ? Cell{} : words("");
      if (total > 0) cell.value = count / total;
      row.cells.push_back(from_record(nas, cell, "/pairs"));
    }
    Cell cell = searches > 0 ? Cell{} : words("");
    if (searches > 0) cell.value = missed / searches;
    row.cells.push_back(from_record(nas, cell, "/pairs"));
  });
  double cells = 0;
  for (const NasNiche& niche : record.niches) cells += static_cast<double>(niche.cells);
  Row row{"space", "The space", {}, "", "Reference", {}};
  for (std::size_t i = 0; i < record.niches.size(); ++i) {
    Cell cell;
    cell.value = cells > 0 ? static_cast<double>(record.niches[i].cells) / cells : 0;
    row.cells.push_back(from_record(nas, cell, fmt::format("/niches/{}/cells", i)));
  }
  row.cells.push_back(words(""));
  table.rows.push_back(std::move(row));
  return table;
}

void add_one(const NasEvidence& nas, Section& section) {
  section.blocks.emplace_back(Paragraph{"Made by " + code(without_controls(nas.record.command)) + "."});
  if (!nas.record.table.published) {
    section.blocks.emplace_back(Callout{Callout::Tone::kWarning,
                                        "These tables are not the published ones",
                                        {with_code(sentence(capitalised(nas.record.table.note)))}});
  }
  section.blocks.emplace_back(summary_table(nas));
  if (auto figure = nas_curve_figure(nas)) section.blocks.emplace_back(std::move(*figure));
  section.blocks.emplace_back(pairs_table(nas, true));
  section.blocks.emplace_back(pairs_table(nas, false));
  for (Figure& figure : nas_front_figures(nas)) section.blocks.emplace_back(std::move(figure));
  section.blocks.emplace_back(coverage_table(nas));
  if (auto figure = nas_coverage_figure(nas)) section.blocks.emplace_back(std::move(*figure));
  if (!nas.record.predictors.empty()) section.blocks.emplace_back(nas_predictor_table(nas));
  section.blocks.emplace_back(nas_cost_table(nas));
  section.blocks.emplace_back(llm_nas_claims_table(nas));
}

}  // namespace

Cell mean_cell(const NasMean& mean) {
  Cell cell;
  cell.value = mean.mean;
  cell.low = mean.low;
  cell.high = mean.high;
  if (!cell.value) cell.text = "undefined";
  return cell;
}

Cell from_record(const NasEvidence& nas, Cell cell, const std::string& key) {
  cell.provenance = {nas.folder, "nas_search.json", key};
  return cell;
}

Cell not_measured(const std::string& why) {
  Cell cell;
  cell.mark = Mark::kNotMeasured;
  cell.reason = without_controls(why);
  return cell;
}

Row strategy_row(const NasStrategy& strategy) {
  const std::string group = strategy.group == "strategy"   ? "Strategies"
                            : strategy.group == "baseline" ? "Baselines on the same predictor and budget"
                                                           : "Ablations";
  return {strategy.name, without_controls(strategy.title), {}, "", group, {}};
}

void add_nas(const Evidence& evidence, Section& section) {
  for (const NasEvidence& nas : evidence.nas) add_one(nas, section);
}

}  // namespace flnas::reports
