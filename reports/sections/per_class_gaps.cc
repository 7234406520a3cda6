// The rates behind all fairness metrics, class by class: recall in each group, and the gaps of each pair of groups.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/metrics/figures/class_terms.h"
#include "harness/records/files.h"
#include "reports/data/all_trainings.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{.digits = 1, .scale = 100};
constexpr NumberFormat kGap{.digits = 3};
/// From which on intervals are those of metrics/figures/class_terms.h.
constexpr metrics::Rules kMeasuredTerms = metrics::Rules::kVersion3;

/// A training's predictions with their counts and what comes of them.
struct Counted {
  const ModelPredictions* predictions;
  metrics::Tally tally;
  metrics::ClassTerms<metrics::Estimate> terms;
};

/// All trainings of a model; at least one.
struct CountedModel {
  Model model;
  std::vector<Counted> trainings;

  const metrics::Outcomes& outcomes() const { return trainings.front().predictions->outcomes; }
};

std::vector<CountedModel> counted_models(const ReportInputs& inputs) {
  std::vector<CountedModel> models;
  for (const Model& model : inputs.models()) {
    CountedModel counted{model, {}};
    for (const Run* run : inputs.runs_of(model.name)) {
      const ModelPredictions* predictions = inputs.predictions_of(run);
      if (predictions == nullptr || !run->usable()) continue;
      const auto& outcomes = predictions->outcomes;
      const auto& config = predictions->resampled.config;
      counted.trainings.push_back({predictions, metrics::tally(outcomes),
                                   inputs.predictions_rules < kMeasuredTerms
                                       ? metrics::bootstrap_class_terms(outcomes, config)
                                       : metrics::measured_class_terms(outcomes, inputs.predictions_min_support, config,
                                                                       inputs.predictions_rules)});
    }
    if (!counted.trainings.empty()) models.push_back(std::move(counted));
  }
  return models;
}

/// The figure over all trainings that have it; `made` gives that of one.
template <class Made>
Cell over_trainings_of(const CountedModel& counted, Range range, const Made& made) {
  std::vector<Cell> cells;
  for (const Counted& training : counted.trainings) {
    if (Cell cell = made(training); cell.value) cells.push_back(std::move(cell));
  }
  return cells.empty() ? made(counted.trainings.front()) : combined(cells, range);
}

/// A figure that is counted in the rows that `rows` describes.
Cell figure(const metrics::Estimate& estimate, const ModelPredictions& predictions, const std::string& rows) {
  Cell cell;
  if (std::isnan(estimate.value)) return cell;
  cell.value = estimate.value;
  if (!std::isnan(estimate.low)) cell.low = estimate.low, cell.high = estimate.high;
  cell.provenance = {predictions.run, kPredictionsFile, without_controls(rows)};
  return cell;
}

/// A rate, or a gap of rates, with the smallest of its denominators.
Cell rate(const metrics::Estimate& estimate, const ModelPredictions& predictions, const std::string& rows,
          std::int64_t smallest) {
  Cell cell = figure(estimate, predictions, rows);
  cell.n = smallest;
  if (cell.value && smallest < kSmallCount) cell.mark = Mark::kSmall;
  return cell;
}

/// The model's name stands in the label too: a sorted table has no groups.
Row row_of(const ReportInputs& inputs, const CountedModel& counted, const std::string& name) {
  const std::string title = display_title(inputs, counted.model);
  return {.key = counted.model.name + "-" + name, .label = title + ", " + without_controls(name), .group = title};
}

Column column(std::string key, std::string title, std::string note, const NumberFormat& format) {
  return {.key = std::move(key),
          .title = std::move(title),
          .note = std::move(note),
          .format = format,
          .interval = true,
          .counted = true};
}

