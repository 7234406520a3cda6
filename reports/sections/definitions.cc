#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {

void add_definitions(const ReportInputs& inputs, Section& section) {
  section.blocks.emplace_back(Facts{{{"Task", describe_task(inputs)}, {"Protocol", describe_protocol(inputs)}}});
  const Run* run = inputs.first_measured();
  if (run == nullptr || run->metrics->definitions.empty()) return;
  Table table{.id = "metric_definitions",
              .title = "Metrics as computed",
              .caption = "From the records; name and version travel with every number.",
              .row_title = "Metric"};
  table.columns.push_back({.key = "definition", .title = "Definition", .words = true});
  const auto definitions = metrics_of(run).at(&RunMetrics::definitions);
  for (const auto& [name, text] : *definitions) {
    Cell cell = words(text);
    cell.provenance = definitions.provenance();
    table.rows.push_back({.key = name, .label = code(name), .cells = {std::move(cell)}});
  }
  section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
