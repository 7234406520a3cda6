#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

std::string json_text(const Json& value) {
  if (value.is_string()) return without_controls(value.get<std::string>());
  return value.is_null() ? "" : without_controls(value.dump());
}

/// "8" where all runs agree, else "8; ResNet-18, ResNet-34: 4": the most frequent value first.
std::string agreed(const Evidence& evidence, const std::string& pointer) {
  std::vector<std::pair<std::string, std::vector<std::string>>> values;
  for (const Record& run : evidence.runs) {
    if (run.json.empty()) continue;
    const std::string text = json_text(run.at(pointer));
    auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == text; });
    if (found == values.end()) found = values.insert(found, {text, {}});
    const std::string title = run.text("/model/title");
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

std::vector<std::string> keys_of(const Evidence& evidence) {
  std::vector<std::string> keys;
  for (const char* part : {"/requested", "/effective"}) {
    for (const Record& run : evidence.runs) {
      for (const auto& [key, unused] : run.at(part).items()) {
        const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
        // The seed differs by design and stands with the runs.
        if (!known && key != "seed" && key.find_first_of("/~") == key.npos) keys.push_back(key);
      }
    }
  }
  return keys;
}

}  // namespace

void add_settings(const Evidence& evidence, Section& section) {
  Table table{
      "training_settings",
      "Training settings",
      "As asked for and as used (automatic choices resolved). The paper discloses almost none of them; they are the "
      "same for all models unless a model is named.",
      "Setting",
      {},
      {}};
  table.columns.push_back({"requested", "Requested", "", "", {}, false, false, false, true});
  table.columns.push_back({"effective", "Effective", "", "", {}, false, false, false, true});
  for (const std::string& key : keys_of(evidence)) {
    Row row{key, code(key), {}, "", "", {}};
    row.cells.push_back(words(agreed(evidence, "/requested/" + key)));
    row.cells.push_back(words(agreed(evidence, "/effective/" + key)));
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