Table recall_table(const ReportInputs& inputs, const std::vector<CountedModel>& models) {
  Table table{
      .id = "group_recall",
      .title = "Recall by class in each group",
      .caption =
          "In per cent, over all trainings of each model. A group's accuracy, and so its term of "
          "Unfairness, is the mean of its row with the counts of " +
          reference("group_counts") +
          " as weights: it differs between groups by their recalls, and by their mix of classes. No value: no "
          "image of the class in the group" +
          (inputs.predictions_rules < kMeasuredTerms ? "; no interval: more than a tenth of the resamples have none."
                                                     : "."),
      .row_title = "Model, group",
      .beside = true};
  const metrics::Outcomes& first = models.front().outcomes();
  for (const auto& name : first.classes) table.columns.push_back(column(name, without_controls(name), "", kPercent));
  for (const CountedModel& counted : models) {
    std::size_t at = 0;
    for (std::size_t a = 0; a < first.attributes.size(); ++a) {
      for (std::size_t g = 0; g < first.attributes[a].groups.size(); ++g, ++at) {
        const std::string& group = first.attributes[a].groups[g];
        Row row = row_of(inputs, counted, group);
        for (std::size_t c = 0; c < first.classes.size(); ++c) {
          const std::string rows =
              fmt::format("rows with label {}, {} {}", first.classes[c], first.attributes[a].name, group);
          row.cells.push_back(over_trainings_of(counted, Range::kShare, [&](const Counted& training) {
            return rate(training.terms.recall[at][c], *training.predictions, rows,
                        training.tally.groups[a][g].positives(c));
          }));
        }
        table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

using GapEstimates = metrics::ClassGaps<metrics::Estimate>;

struct MeanColumn {
  const char* key;
  const char* title;
  metrics::Estimate GapEstimates::*mean;
};

/// What a table of gaps shows: of the images of the class itself, or of all the others.
struct GapKind {
  const char* id;
  const char* title;
  const char* caption;
  const char* key;   ///< of a pair's column
  const char* name;  ///< its head
  std::vector<metrics::Estimate> GapEstimates::*gaps;
  std::int64_t (metrics::Counts::*denominator)(std::size_t) const;
  std::vector<MeanColumn> means;
};

const std::vector<GapKind>& gap_kinds() {
  static const std::vector<GapKind> kinds = {
      {"recall_gaps",
       "Gaps of recall by class and pair of groups",
       "dTPR of each class against the rest, first group minus second. EOPP1 is its mean over the pairs, without "
       "signs.",
       "dtpr",
       "dTPR",
       &GapEstimates::dtpr,
       &metrics::Counts::positives,
       {{"eopp1", "EOPP1", &GapEstimates::eopp1}}},
      {"false_positive_gaps",
       "Gaps of false positives by class and pair of groups",
       "dFPR of each class against the rest, first group minus second: minus dTNR. EOPP2 is its mean over the pairs, "
       "without signs, and EODD that of the larger of dTPR and dFPR.",
       "dfpr",
       "dFPR",
       &GapEstimates::dfpr,
       &metrics::Counts::negatives,
       {{"eopp2", "EOPP2", &GapEstimates::eopp2}, {"eodd", "EODD", &GapEstimates::eodd}}},
  };
  return kinds;
}

/// The row of one class: the gaps of each pair, then their means over the pairs.
Row gaps_of_class(const ReportInputs& inputs, const CountedModel& counted, const GapKind& kind, std::size_t c) {
  const metrics::Outcomes& outcomes = counted.outcomes();
  Row row = row_of(inputs, counted, outcomes.classes[c]);
  std::size_t pair = 0;
  for (std::size_t a = 0; a < outcomes.attributes.size(); ++a) {
    const metrics::Attribute& attribute = outcomes.attributes[a];
    for (const auto& [i, j] : attribute.pairs) {
      const auto first = static_cast<std::size_t>(i), second = static_cast<std::size_t>(j);
      const auto rows = fmt::format("{} against the rest, rows with {} {} and {}", outcomes.classes[c], attribute.name,
                                    attribute.groups[first], attribute.groups[second]);
      row.cells.push_back(over_trainings_of(counted, Range::kSigned, [&](const Counted& training) {
        const auto& groups = training.tally.groups[a];
        const auto smallest = std::min((groups[first].*kind.denominator)(c), (groups[second].*kind.denominator)(c));
        return rate((training.terms.gaps[c].*kind.gaps)[pair], *training.predictions, rows, smallest);
      }));
      ++pair;
    }
  }
  for (const MeanColumn& mean : kind.means) {
    const auto rows = fmt::format("{} against the rest, all pairs", outcomes.classes[c]);
    row.cells.push_back(over_trainings_of(counted, Range::kShare, [&](const Counted& training) {
      return figure(training.terms.gaps[c].*mean.mean, *training.predictions, rows);
    }));
  }
  return row;
}

Table gaps_table(const ReportInputs& inputs, const std::vector<CountedModel>& models, const GapKind& kind) {
  const metrics::Outcomes& outcomes = models.front().outcomes();
  const bool two = outcomes.classes.size() == 2;
  Table table{
      .id = kind.id,
      .title = kind.title,
      .caption = std::string(kind.caption) + " The pruning sums add the means over the classes. " +
                 (two ? "With two classes " + reference("table1") + " takes the positive class alone, which is " +
                            without_controls(outcomes.classes[static_cast<std::size_t>(outcomes.positive)]) + "."
                      : reference("table1") + " takes the mean over the classes that have a value.") +
                 (inputs.predictions_rules < kMeasuredTerms || inputs.predictions_min_support < 2
                      ? " No value: no such image in one of the two groups"
                      : fmt::format(" No value: fewer than {} such images in one of the two groups",
                                    inputs.predictions_min_support)) +
                 "; the pair is left out of the means.",
      .row_title = "Model, class",
      .beside = true};
  std::size_t pair = 0;
  for (const auto& attribute : outcomes.attributes) {
    for (const auto& [i, j] : attribute.pairs) {
      const std::string groups = without_controls(attribute.groups[static_cast<std::size_t>(i)]) + ", " +
                                 without_controls(attribute.groups[static_cast<std::size_t>(j)]);
      table.columns.push_back(column(fmt::format("{}_{}", kind.key, pair++), kind.name, groups, kGap));
    }
  }
  for (const MeanColumn& mean : kind.means) {
    table.columns.push_back(column(mean.key, mean.title, "over pairs", kGap));
  }
  for (const CountedModel& counted : models) {
    for (std::size_t c = 0; c < outcomes.classes.size(); ++c) {
      table.rows.push_back(gaps_of_class(inputs, counted, kind, c));
    }
  }
  return table;
}

}  // namespace

void add_per_class_gaps(const ReportInputs& inputs, Section& section) {
  const auto models = counted_models(inputs);
  if (models.empty()) return;
  section.blocks.emplace_back(recall_table(inputs, models));
  for (const GapKind& kind : gap_kinds()) section.blocks.emplace_back(gaps_table(inputs, models, kind));
}

}  // namespace flnas::reports
