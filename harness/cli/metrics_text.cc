#include "harness/cli/metrics_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/metrics/metric_table.h"

namespace flnas::cli {
namespace {

struct Column {
  std::string key, title;
  double scale;  ///< 100: shown in per cent
  int digits;
};

const std::vector<Column>& group_columns() {
  static const std::vector<Column> kColumns = {{"fpr", "false positive rate", 100, 2},
                                               {"fnr", "false negative rate", 100, 2},
                                               {"accuracy", "accuracy", 100, 2},
                                               {"auroc", "AUROC", 1, 3},
                                               {"standardised_accuracy", "standardised accuracy", 100, 2},
                                               {"balanced_accuracy", "balanced accuracy", 100, 2},
                                               {"tpr_at_fpr_10", "TPR at FPR 10 %", 100, 2},
                                               {"ppv", "precision", 100, 2},
                                               {"selection_rate", "predicted positive", 100, 2},
                                               {"brier", "Brier score", 1, 3},
                                               {"ece", "ECE", 1, 3}};
  return kColumns;
}

std::string number(const Json& value, const Column& column) {
  return value.is_null() ? "-" : fmt::format("{:.{}f}", column.scale * value.get<double>(), column.digits);
}

bool undefined(const Json& figure) { return figure.is_null() || figure.at("value").is_null(); }

/// By the table of metrics, which has to know it: shares in per cent.
Column column_of(const std::string& key) {
  const metrics::MetricInfo& metric = metrics::metric_info(key);
  if (metric.in_percent()) return {key, metric.title + ", %", 100, 2};
  return {key, metric.title, 1, 3};
}

constexpr char kTooFew[] = "[too few]";  ///< in place of an interval

/// "44.85 [43.30, 46.41]".
std::string cell(const Json& figure, const Column& column) {
  if (undefined(figure)) return "-";
  const std::string value = number(figure.at("value"), column);
  if (figure.at("low").is_null()) return value + " " + kTooFew;
  return fmt::format("{} [{}, {}]", value, number(figure.at("low"), column), number(figure.at("high"), column));
}

/// A group without the names of its attributes: "female, old" for "sex=female,age=old".
std::string short_name(std::string name, const std::string& attribute) {
  for (const std::string& part : split(attribute, ',')) {
    const auto at = name.find(part + "=");
    if (at == 0 || (at != name.npos && name[at - 1] == ',')) {
      name.replace(at, part.size() + 1, at == 0 ? "" : " ");
    }
  }
  return name;
}

/// Whether a group has fewer rows than count in the fairness figures.
bool is_small(const Json& report, const Json& group) {
  return group.at("n").get<long long>() < report.at("min_support").get<long long>();
}

/// The lines of one attribute below its name: a table of its groups.
std::string groups_table(const Json& report, const std::vector<Column>& columns, std::size_t longest_name,
                         const TableForm& form) {
  std::vector<TextRow> rows = {{"", "n"}};
  for (const Column& column : columns) rows[0].push_back(column.title + (column.scale == 100 ? ", %" : ""));
  rows.push_back({"all rows", with_thousands(report.at("n").get<long long>())});
  for (const Column& column : columns) {
    const std::string& key = column.key;
    const bool negated = key == "fnr" || key == "tnr";
    rows.back().push_back(report.contains(key) ? cell(report.at(key), column) : negated ? "-" : "");
  }
  std::string attribute;
  for (const auto& [name, group] : report.at("groups").items()) {
    if (!group.contains("attribute")) continue;
    if (group.at("attribute") != attribute) {
      attribute = group.at("attribute").get<std::string>();
      rows.push_back({attribute});
    }
    rows.push_back({"  " + one_line(short_name(name, attribute), longest_name) + (is_small(report, group) ? " *" : ""),
                    with_thousands(group.at("n").get<long long>())});
    for (const Column& column : columns) rows.back().push_back(cell(group.at(column.key), column));
  }
  return show_table(rows, "lr", form);
}

bool is_shown(const Json& report, const Column& column) {
  return std::any_of(report.at("groups").begin(), report.at("groups").end(), [&](const Json& group) {
    return group.contains("attribute") && !undefined(group.at(column.key));
  });
}

/// Rates by group: two figures a table to fit 80 columns, or all of them in one.
std::string groups_text(const Json& report, const TableForm& form) {
  const bool wide = form.is_whole();
  std::vector<Column> shown;
  for (const Column& column : group_columns()) {
    if (is_shown(report, column)) shown.push_back(column);
  }
  if (shown.empty()) return {};
  constexpr std::size_t kATable = 2, kTables = 2, kNarrowName = 20, kWideName = 60;
  if (!wide) shown.resize(std::min(shown.size(), kATable * kTables));
  std::string text = "\nBy group\n";
  for (std::size_t from = 0; from < shown.size(); from += wide ? shown.size() : kATable) {
    const auto first = shown.begin() + static_cast<std::ptrdiff_t>(from);
    const std::size_t count = wide ? shown.size() : std::min(kATable, shown.size() - from);
    text += groups_table(report, {first, first + static_cast<std::ptrdiff_t>(count)}, wide ? kWideName : kNarrowName,
                         form) +
            (wide ? "" : "\n");
  }
  if (!wide) text.pop_back();
  if (text.find(kTooFew) != text.npos) {
    text += fmt::format("  {}: under {} units of a class, which cannot tell how the figure varies\n", kTooFew,
                        report.at("min_support").get<int>());
  }
  const bool any_small = std::ranges::any_of(
      report.at("groups"), [&](const Json& group) { return group.contains("attribute") && is_small(report, group); });
  if (!any_small) return text;
  return text + "  " +
         wrap(fmt::format("* fewer than {} rows: neither among the worst group's nor in the fairness figures",
                          report.at("min_support").get<long long>()),
              2, 4) +
         "\n";
}

std::string overall_text(const Json& report, const TableForm& form) {
  std::vector<TextRow> rows;
  const auto add = [&](const std::string& key) {
    const Json& figure = report.at(key);
    if (undefined(figure)) return;
    const bool named = figure.contains("name") && !figure.at("name").is_null();
    const Column column = column_of(key);
    rows.push_back({column.title, cell(figure, column), named ? figure.at("name").get<std::string>() : std::string()});
  };
  for (const char* key : {"accuracy", "balanced_accuracy", "worst_group", "worst_group_balanced_accuracy", "fpr", "fnr",
                          "auroc", "tpr_at_fpr_10", "brier", "ece"}) {
    add(key);
  }
  if (form.markdown) rows.insert(rows.begin(), {"of all rows", "", ""});
  return show_table(rows, "l", form);
}

std::string recall_text(const Json& report, const TableForm& form) {
  if (report.at("recall").size() < 3) return {};  // of two classes they are the rates above
  std::vector<TextRow> rows = {{"Recall by class", "n", "%"}};
  for (const auto& [name, recall] : report.at("recall").items()) {
    rows.push_back({"  " + name, with_thousands(recall.at("n").get<long long>()), cell(recall, {"", "", 100, 2})});
  }
  return "\n" + show_table(rows, "lr", form);
}

/// Which terms are left out: "race: 9 of 15 terms of EODD; with fewer than 10 rows of a class: Asian".
std::string left_out_text(const Json& report) {
  std::string text;
  for (const auto& [name, figures] : report.at("by_attribute").items()) {
    const Json& eodd = figures.at("eodd");
    if (!eodd.contains("terms") || eodd.at("terms") == eodd.at("of")) continue;
    std::set<std::string> groups;
    for (const auto& lacking : figures.at("pairs").value("lacking", Json::array())) {
      groups.insert(short_name(lacking.at("group").get<std::string>(), name));
    }
    text += "  " +
            wrap(fmt::format("{}: {} of {} terms of EODD; with fewer than {} rows of a class: {}", name,
                             eodd.at("terms").get<int>(), eodd.at("of").get<int>(), report.at("min_support").get<int>(),
                             fmt::join(groups, "; ")),
                 2, 4) +
            "\n";
  }
  return text;
}

std::string fairness_text(const Json& report, const TableForm& form) {
  if (report.at("by_attribute").empty()) return {};
  std::vector<Column> columns = {column_of("unfairness_sum"), column_of("eodd"), column_of("eopp1")};
  if (form.is_whole()) {
    columns.push_back(column_of("eopp2"));
    columns.push_back(column_of("unfairness_mean"));
  }
  std::size_t longest = 3;
  for (const auto& [name, unused] : report.at("by_attribute").items()) longest = std::max(longest, name.size());
  if (!form.is_whole() && longest > 14) columns.pop_back();
  std::vector<TextRow> rows = {{""}};
  for (const Column& column : columns) rows[0].push_back(column.title);
  const auto add = [&](const std::string& name, const Json& figures) {
    rows.push_back({name});
    for (const Column& column : columns) rows.back().push_back(cell(figures.at(column.key), column));
  };
  std::size_t single = 0;
  for (const auto& [name, figures] : report.at("by_attribute").items()) {
    add(name, figures);
    single += name.find(',') == name.npos ? 1 : 0;
  }
  if (single > 1) add("all", report);
  std::string text = "\nFairness by attribute; 0: alike in all groups\n" + show_table(rows, "l", form);
  text +=
      "  unfairness: |accuracy of a group - accuracy of all|, over the groups\n"
      "  EODD: the larger gap of TPR and FPR between two groups, mean over pairs\n"
      "  EOPP1: the gap of TPR, mean over pairs\n";
  return text + left_out_text(report);
}

std::string operating_point_text(const Json& report, const TableForm& form) {
  const Json& point = report.at("operating_point");
  if (point.is_null()) return {};
  const bool folds = point.contains("thresholds");
  std::vector<TextRow> rows = {
      {"", "as predicted",
       folds ? "each fold's threshold" : fmt::format("threshold {:.3g}", point.at("threshold").get<double>())}};
  for (const char* key : {"accuracy", "balanced_accuracy", "tpr", "fpr", "unfairness_sum", "eodd"}) {
    const Column column = column_of(key);
    rows.push_back({column.title, cell(report.at(key), column), cell(point.at(key), column)});
  }
  return fmt::format("\nOperating point of the best balanced accuracy on {} rows of {}\n",
                     point.at("n").get<long long>(), point.at("chosen_on").get<std::string>()) +
         show_table(rows, "l", form) +
         (folds && point.at("left_out") != 0 ? fmt::format("  left out: {} of folds whose rows of {} lack a class\n",
                                                           counted(point.at("left_out").get<long long>(), "row"),
                                                           point.at("chosen_on").get<std::string>())
                                             : "");
}

/// How the difference of a figure is shown: shares in points of per cent.
Column difference_column(const std::string& key) {
  const metrics::MetricInfo* metric = metrics::find_metric(key);
  if (metric == nullptr) return {key, key, 1, 4};
  if (metric->in_percent()) return {key, metric->title + ", points", 100, 2};
  return {key, metric->title, 1, 4};
}

std::string p_text(const Json& p) {
  if (p.is_null()) return "-";
  constexpr double kLeast = 0.0001;
  return p.get<double>() < kLeast ? "<0.0001" : fmt::format("{:.4f}", p.get<double>());
}

std::string unknown_text(const Json& report) {
  std::string text;
  for (const auto& [name, figures] : report.at("by_attribute").items()) {
    const auto n = figures.at("unknown").at("n").get<long long>();
    if (n > 0) text += fmt::format("  {}: {} unknown, in none of its groups\n", name, counted(n, "row"));
  }
  return text;
}

}  // namespace

std::string report_text(const Json& report, const TableForm& form) {
  const auto rows = report.at("n").get<long long>(), units = report.at("units").get<long long>();
  std::string text = report.at("file").get<std::string>() + "\n";
  text += counted(rows, "row");
  if (units != rows) text += " of " + counted(units, "unit");
  if (!report.at("subset").is_null()) text += fmt::format(", subset {}", report.at("subset").get<std::string>());
  if (!report.at("positive").is_null()) {
    const auto positive = report.at("positive").get<std::string>();
    text += fmt::format("; positive: {} ({})", positive,
                        with_thousands(report.at("class_n").at(positive).get<long long>()));
  }
  text += fmt::format("; {:g} % intervals\n\n", 100 * report.at("bootstrap").at("level").get<double>());
  text += overall_text(report, form) + recall_text(report, form) + groups_text(report, form) +
          fairness_text(report, form) + unknown_text(report) + operating_point_text(report, form);
  if (report.at("notes").empty()) return text;
  text += "\nNotes\n";
  for (const auto& note : report.at("notes")) text += "  - " + wrap(note.get<std::string>(), 4, 4) + "\n";
  return text;
}

std::string comparisons_text(const Json& comparisons, const TableForm& form) {
  std::string text;
  for (const auto& pair : comparisons) {
    const auto first = pair.at("first").get<std::string>(), second = pair.at("second").get<std::string>();
    text += wrap(fmt::format("{} minus {}", first, second), 0, 2) + "\n";
    const auto left = pair.at("only_first").get<long long>() + pair.at("only_second").get<long long>();
    text += pair.at("paired").get<bool>()
                ? fmt::format("paired by {}: {}{}\n", pair.at("by").get<std::string>(),
                              counted(pair.at("n").get<long long>(), "row"),
                              left > 0 ? fmt::format("; {} in one file alone, left out", counted(left, "row")) : "")
                : "not paired (no common ids): taken for independent samples\n";
    std::vector<TextRow> rows = {{"", "difference", "p", "p, Holm"}};
    for (const auto& [name, figure] : pair.at("differences").items()) {
      if (undefined(figure)) continue;
      const Column column = difference_column(name);
      rows.push_back({column.title, cell(figure, column), p_text(figure.at("p")), p_text(figure.at("p_holm"))});
    }
    text += show_table(rows, "llrr", form) + "\n";
  }
  if (text.empty()) return text;
  return text + "p: how often chance alone would differ as much; Holm: corrected for all pairs\n";
}

}  // namespace flnas::cli
