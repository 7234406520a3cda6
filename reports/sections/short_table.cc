// What was measured of Table I's main columns in one small table, for a README; not on the pages, which have Table I.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "reports/data/measures.h"
#include "reports/data/own_study.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr std::array<std::string_view, 8> kColumns = {
    "accuracy",   "balanced_accuracy",   "auroc",          "unfairness_sum", "eodd",
    "parameters", "memory_training_mib", "latency_host_ms"};

/// The full table says how a value relates to the paper's; here the two stand beside each other.
Cell without_verdict(Cell cell) {
  cell.difference.reset();
  if (cell.mark == Mark::kHost) cell.within.reset();
  if (cell.mark == Mark::kNotComparable || cell.mark == Mark::kHost) cell.mark = Mark::kNone;
  return cell;
}

bool is_measured(const Cell& cell) { return cell.value.has_value(); }

/// Leaves out the rows and columns without a single number of ours and names them in the caption.
void drop_not_measured(Table& table) {
  std::vector<std::string> dropped;
  std::erase_if(table.rows, [&](const Row& row) {
    if (std::any_of(row.cells.begin(), row.cells.end(), is_measured)) return false;
    dropped.push_back(row.label);
    return true;
  });
  const auto measures_a_model = [&](std::size_t column) {
    return std::any_of(table.rows.begin(), table.rows.end(),
                       [&](const Row& row) { return row.key != constant_row().key && is_measured(row.cells[column]); });
  };
  for (std::size_t c = table.columns.size(); c-- > 0;) {
    if (measures_a_model(c)) continue;
    dropped.push_back(table.columns[c].title);
    table.columns.erase(table.columns.begin() + c);
    for (Row& row : table.rows) row.cells.erase(row.cells.begin() + c);
  }
  if (!dropped.empty()) table.caption += fmt::format(" Not measured: {}.", fmt::join(dropped, "; "));
}

}  // namespace

void add_short_table(const ReportInputs& inputs, Section& section) {
  const Table full = table_one(inputs);
  Table table{.id = "table1_short", .title = "The main columns", .row_title = full.row_title, .beside = true};
  const bool beside = beside_paper(inputs);
  table.caption = describe_conditions(inputs) +
                  (beside ? " Ours with 95 % interval; the paper's value below." : " With 95 % intervals.");
  if (beside && !reasons_not_comparable(inputs).empty()) {
    table.caption +=
        " Accuracy and fairness are not comparable with the paper's; " + reference("table1") + " says why.";
  }
  if (beside && !inputs.hardware.empty()) {
    table.caption +=
        " Parameters and memory are at the paper's geometry, and can be compared; latencies are at it too, but of this "
        "machine, the host.";
  }
  for (const Row& row : full.rows)
    table.rows.push_back(
        {.key = row.key, .label = row.label, .marks = row.marks, .note = row.note, .group = row.group});
  for (std::size_t c = 0; c < full.columns.size(); ++c) {
    if (std::find(kColumns.begin(), kColumns.end(), full.columns[c].key) == kColumns.end()) continue;
    Column column = full.columns[c];
    column.panel.clear();
    table.columns.push_back(std::move(column));
    for (std::size_t r = 0; r < full.rows.size(); ++r) {
      table.rows[r].cells.push_back(without_verdict(full.rows[r].cells[c]));
    }
  }
  drop_not_measured(table);
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
