#pragma once

#include <string>

#include "reports/data/measures.h"
#include "reports/document/table.h"

namespace flnas::reports {

// What the tables of a nas_search.json share.

/// With interval; "undefined" without a mean.
Cell mean_cell(const NasMean& mean);

/// The cell, said to stand at `place`.
template <class T>
Cell from_record(Cell cell, const Place<T>& place) {
  cell.provenance = place.provenance();
  return cell;
}

/// The strategy's title, in its group.
Row strategy_row(const NasStrategy& strategy);

/// A row for every strategy; those that were not measured say why in each cell. `cells(strategy, row)` adds the cells
/// of the others.
template <class Cells>
void add_strategy_rows(Table& table, const NasSearchRecord& record, Cells&& cells) {
  for (const NasStrategy& strategy : record.strategies) {
    Row row = strategy_row(strategy);
    const std::string why = why_not_measured(record, strategy);
    if (why.empty()) {
      cells(strategy, row);
    } else {
      row.cells.assign(table.columns.size(), not_measured(why));
    }
    table.rows.push_back(std::move(row));
  }
}

/// The accuracy predictor: its rank correlations and what it looks at, by data set.
Table nas_predictor_table(const NasSearch& nas);

/// What a search took: time, questions, tokens.
Table nas_cost_table(const NasSearch& nas);

}  // namespace flnas::reports
