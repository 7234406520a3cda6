// Partitioned searches on images: what each niche by multiply-accumulates came to.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reports/document/cell_text.h"
#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{0, 1, true};

/// How many names there are at `key`, or how many of them are among `others` too.
Cell count_names(const Record& search, const std::string& key, const Json* others = nullptr) {
  const Json& names = search.at(key);
  if (!names.is_array()) return words("");
  const auto counted = [&](const Json& name) {
    return others == nullptr || std::find(others->begin(), others->end(), name) != others->end();
  };
  Cell cell;
  cell.value = static_cast<double>(std::count_if(names.begin(), names.end(), counted));
  cell.provenance = {search.folder, search.file, key};
  return cell;
}

Table niches_table(const Record& search) {
  std::vector<std::string> objectives;
  for (const Json& objective : search.at("/partition/objectives")) {
    if (objective.is_string()) objectives.push_back(without_controls(objective.get<std::string>()));
  }
  std::string caption = fmt::format(
      "The search {}: distinct designs of each niche that were evaluated, those in its own Pareto archive, and those "
      "of them on the merged front. Objectives, on validation images: {}.",
      code(search.text("/name")), fmt::join(objectives, ", "));
  if (const auto hypervolume = search.number("/partition/hypervolume")) {
    caption +=
        fmt::format(" Hypervolume of the merged front, scaled by the evaluated designs' bounds, reference 1: {}.",
                    format_number(*hypervolume, {4, 1, false}));
  }
  Table table{slug("niches", search.folder),
              "Niches by multiply-accumulates",
              caption,
              "Niche",
              {{"least_macs", "MMACs", "at least", "", {2, 1e-6, true}},
               {"evaluated", "Evaluated", "designs", "", kCount},
               {"archive", "Archive", "designs", "", kCount},
               {"merged", "Merged front", "designs", "", kCount}},
              {}};
  const Json& niches = search.at("/partition/niches");
  const Json& merged = search.at("/partition/merged");
  for (std::size_t i = 0; i < niches.size(); ++i) {
    const std::string key = fmt::format("/partition/niches/{}/", i);
    table.rows.push_back({fmt::format("niche_{}", i),
                          std::to_string(i + 1),
                          {},
                          "",
                          "",
                          {measured(&search, key + "least_macs", ""), measured(&search, key + "evaluated", ""),
                           count_names(search, key + "archive"), count_names(search, key + "archive", &merged)}});
  }
  return table;
}

}  // namespace

void add_niches(const Evidence& evidence, Section& section) {
  for (const Record& search : evidence.searches) {
    const Json& niches = search.at("/partition/niches");
    if (niches.is_array() && !niches.empty()) section.blocks.emplace_back(niches_table(search));
  }
}

}  // namespace flnas::reports
