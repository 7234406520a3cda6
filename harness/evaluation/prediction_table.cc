#include "harness/evaluation/prediction_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/table_attributes.h"
#include "harness/evaluation/table_classes.h"
#include "harness/metrics/scores/auroc.h"

namespace flnas {
namespace {

double score_at(const Csv& csv, std::size_t row, std::size_t column) {
  const std::string text = trimmed(csv.at(row, column));
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc() && end == text.data() + text.size() && std::isfinite(value)) return value;
  throw DataError(
      fmt::format("{}:{}: '{}' in column '{}' is not a number; every row needs a score, or has to be left out",
                  csv.where(), csv.line(row), one_line(text, 40), csv.header()[column]));
}

/// Rows on the wrong side of the threshold on the score that reproduces the predictions best.
std::size_t misplaced(const std::vector<double>& scores, const std::vector<std::uint8_t>& called) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  auto wrong = std::count(called.begin(), called.end(), std::uint8_t{0});
  auto least = wrong;
  for (std::size_t i = 0; i < order.size(); ++i) {
    wrong += called[order[i]] != 0 ? 1 : -1;
    if (i + 1 == order.size() || scores[order[i + 1]] != scores[order[i]]) least = std::min(least, wrong);
  }
  return static_cast<std::size_t>(least);
}

void read_score(const Csv& csv, const TableColumns& columns, const TableClasses& classes, PredictionTable& table) {
  const Task& task = classes.task;
  if (task.positive < 0) {
    throw ConfigError(fmt::format(
        "{}: --score is of one class, and there are {}; say of which: --positive {}, judged against the rest",
        csv.where(), task.classes.size(), task.classes.back()));
  }
  const std::string& positive = task.classes[static_cast<std::size_t>(task.positive)];
  const std::size_t column = csv.column(columns.score);
  std::vector<std::uint8_t> called;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    table.scores.push_back(score_at(csv, row, column));
    called.push_back(classes.predictions[row] == positive ? 1 : 0);
  }
  if (const auto area = metrics::auroc(table.scores, called); area && *area < 0.5) {
    throw DataError(
        fmt::format("{}:1: '{}' contradicts '{}': it is lower where '{}' is predicted than elsewhere; give "
                    "the score of that class, or another --positive",
                    csv.where(), columns.score, columns.prediction, positive));
  }
  if (const auto rows = static_cast<long long>(misplaced(table.scores, called)); rows > 0) {
    table.notes.push_back(fmt::format("no threshold on '{}' gives '{}': at the best one {} {}", columns.score,
                                      columns.prediction, counted(rows, "row"), plural(rows, "differs", "differ")));
  }
  const auto [low, high] = std::minmax_element(table.scores.begin(), table.scores.end());
  if (*low >= 0 && *high <= 1) return;
  table.notes.push_back(fmt::format("'{}' goes from {:g} to {:g} and is no probability: no Brier score, no ECE",
                                    columns.score, *low, *high));
}

/// The p_<class> columns, where there is one for each class.
void read_probabilities(const Csv& csv, PredictionTable& table) {
  std::vector<std::size_t> found;
  for (const auto& name : table.task.classes) {
    if (const auto column = csv.find("p_" + name)) found.push_back(*column);
  }
  if (found.size() != table.task.classes.size()) {
    table.notes.emplace_back("--score is not given: no AUROC, no TPR at a fixed FPR, no calibration");
    return;
  }
  table.predictions.classes = table.task.classes;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    for (const std::size_t column : found) {
      const double value = score_at(csv, row, column);
      if (value < 0 || value > 1 + 1e-6) {
        throw DataError(fmt::format("{}:{}: {} in column '{}' is not a probability; it has to lie in 0 to 1",
                                    csv.where(), csv.line(row), value, csv.header()[column]));
      }
      table.predictions.rows[row].probabilities.push_back(static_cast<float>(value));
    }
  }
}

void read_attributes(const Csv& csv, const TableColumns& columns, PredictionTable& table) {
  std::vector<TableAttribute> found;
  std::set<std::string> names;
  for (const auto& specification : columns.attributes) {
    found.push_back(read_attribute(csv, specification, table.notes));
    if (!names.insert(found.back().attribute.name).second) {
      throw ConfigError(fmt::format("--attributes names '{}' twice", found.back().attribute.name));
    }
  }
  for (TableAttribute& each : found) {
    const std::string prefix = found.size() > 1 ? each.attribute.name + "=" : std::string();
    for (Group& group : each.attribute.groups) group.name = prefix + group.name;
    const auto groups = each.attribute.group_names();
    for (std::size_t first = 0; first < groups.size(); ++first) {
      for (std::size_t second = first + 1; second < groups.size(); ++second) {
        table.adapter.pairs.emplace_back(groups[first], groups[second]);
      }
    }
    table.predictions.attributes.push_back(each.attribute.name);
    for (std::size_t row = 0; row < csv.rows(); ++row) {
      const std::string& group = each.groups[row];
      table.predictions.rows[row].attributes.push_back(group.empty() ? group : prefix + group);
    }
    table.adapter.attributes.push_back(std::move(each.attribute));
  }
  if (columns.attributes.empty()) table.notes.emplace_back("--attributes is not given: no groups, no fairness");
}

