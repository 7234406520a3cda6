// Searches on images: comparisons of several strategies, then those on their own.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "harness/base/plural.h"
#include "harness/metrics/metric_table.h"
#include "reports/data/design_noise.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{.digits = 2, .scale = 100};
constexpr NumberFormat kShare{.digits = 4};
constexpr NumberFormat kCount{.digits = 0, .thousands = true};

struct FigureColumn {
  std::optional<SeedMean> ComparedFigures::*figure;
  const char* title;
  const char* note = "";
  const char* panel;
  NumberFormat format;
  bool difference = false;  ///< also as difference to the first configuration
  bool interval = false;    ///< counts, costs and shares of a handful of searches have none worth printing: means alone
  double most = std::numeric_limits<double>::infinity();  ///< that the figure can be
  double least = 0;                                       ///< likewise

  std::string key() const { return member_name<ComparedFigures>(figure); }
};
constexpr const char* kBest = "Each search's best design";
constexpr const char* kSelection = "How much of it is choosing";
constexpr const char* kConduct = "The searches";
/// An interval of a t distribution knows no bounds; the figure does.
void keep_within(Cell& cell, double least, double most) {
  if (cell.low) cell.low = std::max(*cell.low, least);
  if (cell.high) cell.high = std::min(*cell.high, most);
}

const std::vector<FigureColumn>& all_figure_columns() {
  static const std::vector<FigureColumn> columns{
      {.figure = &ComparedFigures::unfairness,
       .title = "Unfairness, sum",
       .note = "validation; lower is fairer",
       .panel = kBest,
       .format = kShare,
       .difference = true,
       .interval = true},
      {.figure = &ComparedFigures::accuracy,
       .title = "Accuracy",
       .note = "%, validation",
       .panel = kBest,
       .format = kPercent,
       .difference = true,
       .interval = true,
       .most = 1},
      {.figure = &ComparedFigures::balanced_accuracy,
       .title = "Balanced accuracy",
       .note = "%, validation",
       .panel = kBest,
       .format = kPercent,
       .difference = true,
       .interval = true,
       .most = 1},
      {.figure = &ComparedFigures::test_unfairness,
       .title = "Unfairness, sum",
       .note = "test",
       .panel = kBest,
       .format = kShare,
       .difference = true,
       .interval = true},
      {.figure = &ComparedFigures::test_accuracy,
       .title = "Accuracy",
       .note = "%, test",
       .panel = kBest,
       .format = kPercent,
       .difference = true,
       .interval = true,
       .most = 1},
      {.figure = &ComparedFigures::test_balanced_accuracy,
       .title = "Balanced accuracy",
       .note = "%, test",
       .panel = kBest,
       .format = kPercent,
       .difference = true,
       .interval = true,
       .most = 1},
      {.figure = &ComparedFigures::parameters, .title = "Parameters", .panel = kBest, .format = kCount},
      {.figure = &ComparedFigures::macs,
       .title = "MMACs",
       .note = "per image",
       .panel = kBest,
       .format = {.digits = 2, .scale = 1e-6, .thousands = true}},
      {.figure = &ComparedFigures::chance_unfairness,
       .title = "Unfairness by chance",
       .note = "validation, of equally fair designs",
       .panel = kSelection,
       .format = kShare,
       .interval = true},
      {.figure = &ComparedFigures::selection_unfairness,
       .title = "Unfairness, more on test",
       .note = "than on validation",
       .panel = kSelection,
       .format = kShare,
       .interval = true,
       .least = -std::numeric_limits<double>::infinity()},
      {.figure = &ComparedFigures::chance_balanced_accuracy,
       .title = "Balanced accuracy by chance",
       .note = "%, validation, of equally good designs",
       .panel = kSelection,
       .format = kPercent,
       .interval = true,
       .most = 1},
      {.figure = &ComparedFigures::selection_balanced_accuracy,
       .title = "Balanced accuracy, less on test",
       .note = "points, than on validation",
       .panel = kSelection,
       .format = kPercent,
       .interval = true,
       .most = 1,
       .least = -1},
      {.figure = &ComparedFigures::designs,
       .title = "Designs",
       .note = "distinct, evaluated",
       .panel = kConduct,
       .format = {.digits = 1, .thousands = true}},
      {.figure = &ComparedFigures::macs_spread,
       .title = "Spread of sizes",
       .note = "standard deviation of log10 MACs; 0.3: a factor of 2",
       .panel = kConduct,
       .format = {.digits = 2},
       .difference = true,
       .interval = true},
      {.figure = &ComparedFigures::distinct_share,
       .title = "New",
       .note = "% of readable proposals",
       .panel = kConduct,
       .format = {.digits = 1, .scale = 100},
       .difference = true,
       .interval = true},
      {.figure = &ComparedFigures::invalid_rate,
       .title = "Refused",
       .note = "% of proposals",
       .panel = kConduct,
       .format = {.digits = 1, .scale = 100}},
      {.figure = &ComparedFigures::valid_first,
       .title = "Valid at once",
       .note = "% of the designs asked for",
       .panel = kConduct,
       .format = {.digits = 1, .scale = 100}},
      {.figure = &ComparedFigures::retries,
       .title = "Retries",
       .panel = kConduct,
       .format = {.digits = 1, .thousands = true}},
      {.figure = &ComparedFigures::tokens,
       .title = "Tokens",
       .note = "prompts and replies",
       .panel = kConduct,
       .format = kCount},
      {.figure = &ComparedFigures::meets_floor,
       .title = "Above the floor",
       .note = "% of the searches",
       .panel = kConduct,
       .format = {.digits = 0, .scale = 100}},
  };
  return columns;
}

