#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/base/plural.h"
#include "harness/metrics/metric_table.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

using Figure = std::optional<SeedMean>;

std::string number(double value, const char* format) { return fmt::format(fmt::runtime(format), value); }

/// An interval of a t distribution knows no bounds; figures of searches do: 0 to `most`, their differences either way.
std::string cell(const Figure& figure, const char* format, double least, double most) {
  if (!figure) return "-";
  std::string text = number(*figure->mean, format);
  if (figure->low) {
    text += fmt::format(" [{}, {}]", number(std::max(*figure->low, least), format),
                        number(std::min(*figure->high, most), format));
  }
  return text;
}

std::string mean(const Figure& figure, const char* format) { return figure ? number(*figure->mean, format) : "-"; }

std::string percent(const Figure& share) { return share ? fmt::format("{:.0f} %", 100 * *share->mean) : "-"; }

bool is_short(const ComparedConfiguration& configuration) { return configuration.cut_short.value_or(0) != 0; }

std::string label_of(const ComparedConfiguration& configuration) {
  return configuration.name + (is_short(configuration) ? " [short]" : "");
}

std::string not_measured(const std::string& label, const std::string& reason) {
  return fmt::format("{}: not measured: {}\n", label, reason);
}

constexpr double kAny = std::numeric_limits<double>::infinity();

/// A table's column.
struct Column {
  const char* title;
  Figure ComparedFigures::*figure;
  const char* format;
  const char* difference = "";  ///< the format of one
  double most = kAny;
  double least = 0;
};

/// What strategies are compared by.
constexpr Column kTest[] = {{"Unfairness", &ComparedFigures::test_unfairness, "{:.4f}", "{:+.4f}"},
                            {"balanced accuracy", &ComparedFigures::test_balanced_accuracy, "{:.4f}", "{:+.4f}", 1},
                            {"accuracy", &ComparedFigures::test_accuracy, "{:.4f}", "{:+.4f}", 1},
                            {"worst group", &ComparedFigures::test_worst_group, "{:.4f}", "{:+.4f}", 1}};
/// What the best was selected by, and what that is worth.
constexpr Column kValidation[] = {{"Unfairness", &ComparedFigures::unfairness, "{:.4f}"},
                                  {"best of N by chance", &ComparedFigures::chance_unfairness, "{:.4f}"},
                                  {"more on test", &ComparedFigures::selection_unfairness, "{:+.4f}", "", kAny, -kAny},
                                  {"accuracy", &ComparedFigures::accuracy, "{:.4f}", "", 1},
                                  {"spread of MACs", &ComparedFigures::macs_spread, "{:.2f}"}};

template <std::size_t N>
TextRow titles(const Column (&columns)[N]) {
  TextRow row = {""};
  for (const Column& column : columns) row.emplace_back(column.title);
  return row;
}

template <std::size_t N>
std::string figures(const Comparison& comparison, const Column (&columns)[N], const TableForm& form) {
  std::vector<TextRow> rows = {titles(columns)};
  for (const auto& configuration : comparison.configurations) {
    if (!configuration.is_measured()) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(configuration)});
    for (const Column& column : columns) {
      row.push_back(cell(configuration.*column.figure, column.format, column.least, column.most));
    }
  }
  return show_table(rows, "l", form);
}

std::string best_rows(const Comparison& comparison, const TableForm& form) {
  std::string text = "on test images, which no search has seen\n" + figures(comparison, kTest, form);
  for (const auto& configuration : comparison.configurations) {
    if (!configuration.is_measured()) text += not_measured(label_of(configuration), *configuration.not_measured);
  }
  for (const NotMeasured& other : comparison.not_measured) text += not_measured(other.name, other.reason);
  return text + "\non validation images, by which it was selected\n" + figures(comparison, kValidation, form) +
         "best of N by chance: if all N designs were equally fair; spread of MACs: standard\n"
         "deviation of their log10\n";
}

