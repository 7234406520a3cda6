#pragma once

#include <vector>

#include "datasets/splits/split.h"

namespace flnas {

/// The folds of protocol crossfit over the selected rows (see Split): units of `joined` lesions, dealt to K test parts
/// of equal size, stratified by class and every attribute; validation out of the rest. Throws ConfigError for a number
/// of folds that is not 2 to 50, DataError where a part would be empty.
std::vector<Subsets> crossfit_folds(const Table& table, const RowIndices& selected, const SplitConfig& config,
                                    const RowPairs& joined);

/// Notes on the units of a crossfit split: joined lesions, images without lesion, and whether near duplicates were
/// looked for.
std::vector<std::string> notes_on_units(const Table& table, const RowIndices& selected, const RowPairs& joined,
                                        bool looked);

}  // namespace flnas
