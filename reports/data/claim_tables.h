#pragma once

#include <string>

#include "reports/data/claims.h"
#include "reports/data/report_inputs.h"
#include "reports/document/table.h"

namespace flnas::reports {

// The tables by which claims are evaluated: the paper's, with the sampling noise of its test images, and ours.

/// The kind of evidence for a reading: only measurements can decide it.
enum class Basis {
  kMeasured,        ///< accuracy, fairness, memory of models that are the paper's
  kByConstruction,  ///< parameter counts, by which the models were identified; identities of the metrics
  kEstimated,       ///< latencies of devices that were not here; models that only stand for the paper's, or decide the
                    ///< paper's own verdict
};
Basis basis_of(const ReportInputs& inputs, const Reading& reading);

/// Whether a column is accuracy or fairness, which depend on the test images.
bool is_quality(const std::string& column);
bool is_fairness(const std::string& column);
bool uses(const Reading& reading, bool (*which)(const std::string& column));

/// The paper's own figures, with the intervals of paper_interval().
ClaimTable papers_table();

/// Ours over the same models; what was not run is missing. Accuracy and fairness are means over all seeds, accuracy
/// with paired draws of lesions and trainings, fairness with the interval of over_trainings(). `searched` and
/// `baselines` leave out models that cannot be identified, unless `all`.
ClaimTable our_table(const ReportInputs& inputs, bool all = false);

/// Our cell for a column of the paper's table. Latencies are in seconds for the batch.
Cell our_cell(const ReportInputs& inputs, const std::string& model, const std::string& column);

}  // namespace flnas::reports
