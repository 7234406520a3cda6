// Figures of probabilities beside those of answers: of all images, and by group.
#include <algorithm>
#include <span>

#include "reports/data/all_trainings.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{.digits = 3};
constexpr NumberFormat kPercent{.digits = 1, .scale = 100};

struct OfAll {
  std::optional<RecordedEstimate> RunMetrics::*member;
  const char* title;
  const char* note;
  NumberFormat format;
  Range range = Range::kShare;
};
const OfAll kOfAll[] = {
    {&RunMetrics::auroc, "AUROC", "", kShare},
    {&RunMetrics::tpr_at_fpr_10, "TPR at FPR 10 %", "%", kPercent},
    {&RunMetrics::brier, "Brier score", "lower is better", kShare},
    {&RunMetrics::ece, "ECE", "lower is better", kShare},
    {&RunMetrics::standardised_unfairness_sum, "Unfairness by one mix of classes, sum", "lower is fairer", kShare,
     Range::kNonNegative},
};

/// At the threshold of the best balanced accuracy on the validation images.
struct AtPoint {
  std::optional<RecordedEstimate> OperatingPoint::*member;
  const char* key;
  const char* title;
};
const AtPoint kAtPoint[] = {{&OperatingPoint::balanced_accuracy, "point_balanced_accuracy", "Balanced accuracy"},
                            {&OperatingPoint::tpr, "point_tpr", "True positive rate"},
                            {&OperatingPoint::fpr, "point_fpr", "False positive rate"}};

struct OfGroup {
  std::optional<RecordedEstimate> GroupMetrics::*member;
  const char* id;
  const char* title;
  const char* caption;
  NumberFormat format;
  Range range = Range::kShare;
  bool beside = true;
};
const OfGroup kOfGroups[] = {
    {&GroupMetrics::auroc, "group_auroc", "AUROC by group",
     "Area under the ROC curve of the group's own images; with more than two classes the mean of one against the rest.",
     kShare, Range::kShare, false},
    {&GroupMetrics::tpr_at_fpr_10, "group_tpr_at_fpr", "True positive rate by group where 10 % are false positives",
     "In per cent, on the group's own ROC curve.", kPercent},
    {&GroupMetrics::brier, "group_brier", "Brier score by group",
     "Mean squared distance of the probabilities from what is true; lower is better.", kShare},
    {&GroupMetrics::ece, "group_ece", "Calibration error by group",
     "Expected calibration error in ten bins; lower is better. A perfectly calibrated model of few images has more "
     "than "
     "0, which its interval then reaches.",
     kShare},
    {&GroupMetrics::standardised_gap, "standardised_gaps", "Accuracy by one mix of classes, less that of all images",
     "Recalls of the group weighted by each class's share of all images, less the accuracy of all images, in points: "
     "what a group lacks that is not due to its having more of a difficult class.",
     kPercent, Range::kSigned},
};

bool has(const ReportInputs& inputs, std::optional<RecordedEstimate> RunMetrics::*member) {
  const auto has_one = [&](const Run& run) {
    return run.usable() && run.metrics && ((*run.metrics).*member) && ((*run.metrics).*member)->value;
  };
  return std::any_of(inputs.runs.begin(), inputs.runs.end(), has_one);
}

bool has_point(const ReportInputs& inputs) {
  return std::any_of(inputs.runs.begin(), inputs.runs.end(),
                     [](const Run& run) { return run.usable() && run.metrics && run.metrics->operating_point; });
}

/// A value without an interval says why.
Cell supported(Cell cell) {
  if (cell.value && !cell.low) cell.terms = "not enough support for an interval";
  return cell;
}

