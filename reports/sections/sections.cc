#include "reports/sections/sections.h"

#include <string_view>

#include "reports/data/own_study.h"

namespace flnas::reports {
namespace {

constexpr char kTableOne[] = "table-i";

std::string title_of(const ReportInputs& inputs) {
  const std::string title = report_settings(inputs.reproduced()).title;
  return title.empty() ? "FL-NAS, Table I: a reproduction" : title;
}

}  // namespace

// Each is defined in a file of this folder.
void add_claims(const ReportInputs&, Section&);
void add_comparisons(const ReportInputs&, Section&);
void add_contradictions(const ReportInputs&, Section&);
void add_coverage(const ReportInputs&, Section&);
void add_definitions(const ReportInputs&, Section&);
void add_environment(const ReportInputs&, Section&);
void add_fairness(const ReportInputs&, Section&);
void add_fairness_by_attribute(const ReportInputs&, Section&);
void add_first_screen(const ReportInputs&, Section&);
void add_glossary(const ReportInputs&, Section&);
void add_group_counts(const ReportInputs&, Section&);
void add_group_pairs(const ReportInputs&, Section&);
void add_hardware(const ReportInputs&, Section&);
void add_limitations(const ReportInputs&, Section&);
void add_nas(const ReportInputs&, Section&);
void add_niches(const ReportInputs&, Section&);
void add_noise_floor(const ReportInputs&, Section&);
void add_open_questions(const ReportInputs&, Section&);
void add_paper_notes(const ReportInputs&, Section&);
void add_per_class_gaps(const ReportInputs&, Section&);
void add_provenance(const ReportInputs&, Section&);
void add_pruning_sums(const ReportInputs&, Section&);
void add_recall(const ReportInputs&, Section&);
void add_scores(const ReportInputs&, Section&);
void add_search_summary(const ReportInputs&, Section&);
void add_searches(const ReportInputs&, Section&);
void add_settings(const ReportInputs&, Section&);
void add_short_table(const ReportInputs&, Section&);
void add_suites(const ReportInputs&, Section&);
void add_summary(const ReportInputs&, Section&);
void add_table_one(const ReportInputs&, Section&);
void add_training(const ReportInputs&, Section&);
void add_trainings(const ReportInputs&, Section&);
void add_proxy_searches(const ReportInputs&, Section&);
void add_unfairness_terms(const ReportInputs&, Section&);

const std::vector<Piece>& pieces() {
  static const std::vector<Piece> table{
      {"summary", "Summary", true, add_first_screen},
      {"conditions", "Conditions and findings", true, add_summary},
      {"summary", "Summary", false, add_search_summary},
      {kTableOne, "Table I, side by side", true, add_table_one},
      {kTableOne, "Table I, side by side", true, add_short_table},
      {"fairness", "Fairness by group", true, add_fairness},
      {"fairness", "Fairness by group", true, add_fairness_by_attribute},
      {"fairness", "Fairness by group", true, add_noise_floor},
      {"fairness", "Fairness by group", true, add_group_counts},
      {"compared", "Models compared", true, add_comparisons},
      {"compared", "Models compared", true, add_trainings},
      {"audit", "The paper's claims", true, add_claims, true},
      {"hardware", "Size and speed", true, add_hardware},
      {"searches", "Searches", false, add_searches},
      {"searches", "Searches", false, add_niches},
      {"nas-bench-201", "Searches on NAS-Bench-201", false, add_nas},
      {"proxy-searches", "Searches by zero-cost proxies", false, add_proxy_searches},
      {"bench", "Latency suites", false, add_suites},
      {"answers", "What is answered here", false, add_open_questions, true},
      {"limitations", "Limitations", false, add_limitations},
      // for looking things up
      {"training", "Appendix: training", true, add_training},
      {"settings", "Appendix: settings", true, add_settings},
      {"fairness-terms", "Appendix: fairness term by term", true, add_unfairness_terms},
      {"fairness-terms", "Appendix: fairness term by term", true, add_group_pairs},
      {"fairness-terms", "Appendix: fairness term by term", true, add_pruning_sums},
      {"fairness-terms", "Appendix: fairness term by term", true, add_per_class_gaps},
      {"recall", "Appendix: recall by class", true, add_recall},
      {"scores", "Appendix: probabilities, by group", true, add_scores},
      {"definitions", "Appendix: definitions", true, add_definitions},
      {"definitions", "Appendix: definitions", true, add_coverage, true},
      {"terms", "Appendix: terms", false, add_glossary},
      {"paper", "Appendix: the paper's table", true, add_contradictions, true},
      {"paper", "Appendix: the paper's table", true, add_paper_notes, true},
      {"provenance", "Appendix: environment and hashes", false, add_environment},
      {"provenance", "Appendix: environment and hashes", false, add_provenance},
  };
  return table;
}

Document build_document(const ReportInputs& inputs) {
  Document document;
  if (inputs.has_reproduction()) {
    document.title = title_of(inputs);
    document.subtitle = describe_conditions(inputs);
  } else {
    document.title = "Fair and small networks: searches and measurements";
  }
  for (const Piece& piece : pieces()) {
    if (piece.needs_reproduction && !inputs.has_reproduction()) continue;
    if (piece.of_paper && !beside_paper(inputs)) continue;
    const bool continues = !document.sections.empty() && document.sections.back().id == piece.id;
    const bool own = !beside_paper(inputs) && std::string_view(piece.id) == kTableOne;
    if (!continues) document.sections.push_back({piece.id, own ? "Models side by side" : piece.title, {}});
    piece.add(inputs, document.sections.back());
    if (document.sections.back().blocks.empty()) document.sections.pop_back();
  }
  document.sources = sources_of(inputs);
  return document;
}

}  // namespace flnas::reports
