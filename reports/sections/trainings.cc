// What all seeds say together.
#include <fmt/format.h>

#include <iterator>

#include "reports/data/measures.h"
#include "reports/data/people.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

struct Shown {
  std::optional<TrainedMetric> ModelTrainings::*metric;
  MetricDifference difference;
  const char* title;
  NumberFormat format;
  const char* unit;

  std::string key() const { return member_name<ModelTrainings>(metric); }
};
constexpr NumberFormat kPoints{.digits = 2, .scale = 100}, kShare{.digits = 4};
constexpr NumberFormat kP{.digits = 3, .probability = true}, kCount{.digits = 0};
const Shown kShown[] = {
    {&ModelTrainings::accuracy, &MetricDifferences::accuracy, "Accuracy", kPoints, "%"},
    {&ModelTrainings::balanced_accuracy, &MetricDifferences::balanced_accuracy, "Balanced accuracy", kPoints, "%"},
    {&ModelTrainings::worst_group, &MetricDifferences::worst_group, "Worst group's accuracy", kPoints, "%"},
    {&ModelTrainings::unfairness_sum, &MetricDifferences::unfairness_sum, "Unfairness, sum", kShare, ""},
    {&ModelTrainings::eodd, &MetricDifferences::eodd, "EODD", kShare, ""},
    {&ModelTrainings::auroc, &MetricDifferences::auroc, "AUROC", kShare, ""},
};

/// Those that the record has: AUROC from version 3 of the metrics on.
std::vector<Shown> shown_metrics_of(const ReportInputs& inputs) {
  std::vector<Shown> found(std::begin(kShown), std::end(kShown));
  if (inputs.statistics->record.rules() < metrics::Rules::kVersion3) found.pop_back();
  return found;
}

Cell mean_cell(const Place<TrainedMetric>& place) {
  return cell_of(place.file(), place.provenance(),
                 place ? Numbers{place->mean, place->low, place->high, {}} : Numbers{});
}

Table models_table(const ReportInputs& inputs, const Place<TrainingsStatistics>& trainings) {
  Table table{
      .id = "trainings",
      .title = "All seeds together: the luck of sampling and the luck of training",
      .caption = fmt::format(
          "Mean over the trainings of each model that has several, with its 95 % interval over both {0}s and trainings "
          "(variances added, Student's t). Sampling: standard deviation of that mean by which {0}s are tested. "
          "Training: "
          "standard deviation of one training by its seed, on the same test images. Sums of absolute gaps have no "
          "interval here, since noise moves them upwards.",
          unit_word(inputs)),
      .row_title = "Model"};
  table.columns.push_back({.key = "runs", .title = "Trainings", .format = kCount});
  for (const Shown& shown : shown_metrics_of(inputs)) {
    table.columns.push_back({.key = shown.key(),
                             .title = "Mean",
                             .note = shown.unit,
                             .panel = shown.title,
                             .format = shown.format,
                             .interval = true});
    table.columns.push_back({.key = shown.key() + "_sampling",
                             .title = "Sampling",
                             .note = "sd of the mean",
                             .panel = shown.title,
                             .format = shown.format});
    table.columns.push_back({.key = shown.key() + "_training",
                             .title = "Training",
                             .note = "sd of one training",
                             .panel = shown.title,
                             .format = shown.format});
  }
  for (const Model& model : inputs.models()) {
    const auto place = trainings.at(&TrainingsStatistics::models)[model.name];
    if (!place) continue;
    Row row = model_row(inputs, model);
    row.cells.push_back(cell_of(place.file(), place.at(&ModelTrainings::runs).provenance(),
                                {static_cast<double>(place->runs.size()), {}, {}, {}}));
    for (const Shown& shown : shown_metrics_of(inputs)) {
      const auto metric = place.at(shown.metric);
      row.cells.push_back(mean_cell(metric));
      row.cells.push_back(measured(metric.at(&TrainedMetric::sampling_sd)));
      row.cells.push_back(measured(metric.at(&TrainedMetric::training_sd)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table pairs_table(const ReportInputs& inputs, const Place<TrainingsStatistics>& trainings) {
  Table table{.id = "trainings_compared",
              .title = "Models compared over all of their seeds",
              .caption = fmt::format(
                  "Mean of the first model's trainings minus mean of the second's, on the same test images, with 95 % "
                  "intervals over {}s and trainings. p: corrected for the number of pairs of models (Holm), metric by "
                  "metric.",
                  unit_word(inputs)),
              .row_title = "First, second"};
  for (const Shown& shown : shown_metrics_of(inputs)) {
    table.columns.push_back({.key = shown.key(),
                             .title = shown.title,
                             .note = shown.format.scale == 100 ? "first - second, points" : "first - second",
                             .panel = shown.title,
                             .format = shown.format,
                             .interval = true});
    table.columns.push_back(
        {.key = shown.key() + "_p", .title = "p", .note = "Holm-corrected", .panel = shown.title, .format = kP});
  }
  const auto pairs = trainings.at(&TrainingsStatistics::comparisons);
  for (const Model& first : inputs.models()) {
    for (const Model& second : inputs.models()) {
      const auto pair = pairs[first.name][second.name];
      if (!pair) continue;
      Row row{.key = first.name + "-" + second.name,
              .label = display_title(inputs, first) + ", " + display_title(inputs, second)};
      for (const Shown& shown : shown_metrics_of(inputs)) {
        const auto difference = pair.at(shown.difference);
        row.cells.push_back(measured(difference));
        row.cells.push_back(measured(difference.at(&PairedEstimate::p_holm)));
      }
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace

void add_trainings(const ReportInputs& inputs, Section& section) {
  if (!inputs.statistics || !inputs.statistics->record.trainings) return;
  const auto trainings = inputs.statistics->at(&StatisticsRecord::trainings);
  for (Table table : {models_table(inputs, trainings), pairs_table(inputs, trainings)}) {
    if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
  }
}

}  // namespace flnas::reports
