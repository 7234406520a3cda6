#include <fmt/format.h>

#include <string_view>

#include "reports/data/measures.h"
#include "reports/data/people.h"
#include "reports/data/sample_needed.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

struct Compared {
  MetricDifference difference;
  const char* title;
  const char* note;
  const char* panel;
  NumberFormat format;
  bool fairness = false;

  std::string key() const { return member_name<MetricDifferences>(difference); }
};
constexpr NumberFormat kPoints{.digits = 2, .scale = 100}, kShare{.digits = 4};
constexpr NumberFormat kP{.digits = 3, .probability = true}, kCount{.digits = 0, .thousands = true};
constexpr const char* kRight = "Right answers";
constexpr const char* kBalanced = "Balanced accuracy and the worst group";
constexpr const char* kUnfairness = "Unfairness and EODD, lower is fairer";
constexpr const char* kProbabilities = "Figures of probabilities";
constexpr const char* kOpportunity = "EOPP1 and EOPP2, lower is fairer";
const Compared kCompared[] = {
    {&MetricDifferences::accuracy, "Accuracy", "first - second, points", kRight, kPoints},
    {&MetricDifferences::balanced_accuracy, "Balanced accuracy", "first - second, points", kBalanced, kPoints},
    {&MetricDifferences::worst_group, "Worst group's accuracy", "first - second, points", kBalanced, kPoints},
    {&MetricDifferences::unfairness_sum, "Unfairness, sum", "first - second", kUnfairness, kShare, true},
    {&MetricDifferences::eodd, "EODD", "first - second", kUnfairness, kShare, true},
    {&MetricDifferences::eopp1, "EOPP1", "first - second", kOpportunity, kShare, true},
    {&MetricDifferences::eopp2, "EOPP2", "first - second", kOpportunity, kShare, true},
    {&MetricDifferences::auroc, "AUROC", "first - second", kProbabilities, kShare},
    {&MetricDifferences::tpr_at_fpr_10, "TPR at FPR 10 %", "first - second, points", kProbabilities, kPoints},
    {&MetricDifferences::brier, "Brier score", "first - second", kProbabilities, kShare},
};

/// Those that the record has: figures of probabilities stand in it from version 3 of the metrics on.
std::vector<Compared> compared_metrics(const ReportInputs& inputs) {
  std::vector<Compared> found;
  const bool scored = inputs.statistics->record.rules() >= metrics::Rules::kVersion3;
  for (const Compared& metric : kCompared) {
    if (scored || metric.panel != std::string_view(kProbabilities)) found.push_back(metric);
  }
  return found;
}

void add_columns(const ReportInputs& inputs, Table& table) {
  table.columns = {
      {.key = "only_first", .title = "First alone right", .note = "images", .panel = kRight, .format = kCount},
      {.key = "only_second", .title = "Second alone right", .note = "images", .panel = kRight, .format = kCount},
      {.key = "mcnemar_p", .title = "McNemar's p", .note = "Holm-corrected", .panel = kRight, .format = kP}};
  for (const Compared& metric : compared_metrics(inputs)) {
    table.columns.push_back({.key = metric.key(),
                             .title = metric.title,
                             .note = metric.note,
                             .panel = metric.panel,
                             .format = metric.format,
                             .interval = true});
    table.columns.push_back(
        {.key = metric.key() + "_p", .title = "p", .note = "Holm-corrected", .panel = metric.panel, .format = kP});
    if (metric.fairness) {
      table.columns.push_back(
          {.key = metric.key() + "_sample", .title = "Sample that would decide", .panel = metric.panel, .words = true});
    }
  }
}

/// The models that were compared, in the report's order, the constant predictor last.
std::vector<Model> compared_models(const ReportInputs& inputs) {
  const auto& compared = inputs.statistics->record.models;
  std::vector<Model> models;
  for (const Model& model : inputs.models()) {
    if (compared.find(model.name) != nullptr) models.push_back(model);
  }
  if (compared.find("constant") != nullptr) {
    models.push_back({.name = "constant", .title = "Constant predictor", .group = "Reference"});
  }
  return models;
}

Row pair_row(const ReportInputs& inputs, const Model& first, const Model& second, const ModelPair& pair,
             const People& people) {
  Row row{.key = first.name + "-" + second.name,
          .label = display_title(inputs, first) + ", " + display_title(inputs, second),
          .group = display_title(inputs, first) + " against"};
  const auto only_first = pair.place.at(&PairComparison::only_first);
  const auto only_second = pair.place.at(&PairComparison::only_second);
  row.cells.push_back(measured(pair.swapped ? only_second : only_first));
  row.cells.push_back(measured(pair.swapped ? only_first : only_second));
  row.cells.push_back(measured(pair.place.at(&PairComparison::mcnemar).at(&McNemar::p_holm)));
  for (const Compared& metric : compared_metrics(inputs)) {
    const auto difference = pair.place.at(metric.difference);
    const auto p = difference.at(&PairedEstimate::p_holm);
    row.cells.push_back(paired_difference(difference, pair.swapped));
    row.cells.push_back(measured(p));
    if (!metric.fairness) continue;
    const ModelDifference found{row.cells[row.cells.size() - 2], p.number(), p.provenance(), compared_pairs(inputs),
                                false};
    row.cells.push_back(words(sample_to_settle(found, people)));
  }
  return row;
}

}  // namespace

void add_comparisons(const ReportInputs& inputs, Section& section) {
  if (!inputs.statistics) return;
  const auto models = compared_models(inputs);
  Table table{
      .id = "comparisons",
      .title = "Models compared pairwise on the same test images",
      .caption =
          fmt::format("Differences first minus second with 95 % intervals of a paired bootstrap over {0}s: each "
                      "resample takes the same {0}s for both. Right answers: McNemar's exact test",
                      unit_word(inputs)) +
          (inputs.statistics->record.rules() >= metrics::Rules::kVersion2
               ? fmt::format(
                     ", with the {0} as its unit; other p: the answers of {0}s exchanged between the two at random",
                     unit_word(inputs)) +
                     (inputs.statistics->record.rules() >= metrics::Rules::kVersion3
                          ? fmt::format(", and no interval is narrower than that test allows; of probabilities: "
                                        "Student's test of what each {} adds to the difference.",
                                        unit_word(inputs))
                          : std::string("."))
               : ".") +
          " All p are corrected for the number "
          "of pairs of models (Holm), metric by metric; an interval is not corrected, so that it may leave out zero "
          "where p is above 0.05. Sample that would decide: where a difference as large as the one found would be "
          "settled four times in five, corrected likewise. One training run of each model: the luck of its seed is not "
          "in these intervals.",
      .row_title = "First, second",
      .beside = true};
  add_columns(inputs, table);
  const People people = people_of(inputs);
  for (std::size_t i = 0; i < models.size(); ++i) {
    for (std::size_t j = i + 1; j < models.size(); ++j) {
      const auto pair = find_pair(*inputs.statistics, models[i].name, models[j].name);
      if (pair) table.rows.push_back(pair_row(inputs, models[i], models[j], *pair, people));
    }
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
