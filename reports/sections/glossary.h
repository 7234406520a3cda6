#pragma once

#include "reports/sections/sections.h"

namespace flnas::reports {

/// Marks and words that the pages use, each explained once.
void add_glossary(const ReportInputs& inputs, Section& section);

}  // namespace flnas::reports
