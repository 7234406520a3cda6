// Accuracy on images as they are, corrupted and attacked, overall and by group.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{.digits = 1, .scale = 100};
constexpr NumberFormat kShare{.digits = 4};

/// The groups that all records have images of, in the first one's order.
std::vector<std::string> groups_of(const std::vector<Robustness>& records) {
  std::vector<std::string> names;
  if (records.empty() || records.front().record.conditions.empty()) return names;
  for (const RobustGroup& group : records.front().record.conditions.front().figures.groups) {
    if (group.n > 0) names.push_back(group.name);
  }
  return names;
}

/// The accuracy of one group; of all images where the name is blank.
Cell accuracy(const Place<RobustFigures>& figures, const std::string& group) {
  if (group.empty()) return measured(figures.at(&RobustFigures::accuracy));
  const auto groups = figures.at(&RobustFigures::groups);
  for (std::size_t i = 0; groups && i < groups->size(); ++i) {
    if ((*groups)[i].name == group) return measured(groups[i].at(&RobustGroup::accuracy));
  }
  return not_measured("the record holds no images of this group");
}

/// "search1"; where several records are of one model, with the folder.
std::string row_key(const std::vector<Robustness>& records, const Robustness& found) {
  const auto of_model =
      std::ranges::count(records, found.record.model, [](const Robustness& each) { return each.record.model; });
  return of_model > 1 ? slug(found.record.model, found.folder) : found.record.model;
}

std::string row_label(const std::vector<Robustness>& records, const Robustness& found) {
  const bool alone = row_key(records, found) == found.record.model;
  return alone ? found.record.title : fmt::format("{}, {}", found.record.title, code(found.folder));
}

Column share_column(std::string key, std::string title, std::string panel) {
  return {.key = std::move(key),
          .title = std::move(title),
          .note = "%",
          .panel = std::move(panel),
          .format = kPercent,
          .interval = true};
}

Table means_table(const std::vector<Robustness>& records) {
  Table table{
      .id = "robustness",
      .title = "Accuracy on changed images",
      .caption =
          "Of the same images as they are; the mean over four common corruptions (Gaussian noise, blur, "
          "brightness, JPEG) at five levels each, after Hendrycks and Dietterich (ICLR 2019); and the mean over "
          "FGSM steps (Goodfellow et al., ICLR 2015) of 1, 2, 4, 8 and 16 of 255 against the model itself. "
          "Intervals are over what a split keeps whole, which is the same in all conditions; they hold for one "
          "training. Training saw none of this.",
      .row_title = "Model"};
  std::vector<std::string> groups = groups_of(records);
  groups.insert(groups.begin(), "");
  for (const std::string& group : groups) {
    const std::string panel = group.empty() ? "All images" : group, suffix = group.empty() ? "" : "_" + group;
    table.columns.push_back(share_column("clean" + suffix, "As they are", panel));
    table.columns.push_back(share_column("corrupted" + suffix, "Corrupted, mean", panel));
    table.columns.push_back(share_column("attacked" + suffix, "Attacked, mean", panel));
  }
  for (const Robustness& found : records) {
    Row row{.key = row_key(records, found), .label = row_label(records, found)};
    const auto clean = found.at(&RobustnessRecord::conditions)[0].at(&RobustCondition::figures);
    for (const std::string& group : groups) {
      row.cells.push_back(accuracy(clean, group));
      row.cells.push_back(accuracy(found.at(&RobustnessRecord::corrupted), group));
      row.cells.push_back(accuracy(found.at(&RobustnessRecord::attacked), group));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Every condition: for looking things up.
Table conditions_table(const std::vector<Robustness>& records) {
  Table table{.id = "robustness_conditions",
              .title = "Accuracy under each condition",
              .caption = "As in " + reference("robustness") + ", each corruption and the attack at each of its levels.",
              .row_title = "Model and condition",
              .beside = true};
  table.columns.push_back(share_column("accuracy", "Accuracy", ""));
  table.columns.push_back({.key = "unfairness_sum",
                           .title = "Unfairness, sum",
                           .note = "lower is fairer",
                           .format = kShare,
                           .interval = true});
  const std::vector<std::string> groups = groups_of(records);
  for (const std::string& group : groups) table.columns.push_back(share_column("accuracy_" + group, group, ""));
  for (const Robustness& found : records) {
    const auto conditions = found.at(&RobustnessRecord::conditions);
    for (std::size_t i = 0; i < found.record.conditions.size(); ++i) {
      const RobustCondition& condition = found.record.conditions[i];
      const auto figures = conditions[i].at(&RobustCondition::figures);
      const std::string level = condition.level == 0 ? "" : fmt::format(", level {}", condition.level);
      Row row{.key = fmt::format("{}_{}_{}", row_key(records, found), condition.name, condition.level),
              .label = condition.name + level,
              .group = row_label(records, found)};
      row.cells.push_back(accuracy(figures, ""));
      row.cells.push_back(measured(figures.at(&RobustFigures::unfairness_sum)));
      for (const std::string& group : groups) row.cells.push_back(accuracy(figures, group));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

void add_robustness(const ReportInputs& inputs, Section& section) {
  if (inputs.robustness.empty()) return;
  section.blocks.emplace_back(means_table(inputs.robustness));
  section.blocks.emplace_back(conditions_table(inputs.robustness));
}

}  // namespace flnas::reports
