#include "harness/evaluation/evaluate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string at_line(const Predictions& predictions, const PredictionRow& row, const std::string& message) {
  return fmt::format("{}:{}: {}", predictions.where, row.line, message);
}

/// The task whose classes are exactly those, in their order.
Task task_with(const std::vector<std::string>& classes, const Predictions& predictions, const Adapter& adapter) {
  Task task;
  task.classes = classes;
  for (const Task& known : adapter.tasks) {
    if (!std::is_permutation(classes.begin(), classes.end(), known.classes.begin(), known.classes.end())) continue;
    task.name = known.name;
    if (known.positive < 0) return task;
    const auto& positive = known.classes[static_cast<std::size_t>(known.positive)];
    task.positive = static_cast<int>(std::find(classes.begin(), classes.end(), positive) - classes.begin());
    return task;
  }
  if (classes.size() > 2) return task;
  throw DataError(
      fmt::format("{}:1: of the two classes {} none is known as the positive one in '{}'; name them as its "
                  "tasks do, or give an adapter that has them",
                  predictions.where, fmt::join(classes, ", "), adapter.name));
}

/// The task that has most of the names that occur.
const Task& covering_task(const Predictions& predictions, const Adapter& adapter) {
  const auto covered = [&](const Task& task) {
    return std::count_if(predictions.rows.begin(), predictions.rows.end(), [&](const PredictionRow& row) {
      return has(task.classes, row.label) && has(task.classes, row.prediction);
    });
  };
  return *std::max_element(adapter.tasks.begin(), adapter.tasks.end(),
                           [&](const Task& a, const Task& b) { return covered(a) < covered(b); });
}

int class_index(const Predictions& predictions, const PredictionRow& row, const std::string& name, const Task& task) {
  const auto found = std::find(task.classes.begin(), task.classes.end(), name);
  if (found == task.classes.end())
    throw DataError(at_line(predictions, row, unknown_name("class", name, task.classes)));
  return static_cast<int>(found - task.classes.begin());
}

/// Numbers the lesions in the order of their names; a row without lesion is its own, named by its image or line.
std::vector<int> number_lesions(const std::vector<const PredictionRow*>& rows) {
  const auto unit = [](const PredictionRow& row) {
    if (!row.lesion.empty()) return "lesion " + row.lesion;
    return row.image.empty() ? fmt::format("line {:012}", row.line) : "image " + row.image;
  };
  std::map<std::string, int> index;
  for (const auto* row : rows) index.emplace(unit(*row), 0);
  int next = 0;
  for (auto& [name, number] : index) number = next++;
  std::vector<int> lesions;
  for (const auto* row : rows) lesions.push_back(index.at(unit(*row)));
  return lesions;
}

metrics::Attribute attribute_of(const Adapter& adapter, const Attribute& attribute) {
  metrics::Attribute result{attribute.name, attribute.group_names(), {}};
  const auto index = [&](const std::string& name) {
    return static_cast<int>(std::find(result.groups.begin(), result.groups.end(), name) - result.groups.begin());
  };
  for (const auto& [first, second] : adapter.pairs) {
    if (has(result.groups, first) && has(result.groups, second)) result.pairs.emplace_back(index(first), index(second));
  }
  return result;
}

int group_index(const Predictions& predictions, const PredictionRow& row, const Attribute& attribute) {
  const auto column = std::find(predictions.attributes.begin(), predictions.attributes.end(), attribute.name);
  if (column == predictions.attributes.end()) return -1;
  try {
    return group_of(attribute, row.attributes[static_cast<std::size_t>(column - predictions.attributes.begin())]);
  } catch (const DataError& error) {
    throw DataError(at_line(predictions, row, error.what()));
  }
}

}  // namespace

std::vector<std::string> attribute_columns(const Adapter& adapter) {
  std::vector<std::string> names;
  for (const Attribute& attribute : adapter.attributes) names.push_back(attribute.name);
  return names;
}

Task task_of(const Predictions& predictions, const Adapter& adapter) {
  if (!predictions.classes.empty()) return task_with(predictions.classes, predictions, adapter);
  const Task& task = covering_task(predictions, adapter);
  for (const auto& row : predictions.rows) {
    class_index(predictions, row, row.label, task);
    class_index(predictions, row, row.prediction, task);
  }
  return task;
}

std::string chosen_subset(const Predictions& predictions, const std::string& wanted) {
  std::set<std::string> subsets;
  for (const auto& row : predictions.rows) subsets.insert(row.subset);
  if (subsets.empty()) throw DataError(fmt::format("{}: no rows below the header", predictions.where));
  if (subsets.size() == 1) return *subsets.begin();
  if (subsets.count(wanted) > 0) return wanted;
  throw DataError(fmt::format("{}: no rows of subset '{}'; choose one of those that are there: {}", predictions.where,
                              wanted, fmt::join(subsets, ", ")));
}

metrics::Outcomes outcomes_of(const Predictions& predictions, const Adapter& adapter, const Task& task,
                              const std::string& subset) {
  std::vector<const PredictionRow*> rows;
  for (const auto& row : predictions.rows) {
    if (row.subset == subset) rows.push_back(&row);
  }
  metrics::Outcomes outcomes;
  outcomes.classes = task.classes;
  outcomes.positive = task.positive;
  outcomes.lesions = number_lesions(rows);
  for (const auto* row : rows) {
    outcomes.labels.push_back(class_index(predictions, *row, row->label, task));
    outcomes.predictions.push_back(class_index(predictions, *row, row->prediction, task));
  }
  for (const Attribute& attribute : adapter.attributes) {
    outcomes.attributes.push_back(attribute_of(adapter, attribute));
    auto& column = outcomes.groups.emplace_back();
    for (const auto* row : rows) column.push_back(group_index(predictions, *row, attribute));
  }
  return outcomes;
}

}  // namespace flnas
