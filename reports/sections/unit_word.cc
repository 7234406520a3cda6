#include "reports/sections/unit_word.h"

#include <algorithm>
#include <cctype>

#include "datasets/adapter_files.h"
#include "harness/base/error.h"
#include "reports/document/inline.h"

namespace flnas::reports {

std::string unit_word(std::string column) {
  std::transform(column.begin(), column.end(), column.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string_view end : {"_id", "-id", " id", "id"}) {
    if (column.size() <= end.size() || !column.ends_with(end)) continue;
    column.resize(column.size() - end.size());
    break;
  }
  std::replace(column.begin(), column.end(), '_', ' ');
  return column.empty() ? "image" : without_controls(column);
}

std::string unit_word(const ReportInputs& inputs) {
  if (!inputs.has_reproduction()) return "unit";
  try {
    return unit_word(kept_adapter(inputs.root, inputs.reproduced().data.adapter).metadata_lesion);
  } catch (const Error&) {
    return "unit";
  }
}

}  // namespace flnas::reports
