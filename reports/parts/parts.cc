#include "reports/parts/parts.h"

namespace flnas::reports {

const std::vector<Part>& parts() {
  static const std::vector<Part> table{
      {"summary", "Summary", add_summary},
      {"table-i", "Table I, side by side", add_table_one},
      {"table-i", "Table I, side by side", add_short_table},
      {"fairness", "Fairness by group", add_fairness},
      {"fairness", "Fairness by group", add_pruning_sums},
      {"fairness", "Fairness by group", add_noise_floor},
      {"fairness", "Fairness by group", add_pairs},
      {"fairness", "Fairness by group", add_group_counts},
      {"recall", "Recall by class", add_recall},
      {"compared", "Models compared", add_comparisons},
      {"hardware", "Size and speed", add_hardware},
      {"audit", "The paper's claims", add_claims},
      {"training", "Training", add_training},
      {"settings", "Settings", add_settings},
      {"provenance", "Environment and hashes", add_provenance},
      {"definitions", "Definitions", add_definitions},
      {"paper", "About the paper's table", add_paper_notes},
  };
  return table;
}

Document build_document(const Evidence& evidence) {
  Document document;
  document.title = "FL-NAS, Table I: a reproduction";
  document.subtitle = describe_conditions(evidence);
  for (const Part& part : parts()) {
    const bool continues = !document.sections.empty() && document.sections.back().id == part.id;
    if (!continues) document.sections.push_back({part.id, part.title, {}});
    part.add(evidence, document.sections.back());
    if (document.sections.back().blocks.empty()) document.sections.pop_back();
  }
  return document;
}

}  // namespace flnas::reports
