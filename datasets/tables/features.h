// The rows of a table whose file holds all: label, attributes and features.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "datasets/tables/table_rows.h"

namespace flnas {

/// The table's file in a folder: labels_file, or the first of other_files that is there. Throws DataError for none.
std::filesystem::path table_file(const Adapter& adapter, const std::filesystem::path& folder);

/// Fills a table whose adapter is_table() from its file: rows that pass the filters, in the file's order, each with its
/// class, unit, groups and features; columns, filtered, unlisted and fingerprint. A column name may repeat
/// (Csv::parse_repeating). Throws DataError for a missing file or column; what is wrong with a row (an unknown class, a
/// number that is none, a blank one without 'missing', an id that is there already) goes to `errors`.
void read_features(Table& table, RowErrors& errors);

struct ScoredRow {
  double value = 0;        ///< the cell
  double probability = 0;  ///< of the positive class, see probability_of()
};

/// A score's value as a probability in [0, 1]: linear from the range's lower end to the cut-off, and from there, at
/// just above one half, to its upper end. Order and decisions are the score's; its calibration is of no meaning.
double probability_of(const ReferenceScore& score, double value);

/// What a score says of the rows of these ids, in their order. Throws DataError for a missing column, a cell that is no
/// number, or one outside of the score's range.
std::vector<ScoredRow> read_score(const Table& table, const ReferenceScore& score, const std::vector<std::string>& ids);

}  // namespace flnas
