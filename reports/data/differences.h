#pragma once

#include <optional>
#include <string>

#include "reports/data/metric_columns.h"

namespace flnas::reports {

/// First model minus second on the same test images.
struct ModelDifference {
  Cell cell;                ///< with its paired interval
  std::optional<double> p;  ///< corrected for the number of pairs (Holm)
  Provenance p_at;          ///< where it stands
  int pairs = 0;            ///< that many
  bool all_seeds = false;   ///< means over all trainings of both; else the first one of each

  bool settled() const { return p && *p < kLevel && cell.value; }
};

/// How many pairs of models statistics.json compares; p of all of them are corrected together. 0 without it.
int compared_pairs(const ReportInputs& inputs);

/// What statistics.json says of the two by a metric: over all seeds where both have several. None where it says
/// nothing.
std::optional<ModelDifference> difference_of(const ReportInputs& inputs, const std::string& first,
                                             const std::string& second, const Metric& metric);

}  // namespace flnas::reports
