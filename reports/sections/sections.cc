#include "reports/sections/sections.h"

namespace flnas::reports {

const std::vector<Part>& parts() {
  static const std::vector<Part> table{
      {"summary", "Summary", true, add_summary},
      {"summary", "Summary", false, add_search_summary},
      {"table-i", "Table I, side by side", true, add_table_one},
      {"table-i", "Table I, side by side", true, add_short_table},
      {"fairness", "Fairness by group", true, add_fairness},
      {"fairness", "Fairness by group", true, add_unfairness_terms},
      {"fairness", "Fairness by group", true, add_pruning_sums},
      {"fairness", "Fairness by group", true, add_noise_floor},
      {"fairness", "Fairness by group", true, add_pairs},
      {"fairness", "Fairness by group", true, add_group_counts},
      {"recall", "Recall by class", true, add_recall},
      {"compared", "Models compared", true, add_comparisons},
      {"hardware", "Size and speed", true, add_hardware},
      {"audit", "The paper's claims", true, add_claims},
      {"searches", "Searches", false, add_searches},
      {"searches", "Searches", false, add_niches},
      {"nas-bench-201", "Searches on NAS-Bench-201", false, add_nas},
      {"vision-transformers", "Vision transformers", false, add_transformers},
      {"bench", "Latency suites", false, add_suites},
      {"answers", "What is answered here", false, add_answers},
      {"limitations", "Limitations", false, add_limitations},
      {"training", "Training", true, add_training},
      {"settings", "Settings", true, add_settings},
      {"definitions", "Definitions", true, add_definitions},
      {"paper", "About the paper's table", true, add_contradictions},
      {"paper", "About the paper's table", true, add_paper_notes},
      {"fairness-terms", "Fairness by class", true, add_class_terms},
      {"provenance", "Environment and hashes", false, add_environment},
      {"provenance", "Environment and hashes", false, add_provenance},
  };
  return table;
}

std::string slug(const std::string& prefix, const std::string& folder) {
  std::string id = folder.empty() ? prefix : prefix + "_" + folder;
  for (char& letter : id) {
    const bool plain =
        (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    if (!plain) letter = '_';
  }
  return id;
}

Document build_document(const Evidence& evidence) {
  Document document;
  if (evidence.has_reproduction()) {
    document.title = "FL-NAS, Table I: a reproduction";
    document.subtitle = describe_conditions(evidence);
  } else {
    document.title = "Fair and small networks: searches and measurements";
  }
  for (const Part& part : parts()) {
    if (part.needs_reproduction && !evidence.has_reproduction()) continue;
    const bool continues = !document.sections.empty() && document.sections.back().id == part.id;
    if (!continues) document.sections.push_back({part.id, part.title, {}});
    part.add(evidence, document.sections.back());
    if (document.sections.back().blocks.empty()) document.sections.pop_back();
  }
  document.sources = sources_of(evidence);
  return document;
}

}  // namespace flnas::reports
