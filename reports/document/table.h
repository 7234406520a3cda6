#pragma once

#include <optional>
#include <string>
#include <vector>

namespace flnas::reports {

/// Qualifies a cell or row. Printed in words, never by colour alone.
enum class Mark {
  kNone,
  kWithin,            ///< the paper's value lies within our interval
  kDiffers,           ///< it lies outside
  kNotComparable,     ///< other task, data, profile or settings than Table I
  kNotMeasured,       ///< no number; the cell's reason says why
  kExact,             ///< parameter count equal to the paper's
  kApproximate,       ///< stands for a model of the paper that cannot be identified
  kHost,              ///< measured, on the machine that made the report's records
  kMeasured,          ///< measured on the device that the column names
  kEstimated,         ///< from a model of the device
  kEmulated,          ///< run under an emulator
  kUnreliable,        ///< measured, but unreliable, for the reason in the record
  kNotAboveConstant,  ///< not shown to beat the constant predictor
  kNotConverged,      ///< a training that had not come to its end
  kSmall,             ///< a count so low that rates taken from it mean little
};

inline constexpr Mark kLastMark = Mark::kSmall;

/// "not comparable", and what it means in a sentence.
std::string mark_name(Mark mark);
std::string mark_meaning(Mark mark);
/// The inverse of mark_name; kNone for "" and for unknown words.
Mark mark_from_name(const std::string& name);

/// Where a number stands: `key` is a JSON pointer ("/metrics/accuracy") into `file` of the run's folder, or, for what
/// is counted in predictions.csv, its rows in words ("label malignant, sex male").
struct Provenance {
  std::string run;
  std::string file;
  std::string key;
};

/// Over training seeds; says nothing of sampling error. sd has the divisor n - 1.
struct SeedSpread {
  int n = 0;
  double mean = 0;
  double sd = 0;
};

struct Cell {
  std::string text;                 ///< Words; printed where there is no value.
  std::optional<double> value;      ///< In the column's unit before its scale.
  std::optional<double> low, high;  ///< 95 % interval
  std::optional<double> debiased;   ///< The estimate without what noise adds to a sum of absolute gaps.
  std::string terms;                ///< "3 of 4 pairs": what of the value's terms counts, where not all do.
  std::optional<long long> n;       ///< Rows behind the value.
  std::optional<SeedSpread> seeds;
  std::optional<double> paper, difference;  ///< difference = value - paper
  std::optional<bool> within;               ///< low <= paper <= high; none where no verdict is given
  Mark mark = Mark::kNone;
  std::string reason;  ///< Why there is no value, or why it is unreliable.
  Provenance provenance;
  std::vector<Provenance> inputs;  ///< Instead, for a value computed from several figures: where each of them stands.
};

/// What is printed of a cell's kind: its mark, and after it the verdict on the paper's value where the mark does not
/// give it, as for a device ("estimated", "within").
std::vector<Mark> marks_of(const Cell& cell);

/// How a number is printed: value * scale with so many digits after the point.
struct NumberFormat {
  int digits = 3;
  double scale = 1;
  bool thousands = false;
  bool probability = false;  ///< What would round to less than the last digit is "<0.001", never 0.
};

struct Column {
  std::string key;  ///< Stable: CSV and JSON use it.
  std::string title = {};
  std::string note = {};   ///< Unit or a short qualification, printed under the title.
  std::string panel = {};  ///< Columns of one panel stand together; several panels become parts (a), (b) of the table.
  NumberFormat format = {};
  // Which further fields a cell of this column can have: they become columns of the CSV.
  bool interval = false;
  bool counted = false;
  bool compared = false;
  bool words = false;  ///< Text, set flush left.
};

struct Row {
  std::string key;
  std::string label = {};
  std::vector<Mark> marks = {};  ///< Of the whole row: approximate, unreliable, below the constant predictor.
  std::string note = {};
  std::string group = {};        ///< Rows of one group stand together under its name.
  std::vector<Cell> cells = {};  ///< One for each column.
};

struct Table {
  std::string id;  ///< File name and anchor: <id>.csv, <id>.json, <id>.tex, <id>.md.
  std::string title = {};
  std::string caption = {};
  std::string row_title = {};  ///< Head of the first column, which holds the rows' labels.
  std::vector<Column> columns = {};
  std::vector<Row> rows = {};
  bool beside = false;  ///< Not on the pages, which link its files: for looking things up.
};

/// Without the columns that say nothing in any row.
void drop_blank_columns(Table& table);

/// Panels in order of appearance, each with the indices of its columns.
struct Panel {
  std::string title;
  std::vector<std::size_t> columns;
};
std::vector<Panel> panels(const Table& table);

/// The marks that occur in the table, in the enumeration's order: for its key.
std::vector<Mark> marks_used(const Table& table);

/// For under the table: the meaning of each mark that it uses, then every reason that its cells give, with the rows or
/// columns that it holds for. With inline marks.
std::vector<std::string> table_notes(const Table& table);

/// A cell of words.
Cell words(std::string text);

/// A cell without a number, and why.
Cell not_measured(const std::string& why);

}  // namespace flnas::reports
