#pragma once

#include <string>
#include <vector>

#include "reports/sections/sections.h"

namespace flnas::reports {

/// Models of a reproduction with numbers, and the titles of those without.
struct Outcome {
  std::vector<Model> measured;
  std::vector<std::string> missing;
};
Outcome outcome_of(const ReportInputs& inputs);

/// The findings, one item each: agreement with the paper, the constant predictor, searched models against baselines,
/// the claims, size and speed, what is missing.
List findings(const ReportInputs& inputs, const Outcome& outcome);

}  // namespace flnas::reports
