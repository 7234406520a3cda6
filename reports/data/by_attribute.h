#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/data/report_inputs.h"
#include "reports/document/table.h"

namespace flnas::reports {

/// Fairness between the groups of one attribute alone, which no other attribute changes: test inversion as for the
/// totals (harness/metrics/figures/figures.h), of all trainings of the model (combined() of all_trainings.h). A cell
/// without a value or an interval says why.
struct AttributeFairness {
  std::string attribute;  ///< "sex"
  std::string groups;     ///< "male, female"
  std::int64_t rows = 0, unknown = 0;
  Cell unfairness_sum, eodd, eopp1, eopp2;
};

/// One entry an attribute; empty where the model's predictions were not read.
std::vector<AttributeFairness> fairness_by_attribute(const ReportInputs& inputs, const std::string& model);

}  // namespace flnas::reports
