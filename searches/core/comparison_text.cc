#include <fmt/format.h>

#include <vector>

#include "harness/base/text_table.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

std::string cell(const Json& value, const char* format) {
  if (value.is_null()) return "-";
  std::string text = fmt::format(fmt::runtime(format), value["mean"].get<double>());
  if (!value["low"].is_null()) {
    text += fmt::format(" [{}, {}]", fmt::format(fmt::runtime(format), value["low"].get<double>()),
                        fmt::format(fmt::runtime(format), value["high"].get<double>()));
  }
  return text;
}

std::string mean(const Json& value, const char* format) {
  return value.is_null() ? "-" : fmt::format(fmt::runtime(format), value["mean"].get<double>());
}

std::string percent(const Json& share) {
  return share.is_null() ? "-" : fmt::format("{:.0f} %", 100 * share["mean"].get<double>());
}

std::string label_of(const Json& arm) {
  std::string label = arm["name"].get<std::string>();
  if (arm["short"] != 0) label += " [short]";
  return label;
}

std::string not_measured(const std::string& label, const Json& reason) {
  return fmt::format("{}: not measured: {}\n", label, reason.get<std::string>());
}

bool is_measured(const Json& arm) { return arm["not_measured"] == ""; }

/// A table's column: a figure of an arm.
struct Column {
  const char* title;
  const char* figure;
  const char* format;
};

/// What strategies are compared by.
const std::vector<Column>& test_columns() {
  static const std::vector<Column> columns = {{"Unfairness", "test_unfairness", "{:.4f}"},
                                              {"balanced accuracy", "test_balanced_accuracy", "{:.4f}"},
                                              {"accuracy", "test_accuracy", "{:.4f}"},
                                              {"worst group", "test_worst_group", "{:.4f}"}};
  return columns;
}

/// What the best was selected by, and what that is worth.
const std::vector<Column>& validation_columns() {
  static const std::vector<Column> columns = {{"Unfairness", "unfairness", "{:.4f}"},
                                              {"best by chance", "chance_unfairness", "{:.4f}"},
                                              {"more on test", "selection_unfairness", "{:+.4f}"},
                                              {"accuracy", "accuracy", "{:.4f}"},
                                              {"log10 MACs, sd", "macs_spread", "{:.2f}"}};
  return columns;
}

std::vector<TextRow> titles(const std::vector<Column>& columns) {
  TextRow row = {""};
  for (const Column& column : columns) row.push_back(column.title);
  return {row};
}

std::string table(const Json& comparison, const std::vector<Column>& columns) {
  std::vector<TextRow> rows = titles(columns);
  for (const Json& arm : comparison["arms"]) {
    if (!is_measured(arm)) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(arm)});
    for (const Column& column : columns) row.push_back(cell(arm[column.figure], column.format));
  }
  return narrow_tables(rows, 'l');
}

std::string best_rows(const Json& comparison) {
  std::string text = "on test images, which no search has seen\n" + table(comparison, test_columns());
  for (const Json& arm : comparison["arms"]) {
    if (!is_measured(arm)) text += not_measured(label_of(arm), arm["not_measured"]);
  }
  for (const Json& other : comparison["not_measured"]) {
    text += not_measured(other["name"].get<std::string>(), other["reason"]);
  }
  return text +
         "\non validation images, by which it was selected (best by chance: the least of\nas many designs, were all "
         "equally fair)\n" +
         table(comparison, validation_columns());
}

/// Blank where there is nothing to compare with.
std::string difference_rows(const Json& comparison) {
  const Json& arms = comparison["arms"];
  if (arms.size() < 2 || !is_measured(arms[0])) return "";
  std::vector<TextRow> rows = titles(test_columns());
  for (std::size_t i = 1; i < arms.size(); ++i) {
    if (!is_measured(arms[i])) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(arms[i])});
    for (const Column& column : test_columns()) row.push_back(cell(arms[i]["difference"][column.figure], "{:+.4f}"));
  }
  return fmt::format("\ndifference to {} on test images, paired by seed\n", arms[0]["name"].get<std::string>()) +
         narrow_tables(rows, 'l');
}

std::string proposal_rows(const Json& comparison) {
  std::vector<TextRow> rows = {{"", "all", "refused", "invalid", "repeated", "unreadable", "distinct", "tokens"}};
  for (const Json& arm : comparison["arms"]) {
    if (!is_measured(arm)) continue;
    rows.push_back({label_of(arm), mean(arm["proposals"], "{:.1f}"), percent(arm["invalid_rate"]),
                    mean(arm["invalid"], "{:.1f}"), mean(arm["repeated"], "{:.1f}"), mean(arm["unreadable"], "{:.1f}"),
                    percent(arm["distinct_share"]), mean(arm["tokens"], "{:.0f}")});
  }
  return "\nproposals, mean over seeds\n" + narrow_tables(rows);
}

std::string notes(const Json& comparison) {
  std::string text;
  for (const Json& arm : comparison["arms"]) {
    const std::string name = arm["name"].get<std::string>();
    if (arm["short"] != 0) {
      text += fmt::format("{}: {} of {} searches ended before {} designs; their best designs are not compared\n", name,
                          arm["short"].get<int>(), arm["searches"].get<int>(), comparison["budget"].get<int>());
    }
    for (const Json& ended : arm["ended"]) {
      text += fmt::format("{}, seed {}, ended early: {}\n", name, ended["seed"].get<std::uint64_t>(),
                          ended["reason"].get<std::string>());
    }
  }
  return text;
}

}  // namespace

std::string comparison_text(const Json& comparison) {
  return fmt::format("best design after {} evaluated designs, mean over seeds [95 % t interval]\n",
                     comparison["budget"].get<int>()) +
         best_rows(comparison) + difference_rows(comparison) + proposal_rows(comparison) + notes(comparison);
}

}  // namespace flnas::searches
