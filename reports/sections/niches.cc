// Partitioned searches on images: what each niche by multiply-accumulates came to.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reports/data/measures.h"
#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{.digits = 0, .thousands = true};

/// How many names there are, or how many of them are among `others` too.
Cell count_names(const Place<std::vector<std::string>>& names, const std::vector<std::string>* others = nullptr) {
  if (!names) return words("");
  const auto counted = [&](const std::string& name) {
    return others == nullptr || std::find(others->begin(), others->end(), name) != others->end();
  };
  Cell cell;
  cell.value = static_cast<double>(std::count_if(names->begin(), names->end(), counted));
  cell.provenance = names.provenance();
  return cell;
}

Table niches_table(const Search& search, const SearchPartition& partition) {
  std::string caption = fmt::format(
      "The search {}: distinct designs of each niche that were evaluated, those in its own Pareto archive, and those "
      "of them on the merged front. Objectives, on validation images: {}.",
      code(search.record.name), fmt::join(partition.objectives, ", "));
  if (partition.hypervolume) {
    caption +=
        fmt::format(" Hypervolume of the merged front, scaled by the evaluated designs' bounds, reference 1: {}.",
                    format_number(*partition.hypervolume, {.digits = 4}));
  }
  // The first niche begins at none.
  const bool is_divided = partition.niches.size() > 1;
  const MacsUnit macs = macs_unit(is_divided ? static_cast<double>(partition.niches[1].least_macs) : 0);
  Table table{.id = slug("niches", search.folder),
              .title = "Niches by multiply-accumulates",
              .caption = caption,
              .row_title = "Niche"};
  table.columns = {{.key = "least_macs", .title = macs.title, .note = "at least", .format = macs.format},
                   {.key = "evaluated", .title = "Evaluated", .note = "designs", .format = kCount},
                   {.key = "archive", .title = "Archive", .note = "designs", .format = kCount},
                   {.key = "merged", .title = "Merged front", .note = "designs", .format = kCount}};
  const auto niches = search.at(&SearchRecord::partition).at(&SearchPartition::niches);
  for (std::size_t i = 0; i < partition.niches.size(); ++i) {
    const auto archive = niches[i].at(&SearchNiche::archive);
    table.rows.push_back(
        {.key = fmt::format("niche_{}", i),
         .label = std::to_string(i + 1),
         .cells = {measured(niches[i].at(&SearchNiche::least_macs)), measured(niches[i].at(&SearchNiche::evaluated)),
                   count_names(archive), count_names(archive, &partition.merged)}});
  }
  return table;
}

}  // namespace

void add_niches(const ReportInputs& inputs, Section& section) {
  for (const Search& search : inputs.searches) {
    const auto& partition = search.record.partition;
    if (partition && !partition->niches.empty()) section.blocks.emplace_back(niches_table(search, *partition));
  }
}

}  // namespace flnas::reports