std::string caption(const ComparisonRecord& comparison, const std::string& priorities, const std::string& first) {
  const auto seeds = static_cast<long long>(comparison.seeds.size());
  return fmt::format(
      "Means over {} {}, with 95 % t intervals where they tell something; {} evaluated in each search, refused and "
      "repeated proposals not counted. The best design is chosen on validation images alone, by {} "
      "above a floor on balanced accuracy; the test images are touched once, for it. "
      "Fair design: what the Unfairness of perfectly fair designs of the same accuracies comes to by sampling alone, "
      "with groups of these sizes; what lies below its 95 % shows no unfairness. By chance: "
      "what the best of as many designs would show if all were equally good and differed by the sampling of the images "
      "alone. Differences to {} are paired by seed.",
      plural(seeds, "seed", "seeds"), fmt::join(comparison.seeds, ", "),
      counted(comparison.budget, "distinct valid design"), priorities, first);
}

/// What the comparison's record has: earlier ones lack some.
std::vector<FigureColumn> figure_columns(const ComparisonRecord& comparison) {
  std::vector<FigureColumn> columns;
  for (const FigureColumn& column : all_figure_columns()) {
    if (!comparison.configurations.empty() && comparison.configurations.front().*column.figure)
      columns.push_back(column);
  }
  for (FigureColumn& column : columns) {
    if (column.figure != &ComparedFigures::macs) continue;
    double least = std::numeric_limits<double>::infinity();
    for (const ComparedConfiguration& configuration : comparison.configurations) {
      if (configuration.macs && configuration.macs->mean) least = std::min(least, *configuration.macs->mean);
    }
    const MacsUnit unit = macs_unit(least);
    column.title = unit.title, column.format = unit.format;
  }
  return columns;
}

void add_columns(Table& table, const std::vector<FigureColumn>& columns, const std::string& first) {
  for (const FigureColumn& column : columns) {
    table.columns.push_back({.key = column.key(),
                             .title = column.title,
                             .note = column.note,
                             .panel = column.panel,
                             .format = column.format,
                             .interval = column.interval});
    if (column.figure != &ComparedFigures::unfairness) continue;
    table.columns.push_back({.key = "fair",
                             .title = "Fair design",
                             .note = "mean [5 %, 95 %]",
                             .panel = kBest,
                             .format = kShare,
                             .interval = true});
  }
  for (const FigureColumn& column : columns) {
    if (!column.difference) continue;
    table.columns.push_back({.key = "difference_" + column.key(),
                             .title = column.title,
                             .note = column.note,
                             .panel = "Difference to " + first,
                             .format = column.format,
                             .interval = true});
  }
}

/// The noise floor of best designs.
Cell fair_cell(const std::vector<const Search*>& searches) {
  const auto noise = best_designs_noise(searches);
  if (!noise) return words("");
  std::vector<Provenance> origins;
  for (const Search* search : searches) {
    const auto scores = search->at(&SearchRecord::best).at(&BestDesign::scores);
    origins.push_back(scores.at(&DesignScores::groups).provenance());
    origins.push_back(scores.at(&DesignScores::accuracy).provenance());
  }
  return noise_cell(*noise, std::move(origins));
}

/// What its searches went by, which is the same for all of them.
std::string priorities_of(const ReportInputs& inputs, const SearchComparison& comparison) {
  const auto searches = inputs.searches_of(comparison);
  if (!searches.empty() && searches.front()->record.objectives) return priorities_text(searches.front()->record);
  return priorities_text({}) + " (fairness, accuracy, efficiency)";
}

/// What the searches went by, where that was not the paper's order: of the best designs, and their front's hypervolume.
std::vector<std::string> objectives_of(const ComparisonRecord& comparison) {
  std::vector<std::string> names;
  if (comparison.configurations.empty() || !comparison.configurations.front().objectives) return names;
  for (const ComparedObjective& each : *comparison.configurations.front().objectives) names.push_back(each.metric);
  return names;
}

