#include "reports/sections/sections.h"

#include "reports/sections/glossary.h"

namespace flnas::reports {

const std::vector<Piece>& pieces() {
  static const std::vector<Piece> table{
      {"summary", "Summary", true, add_summary},
      {"summary", "Summary", false, add_search_summary},
      {"table-i", "Table I, side by side", true, add_table_one},
      {"table-i", "Table I, side by side", true, add_short_table},
      {"fairness", "Fairness by group", true, add_fairness},
      {"fairness", "Fairness by group", true, add_unfairness_terms},
      {"fairness", "Fairness by group", true, add_pruning_sums},
      {"fairness", "Fairness by group", true, add_noise_floor},
      {"fairness", "Fairness by group", true, add_group_pairs},
      {"fairness", "Fairness by group", true, add_group_counts},
      {"recall", "Recall by class", true, add_recall},
      {"compared", "Models compared", true, add_comparisons},
      {"compared", "Models compared", true, add_trainings},
      {"hardware", "Size and speed", true, add_hardware},
      {"audit", "The paper's claims", true, add_claims},
      {"searches", "Searches", false, add_searches},
      {"searches", "Searches", false, add_niches},
      {"nas-bench-201", "Searches on NAS-Bench-201", false, add_nas},
      {"vision-transformers", "Vision transformers", false, add_transformers},
      {"bench", "Latency suites", false, add_suites},
      {"answers", "What is answered here", false, add_open_questions},
      {"limitations", "Limitations", false, add_limitations},
      {"training", "Training", true, add_training},
      {"settings", "Settings", true, add_settings},
      {"definitions", "Definitions", true, add_definitions},
      {"terms", "Terms", false, add_glossary},
      {"paper", "About the paper's table", true, add_contradictions},
      {"paper", "About the paper's table", true, add_paper_notes},
      {"fairness-terms", "Fairness by class", true, add_per_class_gaps},
      {"provenance", "Environment and hashes", false, add_environment},
      {"provenance", "Environment and hashes", false, add_provenance},
  };
  return table;
}

Document build_document(const ReportInputs& inputs) {
  Document document;
  if (inputs.has_reproduction()) {
    document.title = "FL-NAS, Table I: a reproduction";
    document.subtitle = describe_conditions(inputs);
  } else {
    document.title = "Fair and small networks: searches and measurements";
  }
  for (const Piece& piece : pieces()) {
    if (piece.needs_reproduction && !inputs.has_reproduction()) continue;
    const bool continues = !document.sections.empty() && document.sections.back().id == piece.id;
    if (!continues) document.sections.push_back({piece.id, piece.title, {}});
    piece.add(inputs, document.sections.back());
    if (document.sections.back().blocks.empty()) document.sections.pop_back();
  }
  document.sources = sources_of(inputs);
  return document;
}

}  // namespace flnas::reports