Table of_all(const ReportInputs& inputs) {
  Table table{.id = "scores",
              .title = "Figures of probabilities",
              .caption =
                  "What does not depend on the threshold at which a model answers: balanced weights lower the accuracy "
                  "of answers by design, and leave these as they are. With 95 % intervals.",
              .row_title = "Model"};
  std::vector<OfAll> shown;
  for (const OfAll& figure : kOfAll) {
    if (!has(inputs, figure.member)) continue;
    shown.push_back(figure);
    table.columns.push_back({.key = member_name<RunMetrics>(figure.member),
                             .title = figure.title,
                             .note = figure.note,
                             .format = figure.format,
                             .interval = true});
  }
  table.columns.push_back({.key = "worst_group_balanced_accuracy",
                           .title = "Worst group's balanced accuracy",
                           .note = "%",
                           .format = kPercent,
                           .interval = true});
  const auto points = has_point(inputs) ? std::span<const AtPoint>(kAtPoint) : std::span<const AtPoint>();
  for (const AtPoint& point : points) {
    table.columns.push_back({.key = point.key,
                             .title = point.title,
                             .note = "%, threshold from validation",
                             .format = kPercent,
                             .interval = true});
  }
  const auto worst = [](const Run* run, const std::string& why) {
    return measured(metrics_of(run).at(&RunMetrics::worst_group_balanced_accuracy), why);
  };
  for (const Model& model : inputs.models()) {
    Row& row = table.rows.emplace_back(model_row(inputs, model));
    const std::string why = inputs.why_missing(model.name);
    for (const OfAll& figure : shown) {
      row.cells.push_back(supported(over_trainings(
          inputs, model.name, [&](const Run* run) { return measured(metrics_of(run).at(figure.member), why); },
          figure.range)));
    }
    row.cells.push_back(over_trainings(inputs, model.name, [&](const Run* run) { return worst(run, why); }));
    for (const AtPoint& point : points) {
      row.cells.push_back(over_trainings(inputs, model.name, [&](const Run* run) {
        return measured(metrics_of(run).at(&RunMetrics::operating_point).at(point.member), why);
      }));
    }
  }
  if (inputs.constant && inputs.constant->usable()) {
    Row& row = table.rows.emplace_back(constant_row());
    for (const OfAll& figure : shown) row.cells.push_back(measured(metrics_of(&*inputs.constant).at(figure.member)));
    row.cells.push_back(worst(&*inputs.constant, ""));
    row.cells.resize(table.columns.size());  // it has no threshold to choose
  }
  return table;
}

Table of_groups(const ReportInputs& inputs, const OfGroup& figure, const std::vector<std::string>& groups) {
  Table table{
      .id = figure.id, .title = figure.title, .caption = figure.caption, .row_title = "Model", .beside = figure.beside};
  for (const auto& group : groups) {
    const auto size = sample_size(
        inputs, [&](const auto& metrics) { return metrics.at(&RunMetrics::groups)[group].at(&GroupMetrics::n); });
    table.columns.push_back({.key = group, .title = group, .note = size, .format = figure.format, .interval = true});
  }
  for (const Model& model : inputs.models()) {
    Row& row = table.rows.emplace_back(model_row(inputs, model));
    const std::string why = inputs.why_missing(model.name);
    for (const auto& group : groups) {
      const auto cell = [&](const Run* run) {
        return measured(metrics_of(run).at(&RunMetrics::groups)[group].at(figure.member), why);
      };
      row.cells.push_back(supported(over_trainings(inputs, model.name, cell, figure.range)));
    }
  }
  return table;
}

}  // namespace

void add_scores(const ReportInputs& inputs, Section& section) {
  if (!has(inputs, &RunMetrics::auroc)) return;
  section.blocks.emplace_back(of_all(inputs));
  std::vector<std::string> groups;
  for (const auto& [name, group] : inputs.first_measured()->metrics->groups) {
    if (name != "unknown") groups.push_back(name);
  }
  if (groups.empty()) return;
  for (const OfGroup& figure : kOfGroups) section.blocks.emplace_back(of_groups(inputs, figure, groups));
}

}  // namespace flnas::reports
