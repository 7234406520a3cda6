#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "reports/data/conditions.h"
#include "reports/data/measures.h"
#include "reports/data/own_study.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

std::string json_text(const Json& value) {
  if (value.is_string()) return without_controls(value.get<std::string>());
  return value.is_null() ? "" : without_controls(value.dump());
}

/// "8" where all runs agree, else "8; ResNet-18, ResNet-34: 4": the most frequent value first.
std::string agreed(const ReportInputs& inputs, Json RunRecord::*settings, const std::string& key) {
  std::vector<std::pair<std::string, std::vector<std::string>>> values;
  for (const Run& run : inputs.runs) {
    if (!run.read) continue;
    const std::string text = json_text((run.record.*settings).value(key, Json()));
    auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == text; });
    if (found == values.end()) found = values.insert(found, {text, {}});
    const std::string& title = run.record.model.title;
    auto& titles = found->second;
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
  }
  std::stable_sort(values.begin(), values.end(),
                   [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  std::string result;
  for (const auto& [text, titles] : values) {
    const std::string shown = text.empty() ? "(none)" : code(text);
    result += result.empty() ? shown : fmt::format("; {}: {}", fmt::join(titles, ", "), shown);
  }
  return result;
}

std::vector<std::string> keys_of(const ReportInputs& inputs) {
  std::vector<std::string> keys;
  for (Json RunRecord::*settings : {&RunRecord::requested, &RunRecord::effective}) {
    for (const Run& run : inputs.runs) {
      for (const auto& [key, unused] : (run.record.*settings).items()) {
        const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
        // The seed differs by design and stands with the runs.
        if (!known && key != "seed") keys.push_back(key);
      }
    }
  }
  return keys;
}

/// Whether all models were trained alike, from what was used.
std::string caption(const ReportInputs& inputs) {
  std::vector<std::string> differing;
  for (const std::string& key : differing_settings(inputs)) differing.push_back(code(key));
  return std::string("As asked for and as used (automatic choices resolved). ") +
         (beside_paper(inputs) ? "The paper discloses almost none of them. " : "") +
         (differing.empty() ? std::string("They are the same for all models.")
                            : fmt::format("They are the same for all models but for {}, where the models are named.",
                                          fmt::join(differing, ", ")));
}

}  // namespace

void add_settings(const ReportInputs& inputs, Section& section) {
  Table table{
      .id = "training_settings", .title = "Training settings", .caption = caption(inputs), .row_title = "Setting"};
  table.columns.push_back({.key = "requested", .title = "Requested", .words = true});
  table.columns.push_back({.key = "effective", .title = "Effective", .words = true});
  for (const std::string& key : keys_of(inputs)) {
    Row row{.key = key, .label = code(key)};
    row.cells.push_back(words(agreed(inputs, &RunRecord::requested, key)));
    row.cells.push_back(words(agreed(inputs, &RunRecord::effective, key)));
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
