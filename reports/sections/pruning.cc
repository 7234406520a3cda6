#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_pruning_sums(const Evidence& evidence, Section& section) {
  constexpr NumberFormat kShare{4, 1, false};
  Table table{
      "pruning",
      "Fairness as the pruning literature sums it",
      "For each class against the rest the mean over pairs of groups, then the sum over classes (FairPrune, Wu et "
      "al., MICCAI 2022). Lower is fairer. In the third sum the gaps are added with their signs, so that opposite "
      "ones cancel: a low value alone does not show fairness.",
      "Model",
      {},
      {}};
  table.columns = {{"sum_abs_dtnr", "sum |dTNR|", "", "", kShare, true, false, false, false},
                   {"sum_abs_dtpr", "sum |dTPR|", "", "", kShare, true, false, false, false},
                   {"sum_abs_dtpr_plus_dfpr", "sum |dTPR + dFPR|", "", "", kShare, true, false, false, false}};
  bool any = false;
  for (const Model& model : evidence.models()) {
    Row row = model_row(evidence, model);
    for (const Column& column : table.columns) {
      row.cells.push_back(measured_with_seeds(evidence, model, "/metrics/pruning/" + column.key));
      any = any || row.cells.back().value;
    }
    table.rows.push_back(std::move(row));
  }
  if (any) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
