#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_definitions(const Evidence& evidence, Section& section) {
  section.blocks.emplace_back(Facts{{{"Task", describe_task(evidence)}, {"Protocol", describe_protocol(evidence)}}});
  for (const Record& run : evidence.runs) {
    const Json& definitions = run.at("/metrics/definitions");
    if (!run.usable() || !definitions.is_object()) continue;
    Table table{"metric_definitions",
                "Metrics as computed",
                "From the records; name and version travel with every number.",
                "Metric",
                {},
                {}};
    table.columns.push_back({"definition", "Definition", "", "", {}, false, false, false, true});
    for (const auto& [name, text] : definitions.items()) {
      Cell cell = words(text.is_string() ? without_controls(text.get<std::string>()) : text.dump());
      cell.provenance = {run.folder, "run.json", "/metrics/definitions"};
      table.rows.push_back({name, code(name), {}, "", "", {std::move(cell)}});
    }
    section.blocks.emplace_back(std::move(table));
    return;
  }
}

}  // namespace flnas::reports
