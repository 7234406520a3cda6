#include "reports/sections/search_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "harness/metrics/metric_table.h"

namespace flnas::reports {

std::vector<const Search*> searches_of_configuration(const ReportInputs& inputs, const SearchComparison& comparison,
                                                     const std::string& configuration) {
  auto searches = inputs.searches_of(comparison);
  std::erase_if(searches, [&](const Search* search) { return search->record.name != configuration; });
  return searches;
}

bool answered_by_script(const Search& search) {
  const auto& sources = search.record.sources;
  return std::find(sources.begin(), sources.end(), "scripted") != sources.end();
}

std::string why_not_measured(const ReportInputs& inputs, const SearchComparison& comparison,
                             const ComparedConfiguration& configuration) {
  const auto searches = searches_of_configuration(inputs, comparison, configuration.name);
  const bool scripted =
      std::any_of(searches.begin(), searches.end(), [](const Search* search) { return answered_by_script(*search); });
  return scripted ? "a script answered in place of a language model" : configuration.not_measured.value_or("");
}

std::string priorities_text(const SearchRecord& search) {
  if (!search.objectives) return "the paper's priorities";
  std::vector<std::string> titles;
  for (const std::string& name : *search.objectives) {
    const metrics::MetricInfo* metric = metrics::find_metric(name);
    titles.push_back(metric == nullptr ? name : metric->title);
  }
  return fmt::format("its objectives, the most important first ({})", fmt::join(titles, ", "));
}

MacsUnit macs_unit(double least) {
  constexpr double kFew = 1e4;
  if (least < kFew) return {"MACs", {.digits = 0, .thousands = true}};
  return {"MMACs", {.digits = 2, .scale = 1e-6, .thousands = true}};
}

Cell noise_cell(const metrics::Noise& noise, std::vector<Provenance> origins) {
  Cell cell;
  cell.value = noise.mean;
  cell.low = noise.low;
  cell.high = noise.high;
  cell.inputs = std::move(origins);
  return cell;
}

void add_search_figures(const std::string& folder, const std::vector<SearchGroup>& groups, Section& section) {
  if (auto figure = search_trajectory_figure(folder, groups)) section.blocks.emplace_back(std::move(*figure));
  if (auto figure = search_front_figure(folder, groups)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
