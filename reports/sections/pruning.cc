#include "reports/data/all_trainings.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

namespace {

template <auto Sum>
Place<RecordedEstimate> sum_of(const Place<RunMetrics>& metrics) {
  return metrics.at(&RunMetrics::pruning).at(Sum);
}

struct PruningColumn {
  MetricPlace at;
  const char* title;
};
constexpr PruningColumn kColumns[] = {{sum_of<&PruningSums::sum_abs_dtnr>, "sum |dTNR|"},
                                      {sum_of<&PruningSums::sum_abs_dtpr>, "sum |dTPR|"},
                                      {sum_of<&PruningSums::sum_abs_dtpr_plus_dfpr>, "sum |dTPR + dFPR|"}};

}  // namespace

void add_pruning_sums(const ReportInputs& inputs, Section& section) {
  constexpr NumberFormat kShare{.digits = 4};
  Table table{
      .id = "pruning",
      .title = "Fairness as the pruning literature sums it",
      .caption =
          "For each class against the rest the mean over pairs of groups, then the sum over classes (FairPrune, Wu et "
          "al., MICCAI 2022). Lower is fairer. In the third sum the gaps are added with their signs, so that opposite "
          "ones cancel: a low value alone does not show fairness.",
      .row_title = "Model",
      .beside = true};
  for (const auto& [at, title] : kColumns) {
    table.columns.push_back(
        {.key = at(metrics_of(nullptr)).name(), .title = title, .format = kShare, .interval = true});
  }
  bool any = false;
  for (const Model& model : inputs.models()) {
    Row row = model_row(inputs, model);
    for (const PruningColumn& column : kColumns) {
      const auto cell = [&](const Run* run) {
        return measured(column.at(metrics_of(run)), inputs.why_missing(model.name));
      };
      row.cells.push_back(over_trainings(inputs, model.name, cell, Range::kNonNegative));
      any = any || row.cells.back().value;
    }
    table.rows.push_back(std::move(row));
  }
  if (any) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
