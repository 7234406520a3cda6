#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reports/data/measures.h"
#include "reports/data/metric_columns.h"

namespace flnas::reports {

/// The model's runs that hold the metric: one for each training seed; with crossfit each is of all folds.
std::vector<const Run*> runs_with(const ReportInputs& inputs, const std::string& model, const Metric& metric);

/// A metric over all of them: the mean, and an interval that holds what sampling and training leave open. Its half
/// widths are the roots of the sum of the squares of two: the mean of the runs' half widths (all are tested on the same
/// images, so that more seeds do not lessen it), and, of S >= 2 seeds, Student's quantile times the standard deviation
/// of one training over the root of S. It contains the value. Of one seed: the record's interval. `inputs` names every
/// record. Source of the sum: G. Y. Zou and A. Donner, Statistics in Medicine 27(10), 2008.
Cell over_trainings(const ReportInputs& inputs, const std::string& model, const Metric& metric);

/// What a figure can be; intervals end there.
enum class Range {
  kShare,        ///< 0 to 1
  kNonNegative,  ///< sums of absolute gaps
  kSigned,       ///< gaps
};

/// A figure of several runs of one model as one, by the same rule; each has a value. `seeds` of the cell: their number,
/// mean and standard deviation.
Cell combined(const std::vector<Cell>& runs, Range range);

/// The same of any figure of a run: over the model's usable runs that have it, else what its run in Table I leaves.
Cell over_trainings(const ReportInputs& inputs, const std::string& model,
                    const std::function<Cell(const Run* run)>& figure, Range range = Range::kShare);

/// By which of balanced accuracy and AUROC the interval of the model is not above the constant predictor: "", "balanced
/// accuracy", "AUROC" or "both". Accuracy is not considered, since balanced class weights lower it by design. Without a
/// constant predictor or a measured model: "".
std::string not_above_constant(const ReportInputs& inputs, const std::string& model);

/// The same on each draw of lesions, the draws being the same for all models: the mean over seeds that are drawn anew
/// each time, about the model's mean so that S of them vary as much as S trainings do. Moved so that their mean is the
/// value. Empty where the predictions were not read.
std::vector<double> draws_over_trainings(const ReportInputs& inputs, const std::string& model, const Metric& metric);

}  // namespace flnas::reports
