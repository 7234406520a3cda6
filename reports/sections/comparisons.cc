#include <fmt/format.h>

#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

struct Compared {
  const char* key;
  const char* title;
  const char* note;
  const char* panel;
  NumberFormat format;
};
constexpr NumberFormat kPoints{2, 100, false}, kShare{4, 1, false}, kP{3, 1, false, true};
constexpr const char* kRight = "Right answers";
constexpr const char* kBalanced = "Balanced accuracy and the worst group";
constexpr const char* kUnfairness = "Unfairness and EODD, lower is fairer";
constexpr const char* kOpportunity = "EOPP1 and EOPP2, lower is fairer";
constexpr Compared kCompared[] = {
    {"accuracy", "Accuracy", "first - second, points", kRight, kPoints},
    {"balanced_accuracy", "Balanced accuracy", "first - second, points", kBalanced, kPoints},
    {"worst_group", "Worst group's accuracy", "first - second, points", kBalanced, kPoints},
    {"unfairness_sum", "Unfairness, sum", "first - second", kUnfairness, kShare},
    {"eodd", "EODD", "first - second", kUnfairness, kShare},
    {"eopp1", "EOPP1", "first - second", kOpportunity, kShare},
    {"eopp2", "EOPP2", "first - second", kOpportunity, kShare},
};

void add_columns(Table& table) {
  table.columns.push_back({"only_first", "First alone right", "images", kRight, {0, 1, true}});
  table.columns.push_back({"only_second", "Second alone right", "images", kRight, {0, 1, true}});
  table.columns.push_back({"mcnemar_p", "McNemar's p", "Holm-corrected", kRight, kP});
  for (const Compared& metric : kCompared) {
    table.columns.push_back(
        {metric.key, metric.title, metric.note, metric.panel, metric.format, true, false, false, false});
    table.columns.push_back({std::string(metric.key) + "_p", "p", "Holm-corrected", metric.panel, kP});
  }
}

/// The models that were compared, in the report's order, the constant predictor last.
std::vector<Model> compared_models(const Evidence& evidence) {
  std::vector<Model> models;
  for (const Model& model : evidence.models()) {
    if (evidence.statistics->at("/models/" + pointer_step(model.name)).is_object()) models.push_back(model);
  }
  if (evidence.statistics->at("/models/constant").is_object()) {
    models.push_back({"constant", "Constant predictor", "Reference", nullptr, false});
  }
  return models;
}

}  // namespace

void add_comparisons(const Evidence& evidence, Section& section) {
  if (!evidence.statistics) return;
  const Record& statistics = *evidence.statistics;
  const auto models = compared_models(evidence);
  Table table{
      "comparisons",
      "Models compared pairwise on the same test images",
      "Differences first minus second with 95 % intervals of a paired bootstrap over lesions: each resample "
      "takes the same lesions for both. Right answers: McNemar's exact test. All p are corrected for the number "
      "of pairs of models (Holm), metric by metric; an interval is not corrected, so that it may leave out zero "
      "where p is above 0.05. One training run of each model: the luck of its seed is not in these intervals.",
      "First, second",
      {},
      {}};
  add_columns(table);
  for (std::size_t i = 0; i < models.size(); ++i) {
    for (std::size_t j = i + 1; j < models.size(); ++j) {
      const auto pair = find_pair(statistics, models[i].name, models[j].name);
      if (!pair) continue;
      Row row{models[i].name + "-" + models[j].name,
              display_title(evidence, models[i]) + ", " + display_title(evidence, models[j]),
              {},
              "",
              display_title(evidence, models[i]) + " against",
              {}};
      row.cells.push_back(measured(&statistics, pair->key + (pair->swapped ? "/only_second" : "/only_first"), ""));
      row.cells.push_back(measured(&statistics, pair->key + (pair->swapped ? "/only_first" : "/only_second"), ""));
      row.cells.push_back(measured(&statistics, pair->key + "/mcnemar/p_holm", ""));
      for (const Compared& metric : kCompared) {
        row.cells.push_back(paired_difference(statistics, *pair, metric.key));
        row.cells.push_back(measured(&statistics, pair->key + "/" + metric.key + "/p_holm", ""));
      }
      table.rows.push_back(std::move(row));
    }
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
