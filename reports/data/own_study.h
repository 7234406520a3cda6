#pragma once

#include <string>

#include "harness/records/report_settings.h"
#include "reports/data/report_inputs.h"

namespace flnas::reports {

/// Whether the paper's rows, values and claims stand beside what was run; not in a study of one's own.
bool beside_paper(const ReportInputs& inputs);

/// Whether any model has a record of that device.
bool has_hardware_of(const ReportInputs& inputs, const std::string& device);

/// What hardware was measured with in a study of one's own: "224x224 pixels", or "6 columns of the table".
std::string own_geometry(const ReportInputs& inputs);

}  // namespace flnas::reports
