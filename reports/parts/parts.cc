#include "reports/parts/parts.h"

#include <fmt/format.h>

#include "reports/inline.h"

namespace flnas::reports {

const std::vector<Part>& parts() {
  static const std::vector<Part> table{
      {"summary", "Summary", add_summary},
      {"table-i", "Table I, side by side", add_table_one},
      {"fairness", "Fairness by group", add_fairness},
      {"recall", "Recall by class", add_recall},
      {"hardware", "Size and speed", add_hardware},
      {"training", "Training", add_training},
      {"settings", "Settings", add_settings},
      {"provenance", "Environment and hashes", add_provenance},
      {"definitions", "Definitions", add_definitions},
      {"paper", "About the paper's table", add_paper_notes},
  };
  return table;
}

Document build_document(const Evidence& evidence) {
  Document document;
  document.title = "FL-NAS, Table I: a reproduction";
  document.subtitle = fmt::format("Profile {}, task {}, protocol {}, data {}, device {}.", describe_profile(evidence),
                                  code(evidence.text("/task")), code(evidence.text("/protocol")),
                                  describe_data(evidence), describe_device(evidence));
  for (const Part& part : parts()) {
    Section section{part.id, part.title, {}};
    part.add(evidence, section);
    if (!section.blocks.empty()) document.sections.push_back(std::move(section));
  }
  return document;
}

}  // namespace flnas::reports