void add_objective_columns(Table& table, const std::vector<std::string>& objectives) {
  for (const std::string& name : objectives) {
    const metrics::MetricInfo* metric = metrics::find_metric(name);
    const bool is_cost = metric != nullptr && metric->kind == metrics::Kind::kCost;
    const NumberFormat format = is_cost ? NumberFormat{.digits = 1, .thousands = true}
                                : metric != nullptr && metric->in_percent() ? kPercent
                                                                            : kShare;
    table.columns.push_back({.key = "objective_" + name,
                             .title = capitalised(metric == nullptr ? name : metric->title),
                             .note = metric == nullptr ? "share of the box" : metric->unit,
                             .panel = "By the objectives of the search, validation",
                             .format = format,
                             .interval = true});
  }
}

void add_objective_cells(Row& row, const Place<ComparedConfiguration>& configuration, std::size_t count) {
  const auto objectives = configuration.at(&ComparedConfiguration::objectives);
  for (std::size_t i = 0; i < count; ++i) row.cells.push_back(measured(objectives[i].at(&ComparedObjective::mean)));
}

Row not_measured_row(const std::string& name, const std::string& why, std::size_t columns) {
  return {.key = name, .label = name, .cells = std::vector<Cell>(columns, not_measured(why))};
}

Table comparison_table(const ReportInputs& inputs, const SearchComparison& comparison) {
  const auto& configurations = comparison.record.configurations;
  const std::string first = configurations.empty() ? "" : configurations.front().name;
  Table table{.id = slug("search_comparison", comparison.folder),
              .title = "Searches compared at equal budget",
              .caption = caption(comparison.record, priorities_of(inputs, comparison), first),
              .row_title = "Search"};
  const auto columns = figure_columns(comparison.record);
  add_columns(table, columns, first);
  const auto objectives = objectives_of(comparison.record);
  add_objective_columns(table, objectives);
  // a difference to what nobody measured says nothing
  const bool first_measured =
      !configurations.empty() && why_not_measured(inputs, comparison, configurations.front()).empty();
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    const ComparedConfiguration& configuration = configurations[i];
    if (const std::string why = why_not_measured(inputs, comparison, configuration); !why.empty()) {
      table.rows.push_back(not_measured_row(configuration.name, why, table.columns.size()));
      continue;
    }
    const auto place = comparison.at(&ComparisonRecord::configurations)[i];
    Row row{.key = configuration.name, .label = configuration.name};
    for (const FigureColumn& column : columns) {
      Cell& cell = row.cells.emplace_back(measured(place.at(column.figure)));
      if (!column.interval) cell.low = cell.high = std::nullopt;
      keep_within(cell, column.least, column.most);
      if (column.figure == &ComparedFigures::unfairness) {
        row.cells.push_back(fair_cell(searches_of_configuration(inputs, comparison, configuration.name)));
      }
    }
    for (const FigureColumn& column : columns) {
      if (!column.difference) continue;
      const bool compared = i > 0 && first_measured;
      row.cells.push_back(compared ? measured(place.at(&ComparedConfiguration::difference).at(column.figure))
                                   : words(""));
      keep_within(row.cells.back(), -column.most, column.most);
    }
    add_objective_cells(row, place, objectives.size());
    table.rows.push_back(std::move(row));
  }
  for (const auto& [name, why] : comparison.record.not_measured) {
    table.rows.push_back(not_measured_row(name, why, table.columns.size()));
  }
  return table;
}

/// The searches that ended before their budget, with the reason.
List ended_searches(const SearchComparison& comparison) {
  List list;
  for (const ComparedConfiguration& configuration : comparison.record.configurations) {
    for (const EndedSearch& ended : configuration.ended) {
      list.items.push_back(fmt::format("{} of seed {} ended early: {}.", configuration.name, ended.seed, ended.reason));
    }
  }
  return list;
}

/// The configurations of a comparison that were measured with their searches, in its order.
std::vector<SearchGroup> groups_of(const ReportInputs& inputs, const SearchComparison& comparison) {
  std::vector<SearchGroup> groups;
  for (const ComparedConfiguration& configuration : comparison.record.configurations) {
    if (!why_not_measured(inputs, comparison, configuration).empty()) continue;
    groups.push_back({configuration.name, searches_of_configuration(inputs, comparison, configuration.name)});
  }
  return groups;
}

}  // namespace

void add_searches(const ReportInputs& inputs, Section& section) {
  for (const SearchComparison& comparison : inputs.comparisons) {
    section.blocks.emplace_back(Paragraph{"Made by " + code(comparison.record.command) + "."});
    section.blocks.emplace_back(comparison_table(inputs, comparison));
    if (List ended = ended_searches(comparison); !ended.items.empty()) section.blocks.emplace_back(std::move(ended));
    add_search_figures(comparison.folder, groups_of(inputs, comparison), section);
  }
  for (const Search* search : inputs.lone_searches()) add_lone_search(*search, section);
}

}  // namespace flnas::reports
