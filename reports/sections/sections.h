#pragma once

#include <string>
#include <vector>

#include "reports/data/report_inputs.h"
#include "reports/document/document.h"

namespace flnas::reports {

/// A piece of the report: a new one is a file here that defines its `add`, and a row in sections.cc.
struct Piece {
  const char* id;     ///< of the section; pieces that follow each other under one id share it
  const char* title;  ///< of the section; the first piece's counts
  bool needs_reproduction;
  void (*add)(const ReportInputs& inputs, Section& section);
  bool of_paper = false;          ///< about the paper: not in a study of one's own
  const char* printed = nullptr;  ///< title of its section in the PDF, which holds these pieces alone; null: not there
};
const std::vector<Piece>& pieces();

/// The records behind the cells, for a reader who asks where a number comes from.
std::vector<Source> sources_of(const ReportInputs& inputs);

/// The whole document; figures are not drawn yet (reports/render/draw.h). Depends on the records alone.
Document build_document(const ReportInputs& inputs);

/// Table I beside the paper, with every column.
Table table_one(const ReportInputs& inputs);

/// Each claim of the paper on its own table and on ours: what was measured, with verdicts; what holds by construction;
/// what rests on estimates. Tables without rows are left out.
std::vector<Table> claims_tables(const ReportInputs& inputs);

/// What LLM-NAS reports beside the searches of a nas_search.json.
Table llm_nas_claims_table(const NasSearch& nas);

/// Latency per batch and per image on each device, beside the paper.
Table latency_table(const ReportInputs& inputs);

/// "binary" as code with what it means, for readers who have not read the documentation.
std::string describe_task(const ReportInputs& inputs);
std::string describe_protocol(const ReportInputs& inputs);
std::string describe_profile(const ReportInputs& inputs);
std::string describe_data(const ReportInputs& inputs);
/// The devices that the runs used and the processor: "cpu (AMD EPYC, 2 cores)".
std::string describe_device(const ReportInputs& inputs);
/// All of these in a sentence: what stands at the head of the report and of Table I.
std::string describe_conditions(const ReportInputs& inputs);

}  // namespace flnas::reports
