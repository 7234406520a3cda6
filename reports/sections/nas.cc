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

constexpr NumberFormat kThree{.digits = 3};
constexpr NumberFormat kFour{.digits = 4};

const NasSummary* find(const std::vector<NasSummary>& rows, const std::string& strategy) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const NasSummary& row) { return row.strategy == strategy; });
  return found == rows.end() ? nullptr : &*found;
}

/// With a full stop at its end.
std::string sentence(std::string text) { return text.ends_with('.') ? text : text + "."; }

Table summary_table(const NasSearch& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{
      .id = slug("nas", nas.folder),
      .title = "Searches on tables: every strategy at equal budget",
      .caption = fmt::format(
          "{}: {} of data set and device, {}, {} a search, of which {} the predictor. Searches see the {}; {}fronts "
          "are "
          "scored by the {}. Objectives: {} Reference point of the hypervolume: ({}). Mean over pairs, then mean and "
          "95 % t interval over seeds.",
          record.table.name, counted(static_cast<long long>(record.pairs.size()), "pair"),
          counted(static_cast<long long>(record.seeds.size()), "seed"), counted(record.budget, "distinct valid cell"),
          counted(record.predictor_cells, "trains", "train"), record.search_schedule,
          record.fronts ? "predictions are free, and the cells that they came from belong to the fronts; " : "",
          record.final_schedule, sentence(record.normalisation), fmt::join(record.reference, ", ")),
      .row_title = "Strategy"};
  table.columns = {
      {.key = "hypervolume", .title = "Hypervolume", .note = "higher is better", .format = kFour, .interval = true},
      {.key = "hypervolume_share", .title = "Share", .note = "of the true front's", .format = kFour, .interval = true},
      {.key = "igd", .title = "IGD", .note = "lower is better", .format = kFour, .interval = true},
      {.key = "seconds", .title = "Search", .note = "s", .format = kFour, .interval = true},
      {.key = "evaluations", .title = "Cells", .note = "evaluated", .format = {.digits = 0, .thousands = true}},
      {.key = "partition", .title = "Partition", .words = true},
      {.key = "accuracy", .title = "Goes by", .words = true}};
  const auto summaries = summarise_nas_search(record);
  add_strategy_rows(table, record, [&](const NasStrategy& strategy, Row& row) {
    const NasSummary* summary = find(summaries, strategy.name);
    const NasSummary none;
    const NasSummary& figures = summary == nullptr ? none : *summary;
    for (const NasMean* mean :
         {&figures.hypervolume, &figures.hypervolume_share, &figures.igd, &figures.seconds, &figures.evaluations}) {
      row.cells.push_back(from_record(mean_cell(*mean), nas.at(&NasSearchRecord::pairs)));
    }
    row.cells.push_back(words(strategy.partition));
    row.cells.push_back(words(strategy.accuracy));
  });
  return table;
}

Table pairs_table(const NasSearch& nas, bool hypervolume) {
  const NasSearchRecord& record = nas.record;
  Table table{
      .id = slug(hypervolume ? "nas_hypervolume" : "nas_igd", nas.folder),
      .title = hypervolume ? "Hypervolume by data set and device" : "IGD by data set and device",
      .caption = hypervolume
                     ? "Mean over seeds with 95 % t interval; the last row is the true front's own."
                     : "Inverted generational distance to the true front in normalised objectives: mean over seeds "
                       "with 95 % t interval. 0 is the true front.",
      .row_title = "Strategy"};
  std::vector<std::vector<NasSummary>> summaries;
  for (std::size_t i = 0; i < record.pairs.size(); ++i) {
    const NasPair& pair = record.pairs[i];
    table.columns.push_back({.key = fmt::format("{}_{}", pair.dataset, pair.device),
                             .title = pair.device,
                             .panel = pair.dataset,
                             .format = kThree,
                             .interval = true});
    summaries.push_back(summarise_nas_search(record, static_cast<int>(i)));
  }
  add_strategy_rows(table, record, [&](const NasStrategy& strategy, Row& row) {
    for (std::size_t i = 0; i < record.pairs.size(); ++i) {
      const NasSummary* summary = find(summaries[i], strategy.name);
      const NasMean mean = summary == nullptr ? NasMean{} : hypervolume ? summary->hypervolume : summary->igd;
      row.cells.push_back(from_record(mean_cell(mean), nas.at(&NasSearchRecord::pairs)[i].at(&NasPair::searches)));
    }
  });
  if (hypervolume) {
    Row row{.key = "true_front", .label = "True front", .group = "Reference"};
    for (std::size_t i = 0; i < record.pairs.size(); ++i) {
      row.cells.push_back(measured(nas.at(&NasSearchRecord::pairs)[i].at(&NasPair::true_hypervolume)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Shares of the evaluated cells in each niche, over all pairs and seeds, beside the niche's share of the space.
Table coverage_table(const NasSearch& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{
      .id = slug("nas_coverage", nas.folder),
      .title = "Where the searches looked",
      .caption =
          "Share, in per cent, of the cells that a strategy evaluated in each of the paper's niches, over all pairs "
          "and seeds, and how many niches a search left without any: the exploration bias that "
          "partitioning is meant to cure. The last row is the space itself.",
      .row_title = "Strategy"};
  constexpr NumberFormat kPercent{.digits = 1, .scale = 100};
  for (std::size_t i = 0; i < record.niches.size(); ++i) {
    table.columns.push_back(
        {.key = fmt::format("niche_{}", i), .title = record.niches[i].name, .note = "%", .format = kPercent});
  }
  table.columns.push_back(
      {.key = "missed", .title = "Niches missed", .note = "mean per search", .format = {.digits = 2}});
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
      row.cells.push_back(from_record(cell, nas.at(&NasSearchRecord::pairs)));
    }
    Cell cell = searches > 0 ? Cell{} : words("");
    if (searches > 0) cell.value = missed / searches;
    row.cells.push_back(from_record(cell, nas.at(&NasSearchRecord::pairs)));
  });
  double cells = 0;
  for (const NasNiche& niche : record.niches) cells += static_cast<double>(niche.cells);
  Row row{.key = "space", .label = "The space", .group = "Reference"};
  for (std::size_t i = 0; i < record.niches.size(); ++i) {
    Cell cell;
    cell.value = cells > 0 ? static_cast<double>(record.niches[i].cells) / cells : 0;
    row.cells.push_back(from_record(cell, nas.at(&NasSearchRecord::niches)[i].at(&NasNiche::cells)));
  }
  row.cells.push_back(words(""));
  table.rows.push_back(std::move(row));
  return table;
}

void add_one(const NasSearch& nas, Section& section) {
  section.blocks.emplace_back(Paragraph{"Made by " + code(nas.record.command) + "."});
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

Row strategy_row(const NasStrategy& strategy) {
  const std::string group = strategy.group == "strategy"   ? "Strategies"
                            : strategy.group == "baseline" ? "Baselines on the same predictor and budget"
                                                           : "Ablations";
  return {.key = strategy.name, .label = strategy.title, .group = group};
}

void add_nas(const ReportInputs& inputs, Section& section) {
  for (const NasSearch& nas : inputs.nas) add_one(nas, section);
}

}  // namespace flnas::reports
