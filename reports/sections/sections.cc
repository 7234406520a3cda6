#include "reports/sections/sections.h"

#include <string_view>

#include "reports/data/own_study.h"
#include "reports/data/people.h"
#include "reports/document/words.h"

namespace flnas::reports {
namespace {

constexpr char kTableOne[] = "table-i", kQuestions[] = "questions";
constexpr char kAbstract[] = "Abstract", kThreats[] = "Threats to validity", kAnswers[] = "Answers";

std::string title_of(const ReportInputs& inputs) {
  const std::string title = report_settings(inputs.reproduced()).title;
  return title.empty() ? "FL-NAS, Table I: a reproduction" : title;
}

/// An abstract is a paragraph, not a list.
void add_as_prose(const Block& block, Section& section) {
  const auto* list = std::get_if<List>(&block);
  if (list == nullptr) return section.blocks.push_back(block);
  Paragraph paragraph;
  for (const std::string& item : list->items) paragraph.text += (paragraph.text.empty() ? "" : " ") + item;
  section.blocks.emplace_back(std::move(paragraph));
}

/// What a piece has added to its section, for the PDF too.
void print(const Piece& piece, const Section& section, std::size_t from, std::vector<Section>& printed) {
  if (piece.printed == nullptr || from == section.blocks.size()) return;
  const bool is_abstract = piece.printed == std::string_view(kAbstract);
  if (printed.empty() || printed.back().title != piece.printed) {
    printed.push_back({piece.id, piece.printed, {}, !is_abstract});
  }
  for (std::size_t i = from; i < section.blocks.size(); ++i) {
    if (is_abstract) {
      add_as_prose(section.blocks[i], printed.back());
    } else {
      printed.back().blocks.push_back(section.blocks[i]);
    }
    // a selection is all that there is in print
    if (auto* table = std::get_if<Table>(&printed.back().blocks.back())) table->beside = false;
  }
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
void add_leaders(const ReportInputs&, Section&);
void add_limitations(const ReportInputs&, Section&);
void add_nas(const ReportInputs&, Section&);
void add_nas_open_questions(const ReportInputs&, Section&);
void add_niches(const ReportInputs&, Section&);
void add_noise_floor(const ReportInputs&, Section&);
void add_paper_notes(const ReportInputs&, Section&);
void add_per_class_gaps(const ReportInputs&, Section&);
void add_provenance(const ReportInputs&, Section&);
void add_pruning_sums(const ReportInputs&, Section&);
void add_question_evidence(const ReportInputs&, Section&);
void add_question_lines(const ReportInputs&, Section&);
void add_questions(const ReportInputs&, Section&);
void add_recall(const ReportInputs&, Section&);
void add_replies(const ReportInputs&, Section&);
void add_robustness(const ReportInputs&, Section&);
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
      {"summary", "Summary", true, add_first_screen, false, kAbstract},
      {"summary", "Summary", true, add_question_lines},
      {kQuestions, "Questions answered", true, add_questions, false, kAnswers},
      {kQuestions, "Questions answered", true, add_question_evidence},
      {"conditions", "Conditions and findings", true, add_summary, false, "Conditions and findings"},
      {"summary", "Summary", false, add_search_summary},
      {kTableOne, "Table I, side by side", true, add_table_one},
      {kTableOne, "Table I, side by side", true, add_short_table, false, "Results"},
      {"fairness", "Fairness by group", true, add_fairness},
      {"fairness", "Fairness by group", true, add_fairness_by_attribute},
      {"fairness", "Fairness by group", true, add_noise_floor},
      {"fairness", "Fairness by group", true, add_group_counts},
      {"compared", "Models compared", true, add_leaders},
      {"compared", "Models compared", true, add_comparisons},
      {"compared", "Models compared", true, add_trainings},
      {"robustness", "Robustness", false, add_robustness},
      {"audit", "The paper's claims", true, add_claims, true},
      {"hardware", "Size and speed", true, add_hardware},
      {"searches", "Searches", false, add_searches},
      {"searches", "Searches", false, add_replies},
      {"searches", "Searches", false, add_niches},
      {"nas-bench-201", "Searches on NAS-Bench-201", false, add_nas},
      {"nas-open-questions", "What LLM-NAS leaves open", false, add_nas_open_questions, true},
      {"proxy-searches", "Searches by zero-cost proxies", false, add_proxy_searches},
      {"bench", "Latency suites", false, add_suites},
      {"limitations", "Limitations", false, add_limitations, false, kThreats},
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
    const std::size_t before = document.sections.back().blocks.size();
    piece.add(inputs, document.sections.back());
    if (inputs.has_reproduction()) print(piece, document.sections.back(), before, document.printed);
    if (document.sections.back().blocks.empty()) document.sections.pop_back();
  }
  document.sources = sources_of(inputs);
  if (const std::string example = example_word(inputs); example != Adapter{}.example) speak_of(document, example);
  return document;
}

}  // namespace flnas::reports
