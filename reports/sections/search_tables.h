#pragma once

#include <string>
#include <vector>

#include "harness/metrics/null/noise_floor.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

// What comparisons of searches and searches on their own share.

/// The searches of a configuration, by its name.
std::vector<const Search*> searches_of_configuration(const ReportInputs& inputs, const SearchComparison& comparison,
                                                     const std::string& configuration);

/// Whether a script answered the search in a language model's place.
bool answered_by_script(const Search& search);

/// Why the configuration is no result of the language model that it asks: a script answered, or no model did. Blank: it
/// is one, or asks none.
std::string why_not_measured(const ReportInputs& inputs, const SearchComparison& comparison,
                             const ComparedConfiguration& configuration);

/// "the paper's priorities", or what the search was told to go by: "its objectives,
/// the most important first (AUROC, latency)".
std::string priorities_text(const SearchRecord& search);

/// A noise floor as mean with 5th and 95th percentile, computed from the figures at `origins`.
Cell noise_cell(const metrics::Noise& noise, std::vector<Provenance> origins);

/// A unit for multiply-accumulates, the least of which are so many: millions, or one where that is below ten thousand.
struct MacsUnit {
  const char* title;
  NumberFormat format;
};
MacsUnit macs_unit(double least);

/// Trajectory and front of the searches, where there is something to draw.
void add_search_figures(const std::string& folder, const std::vector<SearchGroup>& groups, Section& section);

/// A search that is in no comparison: what it did, its designs, its figures.
void add_lone_search(const Search& search, Section& section);

}  // namespace flnas::reports
