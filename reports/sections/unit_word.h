#pragma once

#include <string>

#include "reports/data/report_inputs.h"

namespace flnas::reports {

/// What the intervals of a reproduction resample, in one word of its data: "lesion", "patient". From the data set's
/// adapter: the name of the column of what a split must not cut, without its "id"; "image" where there is none, "unit"
/// where the adapter's file cannot be read.
std::string unit_word(const ReportInputs& inputs);

/// "PatientID" -> "patient"; "image" for no column.
std::string unit_word(std::string column);

}  // namespace flnas::reports