/// Names of rows; where none were asked for, those of a column that names each row once.
std::vector<std::string> read_ids(const Csv& csv, const TableColumns& columns) {
  std::vector<std::string> candidates{"image", "id"};
  if (!columns.id.empty()) candidates = {columns.id};
  for (const auto& name : candidates) {
    const auto column = columns.id.empty() ? csv.find(name) : std::optional(csv.column(name));
    if (!column) continue;
    std::map<std::string, std::size_t> seen;
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < csv.rows(); ++row) {
      ids.push_back(csv.at(row, *column));
      const auto [first, added] = seen.emplace(ids.back(), csv.line(row));
      if (added && !ids.back().empty()) continue;
      if (!columns.id.empty()) {
        throw DataError(
            ids.back().empty()
                ? fmt::format("{}:{}: '{}' is blank; every row needs a name", csv.where(), csv.line(row), name)
                : fmt::format("{}:{}: {} '{}' is already on line {}; keep one of them", csv.where(), csv.line(row),
                              name, one_line(ids.back(), 40), first->second));
      }
      ids.clear();
      break;
    }
    if (!ids.empty()) return ids;
  }
  return {};
}

/// Adds the group `other` to attributes whose column has words that no group names, and puts their rows there.
void add_other_groups(Predictions& predictions, Adapter& adapter, std::vector<std::string>& notes) {
  for (std::size_t column = 0; column < predictions.attributes.size(); ++column) {
    const auto attribute =
        std::find_if(adapter.attributes.begin(), adapter.attributes.end(),
                     [&](const Attribute& each) { return each.name == predictions.attributes[column]; });
    if (attribute == adapter.attributes.end() || attribute->numeric) continue;  // a bad number is a mistake, no group
    std::set<std::string> values;
    long long rows = 0;
    const std::string other = attribute->name + "=other";
    for (PredictionRow& row : predictions.rows) {
      std::string& cell = row.attributes[column];
      try {
        group_of(*attribute, cell);
      } catch (const DataError&) {
        values.insert(one_line(cell, 40));
        ++rows;
        cell = other;
      }
    }
    if (values.empty()) continue;
    attribute->groups.push_back({.name = other});
    const std::vector<std::string> shown(values.begin(),
                                         std::next(values.begin(), std::min<int>(3, static_cast<int>(values.size()))));
    notes.push_back(fmt::format("'{}' has values that no group of '{}' names ({}), in {}: they are '{}'",
                                attribute->name, adapter.name, fmt::join(shown, ", "), counted(rows, "row"), other));
  }
}

}  // namespace

PredictionTable parse_table(std::string_view text, std::string where, const TableColumns& columns) {
  const Csv csv = Csv::parse(text, std::move(where));
  PredictionTable table;
  const TableClasses classes = read_classes(csv, columns, table.notes);
  table.task = classes.task;
  table.adapter.name = "table";
  table.adapter.classes = classes.task.classes;
  table.adapter.tasks = {classes.task};
  table.predictions.where = csv.where();
  table.ids = read_ids(csv, columns);
  const auto subset = csv.find("subset");
  const bool has_unit = !columns.unit.empty();
  const std::size_t unit = has_unit ? csv.column(columns.unit) : 0;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    PredictionRow& made = table.predictions.rows.emplace_back();
    made.line = csv.line(row);
    made.subset = subset ? csv.at(row, *subset) : std::string();
    made.lesion = has_unit ? csv.at(row, unit) : std::string();
    made.label = classes.labels[row];
    made.prediction = classes.predictions[row];
    if (!table.ids.empty()) made.image = table.ids[row];
  }
  if (!has_unit) table.notes.emplace_back("--unit is not given: each row counts as independent of the others");
  read_attributes(csv, columns, table);
  if (columns.score.empty()) {
    read_probabilities(csv, table);
  } else {
    read_score(csv, columns, classes, table);
  }
  if (const auto rows = static_cast<long long>(check_probabilities(table.predictions)); rows > 0) {
    table.notes.push_back(fmt::format("in {} the prediction is not the most probable class", counted(rows, "row")));
  }
  return table;
}

PredictionTable table_of(Predictions predictions, Adapter adapter) {
  PredictionTable table;
  table.task = task_of(predictions, adapter);
  add_other_groups(predictions, adapter, table.notes);
  for (const Attribute& attribute : adapter.attributes) {
    const auto& there = predictions.attributes;
    if (std::find(there.begin(), there.end(), attribute.name) == there.end()) {
      table.notes.push_back(fmt::format("there is no column '{}': its groups are empty", attribute.name));
    }
  }
  const bool named = std::none_of(predictions.rows.begin(), predictions.rows.end(),
                                  [](const PredictionRow& row) { return row.image.empty(); });
  for (const PredictionRow& row : predictions.rows) {
    if (named) table.ids.push_back(row.image);
  }
  if (predictions.classes.empty()) {
    table.notes.emplace_back("there are no columns p_<class>: no AUROC, no TPR at a fixed FPR, no calibration");
  } else if (const auto rows = static_cast<long long>(check_probabilities(predictions)); rows > 0) {
    table.notes.push_back(fmt::format("in {} the prediction is not the most probable class", counted(rows, "row")));
  }
  table.predictions = std::move(predictions);
  table.adapter = std::move(adapter);
  return table;
}

std::size_t check_probabilities(const Predictions& predictions) {
  const double rounding = 0.005 * static_cast<double>(predictions.classes.size()) + 1e-4;
  std::size_t contradicted = 0;
  for (const PredictionRow& row : predictions.rows) {
    if (row.probabilities.empty()) continue;
    const double sum = std::accumulate(row.probabilities.begin(), row.probabilities.end(), 0.0);
    if (std::abs(sum - 1) > rounding) {
      throw DataError(fmt::format("{}:{}: the probabilities sum to {:.4g}; they have to sum to 1", predictions.where,
                                  row.line, sum));
    }
    const float most = *std::max_element(row.probabilities.begin(), row.probabilities.end());
    for (std::size_t c = 0; c < predictions.classes.size(); ++c) {
      if (predictions.classes[c] == row.prediction && row.probabilities[c] < most) ++contradicted;
    }
  }
  return contradicted;
}

}  // namespace flnas
