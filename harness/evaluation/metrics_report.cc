#include "harness/evaluation/metrics_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/base/error.h"
#include "harness/base/names.h"

namespace flnas {
namespace {

using metrics::Outcomes;

/// The table with one more attribute: the intersections of some.
PredictionTable crossed(const PredictionTable& rows, const std::vector<std::string>& cross) {
  PredictionTable made = rows;
  std::vector<std::string> known;
  for (const auto& attribute : rows.adapter.attributes) known.push_back(attribute.name);
  std::vector<std::size_t> parts;
  for (const auto& name : cross) parts.push_back(find_name("attribute of --cross,", name, known));
  if (parts.size() < 2 || std::set(parts.begin(), parts.end()).size() < parts.size()) {
    throw ConfigError("--cross takes two or more different attributes, such as --cross ATTRIBUTE,ANOTHER");
  }
  const Outcomes outcomes = outcomes_of(rows.predictions, rows.adapter, rows.task, rows.predictions.rows[0].subset);
  Attribute attribute{
      .name = fmt::format("{}", fmt::join(cross, ",")), .column = {}, .groups = {}, .range = {}, .unknown = {}};
  std::map<std::vector<int>, std::string> cells;
  const auto name_of = [&](const std::vector<int>& groups) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& one = outcomes.attributes[parts[i]];
      const std::string& group = one.groups[static_cast<std::size_t>(groups[i])];
      const bool prefixed = group.starts_with(one.name + "=");
      words.push_back(prefixed ? group : one.name + "=" + group);
    }
    return fmt::format("{}", fmt::join(words, ","));
  };
  for (std::size_t row = 0; row < outcomes.labels.size(); ++row) {
    std::vector<int> groups;
    for (const std::size_t a : parts) groups.push_back(outcomes.groups[a][row]);
    const bool is_known = std::none_of(groups.begin(), groups.end(), [](int group) { return group < 0; });
    const std::string cell = is_known ? cells.emplace(groups, "").first->second = name_of(groups) : std::string();
    made.predictions.rows[row].attributes.push_back(cell);
  }
  for (const auto& [groups, name] : cells) {
    for (const Group& before : attribute.groups) made.adapter.pairs.emplace_back(before.name, name);
    attribute.groups.push_back({.name = name});
  }
  made.predictions.attributes.push_back(attribute.name);
  made.adapter.attributes.push_back(std::move(attribute));
  return made;
}

}  // namespace

Json metrics_report(const PredictionTable& table, const MetricsReportOptions& options) {
  const std::string subset = chosen_subset(table.predictions, options.subset);
  Json report{{"file", table.predictions.where}};
  report.update(evaluate_table(table, subset, options.settings));
  report["unit"] = report.at("lesions") == report.at("n") ? "row" : "unit";
  report["units"] = report.at("lesions");
  report["notes"] = table.notes;
  if (options.cross.empty()) return report;
  const Json cells = evaluate_table(crossed(subset_of(table, subset), options.cross), subset, options.settings);
  report["groups"] = cells.at("groups");
  report["by_attribute"] = cells.at("by_attribute");
  return report;
}

}  // namespace flnas
