#pragma once

#include <string>
#include <vector>

#include "reports/data/report_inputs.h"

namespace flnas::reports {

/// A question of a study with its answer in words, from questions.json.
struct Answered {
  std::string key;       ///< of harness/records/questions_record.h
  std::string question;  ///< "Is any searched network fairer than the best baseline?"
  std::string verdict;   ///< "Yes", "No", "By Unfairness alone", "In part", "Not shown", "Not measured", or a figure
  std::string detail;    ///< the figures with their intervals and n, or what is needed; without a full stop
  bool measured = true;
};

/// Every question, in the record's order; none where there is no record. A study of one's own, which need not have
/// searched networks or baselines, has those alone that are measured.
std::vector<Answered> answered_questions(const ReportInputs& inputs);

/// The question itself; blank for a key that this version does not know.
std::string question_text(const std::string& key);

/// The name that tables and sentences have for a model, or for whatever else a figure is of.
std::string subject_title(const ReportInputs& inputs, const std::string& subject);

/// "balanced accuracy"; and how its values are printed, with the word behind them: " points".
struct MeasuredFigure {
  std::string title;
  NumberFormat format;
  std::string unit;
};
MeasuredFigure figure_named(const std::string& metric);

}  // namespace flnas::reports
