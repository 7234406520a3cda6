#pragma once

#include <string>
#include <vector>

#include "reports/document/document.h"
#include "reports/report_inputs.h"

namespace flnas::reports {

/// A piece of the report: a new table or figure is one file here, its declaration below and one row in parts.cc.
struct Part {
  const char* id;     ///< Of the section; parts that follow each other under one id share it.
  const char* title;  ///< Of the section; the first part's counts.
  bool needs_reproduction;
  void (*add)(const Evidence& evidence, Section& section);
};
const std::vector<Part>& parts();

/// The records behind the cells, for a reader who asks where a number comes from.
std::vector<Source> sources_of(const Evidence& evidence);

/// The whole document; figures are not drawn yet (reports/figures/draw.h). Depends on the records alone.
Document build_document(const Evidence& evidence);

void add_summary(const Evidence& evidence, Section& section);
void add_search_summary(const Evidence& evidence, Section& section);
void add_table_one(const Evidence& evidence, Section& section);
void add_short_table(const Evidence& evidence, Section& section);
void add_fairness(const Evidence& evidence, Section& section);
void add_unfairness_terms(const Evidence& evidence, Section& section);
void add_pruning_sums(const Evidence& evidence, Section& section);
void add_noise_floor(const Evidence& evidence, Section& section);
void add_pairs(const Evidence& evidence, Section& section);
void add_group_counts(const Evidence& evidence, Section& section);
void add_comparisons(const Evidence& evidence, Section& section);
void add_searches(const Evidence& evidence, Section& section);
void add_niches(const Evidence& evidence, Section& section);
void add_nas(const Evidence& evidence, Section& section);
void add_transformers(const Evidence& evidence, Section& section);
void add_suites(const Evidence& evidence, Section& section);
void add_contradictions(const Evidence& evidence, Section& section);
void add_answers(const Evidence& evidence, Section& section);
void add_limitations(const Evidence& evidence, Section& section);
void add_claims(const Evidence& evidence, Section& section);
void add_recall(const Evidence& evidence, Section& section);
void add_hardware(const Evidence& evidence, Section& section);
void add_training(const Evidence& evidence, Section& section);
void add_settings(const Evidence& evidence, Section& section);
void add_environment(const Evidence& evidence, Section& section);
void add_provenance(const Evidence& evidence, Section& section);
void add_definitions(const Evidence& evidence, Section& section);
void add_class_terms(const Evidence& evidence, Section& section);
void add_paper_notes(const Evidence& evidence, Section& section);

/// Metrics of Table I in its order.
struct Metric {
  const char* key;    ///< in run.json under "metrics"
  const char* paper;  ///< key in reports/paper/fl_nas.json; "" where the paper has none
  const char* title;
  const char* note;
  NumberFormat format;
  bool fairness;  ///< lower is fairer

  std::string pointer() const { return std::string("/metrics/") + key; }
};
const std::vector<Metric>& table_metrics();

/// Table I beside the paper, with every column.
Table table_one(const Evidence& evidence);

/// Each claim of the paper with its verdicts on the paper's table and on ours.
Table claims_table(const Evidence& evidence);

/// What LLM-NAS reports beside the searches of a nas_search.json.
Table llm_nas_claims_table(const NasEvidence& nas);

/// "search" and "out/fl nas" -> "search_out_fl_nas": a table's or figure's id for a folder.
std::string slug(const std::string& prefix, const std::string& folder);

/// Latency per batch and per image on each device, beside the paper.
Table latency_table(const Evidence& evidence);

/// "binary" as code with what it means, for readers who have not read the documentation.
std::string describe_task(const Evidence& evidence);
std::string describe_protocol(const Evidence& evidence);
std::string describe_profile(const Evidence& evidence);
std::string describe_data(const Evidence& evidence);
/// The devices that the runs used and the processor: "cpu (AMD EPYC, 2 cores)".
std::string describe_device(const Evidence& evidence);
/// All of these in a sentence: what stands at the head of the report and of Table I.
std::string describe_conditions(const Evidence& evidence);

}  // namespace flnas::reports