/// Blank where there is nothing to compare with.
std::string difference_rows(const Comparison& comparison, const TableForm& form) {
  const auto& configurations = comparison.configurations;
  if (configurations.size() < 2 || !configurations[0].is_measured()) return "";
  std::vector<TextRow> rows = {titles(kTest)};
  for (std::size_t i = 1; i < configurations.size(); ++i) {
    if (!configurations[i].is_measured()) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(configurations[i])});
    for (const Column& column : kTest) {
      row.push_back(cell(configurations[i].difference.*column.figure, column.difference, -column.most, column.most));
    }
  }
  return fmt::format("\ndifference to {} on test images, paired by seed\n", configurations[0].name) +
         show_table(rows, "l", form);
}

/// What the searches were told to go by; blank where that was the paper's order.
std::string objective_rows(const Comparison& comparison, const TableForm& form) {
  if (comparison.configurations.empty() || !comparison.configurations[0].objectives) return "";
  const auto digits = [](const std::string& metric) {
    const metrics::MetricInfo* info = metrics::find_metric(metric);
    return info != nullptr && info->kind == metrics::Kind::kCost ? "{:.1f}" : "{:.4f}";
  };
  std::vector<TextRow> rows = {{""}};
  for (const ComparedObjective& objective : *comparison.configurations[0].objectives) {
    const metrics::MetricInfo* info = metrics::find_metric(objective.metric);
    const std::string unit = info == nullptr || info->unit.empty() || info->in_percent() ? "" : ", " + info->unit;
    rows[0].push_back((info == nullptr ? objective.metric : info->title) + unit);
  }
  for (const auto& configuration : comparison.configurations) {
    if (!configuration.is_measured() || !configuration.objectives) continue;
    TextRow& row = rows.emplace_back(TextRow{label_of(configuration)});
    for (const ComparedObjective& objective : *configuration.objectives) {
      row.push_back(cell(objective.mean, digits(objective.metric), 0, kAny));
    }
  }
  return "\nby the objectives of the search, on validation images\n" + show_table(rows, "l", form) +
         "hypervolume: share of the box of all compared designs that the front dominates\n";
}

std::string proposal_rows(const Comparison& comparison, const TableForm& form) {
  std::vector<TextRow> rows = {
      {"", "all", "refused", "invalid", "repeated", "unreadable", "distinct", "valid at once", "tokens"}};
  for (const auto& found : comparison.configurations) {
    if (!found.is_measured()) continue;
    rows.push_back({label_of(found), mean(found.proposals, "{:.1f}"), percent(found.invalid_rate),
                    mean(found.invalid, "{:.1f}"), mean(found.repeated, "{:.1f}"), mean(found.unreadable, "{:.1f}"),
                    percent(found.distinct_share), percent(found.valid_first), mean(found.tokens, "{:.0f}")});
  }
  return "\nproposals, mean over seeds\n" + show_table(rows, "lrrrrrrrr", form);
}

std::string notes(const Comparison& comparison) {
  std::string text;
  for (const auto& configuration : comparison.configurations) {
    const std::string& name = configuration.name;
    if (is_short(configuration)) {
      text += fmt::format("{}: {} of {} searches ended before {} designs; their best designs are not compared\n", name,
                          *configuration.cut_short, configuration.searches.value_or(0), comparison.budget);
    }
    for (const EndedSearch& ended : configuration.ended) {
      text += fmt::format("{}, seed {}, ended early: {}\n", name, ended.seed, ended.reason);
    }
  }
  return text;
}

}  // namespace

std::string comparison_text(const Comparison& comparison, const TableForm& form) {
  return fmt::format("best design after {}, mean over seeds [95 % t interval]\n",
                     counted(comparison.budget, "evaluated design")) +
         best_rows(comparison, form) + difference_rows(comparison, form) + objective_rows(comparison, form) +
         proposal_rows(comparison, form) + notes(comparison);
}

}  // namespace flnas::searches
