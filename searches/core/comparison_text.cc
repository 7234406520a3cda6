#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/base/plural.h"
#include "harness/base/text_table.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

/// An interval of a t distribution knows no bounds; figures of searches do: 0 to `most`, their differences either way.
std::string cell(const Json& value, const char* format, double least, double most) {
  if (value.is_null()) return "-";
  std::string text = fmt::format(fmt::runtime(format), value["mean"].get<double>());
  if (!value["low"].is_null()) {
    text += fmt::format(" [{}, {}]", fmt::format(fmt::runtime(format), std::max(value["low"].get<double>(), least)),
                        fmt::format(fmt::runtime(format), std::min(value["high"].get<double>(), most)));
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

constexpr double kAny = std::numeric_limits<double>::infinity();

/// A table's column: a figure of a strategy.
struct Column {
  const char* title;
  const char* figure;
  const char* format;
  const char* difference;  ///< the format of one
  double most = kAny;
  double least = 0;
};

/// What strategies are compared by.
constexpr Column kTest[] = {{"Unfairness", "test_unfairness", "{:.4f}", "{:+.4f}"},
                            {"balanced accuracy", "test_balanced_accuracy", "{:.4f}", "{:+.4f}", 1},
                            {"accuracy", "test_accuracy", "{:.4f}", "{:+.4f}", 1},
                            {"worst group", "test_worst_group", "{:.4f}", "{:+.4f}", 1}};
/// What the best was selected by, and what that is worth.
constexpr Column kValidation[] = {{"Unfairness", "unfairness", "{:.4f}", ""},
                                  {"best of N by chance", "chance_unfairness", "{:.4f}", ""},
                                  {"more on test", "selection_unfairness", "{:+.4f}", "", kAny, -kAny},
                                  {"accuracy", "accuracy", "{:.4f}", "", 1},
                                  {"spread of MACs", "macs_spread", "{:.2f}", ""}};

template <std::size_t N>
TextRow titles(const Column (&columns)[N]) {
  TextRow row = {""};
  for (const Column& column : columns) row.emplace_back(column.title);
  return row;
}

template <std::size_t N>
std::string figures(const Json& comparison, const Column (&columns)[N]) {
  std::vector<TextRow> rows = {titles(columns)};
  for (const Json& arm : comparison["arms"]) {
    if (!is_measured(arm)) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(arm)});
    for (const Column& column : columns) {
      row.push_back(cell(arm[column.figure], column.format, column.least, column.most));
    }
  }
  return narrow_tables(rows, 'l');
}

std::string best_rows(const Json& comparison) {
  std::string text = "on test images, which no search has seen\n" + figures(comparison, kTest);
  for (const Json& arm : comparison["arms"]) {
    if (!is_measured(arm)) text += not_measured(label_of(arm), arm["not_measured"]);
  }
  for (const Json& other : comparison["not_measured"]) {
    text += not_measured(other["name"].get<std::string>(), other["reason"]);
  }
  return text + "\non validation images, by which it was selected\n" + figures(comparison, kValidation) +
         "best of N by chance: if all N designs were equally fair; spread of MACs: standard\n"
         "deviation of their log10\n";
}

/// Blank where there is nothing to compare with.
std::string difference_rows(const Json& comparison) {
  const Json& arms = comparison["arms"];
  if (arms.size() < 2 || !is_measured(arms[0])) return "";
  std::vector<TextRow> rows = {titles(kTest)};
  for (std::size_t i = 1; i < arms.size(); ++i) {
    if (!is_measured(arms[i])) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(arms[i])});
    for (const Column& column : kTest) {
      row.push_back(cell(arms[i]["difference"][column.figure], column.difference, -column.most, column.most));
    }
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
  return fmt::format("best design after {}, mean over seeds [95 % t interval]\n",
                     counted(comparison["budget"].get<long long>(), "evaluated design")) +
         best_rows(comparison) + difference_rows(comparison) + proposal_rows(comparison) + notes(comparison);
}

}  // namespace flnas::searches
