#include "harness/cli/study_text.h"

#include <fmt/format.h>

#include <vector>

#include "harness/base/csv.h"
#include "harness/base/files.h"
#include "harness/base/text.h"

namespace flnas::cli {
namespace {

constexpr char kUndefined[] = "undefined";  ///< in the report's tables: too few people for the figure

struct Column {
  std::string key, title;
  double scale;
  int digits;
  bool is_main = true;  ///< shown in 80 columns
};

const std::vector<Column>& columns() {
  static const std::vector<Column> kColumns = {{"accuracy", "accuracy, %", 100, 1},
                                               {"balanced_accuracy", "balanced accuracy, %", 100, 1, false},
                                               {"unfairness_sum", "Unfairness, sum", 1, 3},
                                               {"eodd", "EODD", 1, 3, false},
                                               {"parameters", "parameters", 1, 0, false}};
  return kColumns;
}

std::string number(const Csv& table, std::size_t row, const std::string& key, const Column& column) {
  const auto found = table.find(key);
  if (!found || table.at(row, *found).empty()) return "-";
  if (table.at(row, *found) == kUndefined) return kUndefined;
  return fmt::format("{:.{}f}", column.scale * table.number(row, *found), column.digits);
}

std::string with_interval(const Csv& table, std::size_t row, const Column& column) {
  const std::string value = number(table, row, column.key, column),
                    low = number(table, row, column.key + "_low", column);
  if (value == "-" || value == kUndefined || low == "-") return value;
  return fmt::format("{} [{}, {}]", value, low, number(table, row, column.key + "_high", column));
}

/// The sentences of the report's first screen.
std::string answers_text(const std::filesystem::path& report, const TableForm& form) {
  if (!std::filesystem::exists(report / "summary.txt")) return {};
  std::string text;
  for (const std::string& sentence : split(read_file(report / "summary.txt"), '\n')) {
    if (!sentence.empty()) text += (form.markdown ? "- " + sentence : wrap(sentence, 0, 2)) + "\n";
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace

std::string study_text(const std::filesystem::path& report, const TableForm& form) {
  if (!std::filesystem::exists(report / "table1.csv")) return answers_text(report, form);
  const Csv table = Csv::read(report / "table1.csv");
  std::vector<TextRow> rows = {{"model"}};
  std::vector<Column> shown;
  for (const Column& column : columns()) {
    if ((!column.is_main && !form.is_whole()) || !table.find(column.key)) continue;
    shown.push_back(column);
    rows[0].push_back(column.title);
    if (table.find(column.key + "_paper")) rows[0].emplace_back("paper");
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (number(table, row, "accuracy", columns()[0]) == "-") continue;  // not trained
    TextRow& cells = rows.emplace_back(TextRow{table.at(row, table.column("label"))});
    for (const Column& column : shown) {
      cells.push_back(with_interval(table, row, column));
      const std::string paper = column.key + "_paper";
      if (table.find(paper)) cells.push_back(number(table, row, paper, column));
    }
  }
  return show_table(rows, "l" + std::string(rows[0].size(), 'r'), form) + "\n" + answers_text(report, form);
}

}  // namespace flnas::cli
