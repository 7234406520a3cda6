// Searches on images: comparisons of several designers, then those on their own.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "harness/base/plural.h"
#include "reports/design_noise.h"
#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{2, 100, false};
constexpr NumberFormat kShare{4, 1, false};
constexpr NumberFormat kCount{0, 1, true};
constexpr const char* kScripted = "scripted";

struct ArmColumn {
  const char* key;
  const char* title;
  const char* note;
  const char* panel;
  NumberFormat format;
  bool difference;  ///< also as difference to the first arm
  bool interval;    ///< counts, costs and shares of a handful of searches have none worth printing: means alone
};
constexpr const char* kBest = "Each search's best design";
constexpr const char* kConduct = "The searches";
constexpr ArmColumn kArmColumns[] = {
    {"unfairness", "Unfairness, sum", "validation; lower is fairer", kBest, kShare, true, true},
    {"accuracy", "Accuracy", "%, validation", kBest, kPercent, true, true},
    {"balanced_accuracy", "Balanced accuracy", "%, validation", kBest, kPercent, true, true},
    {"test_unfairness", "Unfairness, sum", "test", kBest, kShare, true, true},
    {"test_accuracy", "Accuracy", "%, test", kBest, kPercent, true, true},
    {"parameters", "Parameters", "", kBest, kCount, false, false},
    {"macs", "MMACs", "per image", kBest, {2, 1e-6, true}, false, false},
    {"designs", "Designs", "distinct, evaluated", kConduct, {1, 1, true}, false, false},
    {"macs_spread", "Spread", "sd of log10 MACs", kConduct, {2, 1, false}, true, true},
    {"distinct_share", "New", "% of readable proposals", kConduct, {1, 100, false}, true, true},
    {"invalid_rate", "Refused", "% of proposals", kConduct, {1, 100, false}, false, false},
    {"retries", "Retries", "", kConduct, {1, 1, true}, false, false},
    {"tokens", "Tokens", "prompts and replies", kConduct, kCount, false, false},
    {"meets_floor", "Above the floor", "% of the searches", kConduct, {0, 100, false}, false, false},
};

std::string seeds_text(const Json& seeds) {
  std::vector<std::string> words;
  for (const Json& seed : seeds) words.push_back(seed.dump());
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string caption(const Record& comparison, const std::string& first) {
  const Json &seeds = comparison.at("/seeds"), &budget = comparison.at("/budget");
  return fmt::format(
      "Means over {} {}, with 95 % t intervals where they tell something; {} evaluated in each search, refused and "
      "repeated proposals not counted. The best design is chosen on validation images alone, by the paper's priorities "
      "(fairness, accuracy, efficiency) above a floor on balanced accuracy; the test images are touched once, for it. "
      "Fair design: what the Unfairness of perfectly fair designs of the same accuracies comes to by sampling alone, "
      "with groups of these sizes; what lies below its 95 % shows no unfairness. Differences to {} are paired by seed.",
      plural(static_cast<long long>(seeds.size()), "seed", "seeds"), seeds_text(seeds),
      counted(budget.is_number() ? budget.get<long long>() : 0, "distinct valid design"), first);
}

/// What the comparison's record has: earlier ones lack some.
std::vector<ArmColumn> arm_columns(const Record& comparison) {
  std::vector<ArmColumn> columns;
  for (const ArmColumn& column : kArmColumns) {
    if (comparison.at(std::string("/arms/0/") + column.key).is_object()) columns.push_back(column);
  }
  return columns;
}

void add_columns(Table& table, const std::vector<ArmColumn>& columns, const std::string& first) {
  for (const ArmColumn& column : columns) {
    table.columns.push_back(
        {column.key, column.title, column.note, column.panel, column.format, column.interval, false, false, false});
    if (column.key != std::string_view("unfairness")) continue;
    table.columns.push_back({"fair", "Fair design", "mean [5 %, 95 %]", kBest, kShare, true, false, false, false});
  }
  for (const ArmColumn& column : columns) {
    if (!column.difference) continue;
    table.columns.push_back({std::string("difference_") + column.key, column.title, column.note,
                             "Difference to " + first, column.format, true, false, false, false});
  }
}

/// The arm's searches.
std::vector<const Record*> searches_of(const Evidence& evidence, const Record& comparison, const std::string& arm) {
  auto searches = evidence.searches_of(comparison);
  std::erase_if(searches, [&](const Record* search) { return search->text("/name") != arm; });
  return searches;
}

/// The noise floor of the arm's best designs.
Cell fair_cell(const std::vector<const Record*>& searches) {
  const auto noise = best_designs_noise(searches);
  if (!noise) return words("");
  std::vector<Provenance> inputs;
  for (const Record* search : searches) {
    inputs.push_back({search->folder, search->file, "/best/scores/groups"});
    inputs.push_back({search->folder, search->file, "/best/scores/accuracy"});
  }
  return noise_cell(*noise, std::move(inputs));
}

Cell arm_cell(const Record& comparison, const std::string& key, bool interval) {
  Cell cell = measured_mean(&comparison, key, "");
  if (!interval) cell.low = cell.high = std::nullopt;
  return cell;
}

Row not_measured_row(const std::string& name, const std::string& why, std::size_t columns) {
  Cell none;
  none.mark = Mark::kNotMeasured;
  none.reason = why;
  return {name, name, {}, "", "", std::vector<Cell>(columns, none)};
}

Table comparison_table(const Evidence& evidence, const Record& comparison) {
  const Json& arms = comparison.at("/arms");
  const std::string first = arms.empty() ? "" : without_controls(arms[0].value("name", ""));
  Table table{slug("search_comparison", comparison.folder),
              "Searches compared at equal budget",
              caption(comparison, first),
              "Search",
              {},
              {}};
  const auto columns = arm_columns(comparison);
  add_columns(table, columns, first);
  // a difference to what nobody measured says nothing
  const bool first_measured = why_arm_not_measured(evidence, comparison, 0).empty();
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const std::string name = without_controls(arms[i].value("name", ""));
    if (const std::string why = why_arm_not_measured(evidence, comparison, i); !why.empty()) {
      table.rows.push_back(not_measured_row(name, why, table.columns.size()));
      continue;
    }
    const std::string key = fmt::format("/arms/{}/", i);
    Row row{name, name, {}, "", "", {}};
    for (const ArmColumn& column : columns) {
      row.cells.push_back(arm_cell(comparison, key + column.key, column.interval));
      if (column.key != std::string_view("unfairness")) continue;
      row.cells.push_back(fair_cell(searches_of(evidence, comparison, arms[i].value("name", ""))));
    }
    for (const ArmColumn& column : columns) {
      if (!column.difference) continue;
      const bool compared = i > 0 && first_measured;
      row.cells.push_back(compared ? arm_cell(comparison, key + "difference/" + column.key, true) : words(""));
    }
    table.rows.push_back(std::move(row));
  }
  for (const auto& [name, why] : absent_designers(comparison)) {
    table.rows.push_back(not_measured_row(name, why, table.columns.size()));
  }
  return table;
}

/// The searches that ended before their budget, with the reason.
List ended_searches(const Record& comparison) {
  List list;
  for (std::size_t i = 0; i < comparison.at("/arms").size(); ++i) {
    const std::string arm = fmt::format("/arms/{}/", i);
    for (std::size_t k = 0; k < comparison.at(arm + "ended").size(); ++k) {
      const std::string key = fmt::format("{}ended/{}/", arm, k);
      list.items.push_back(fmt::format("{} of seed {} ended early: {}.", comparison.text(arm + "name"),
                                       comparison.at(key + "seed").dump(), comparison.text(key + "reason")));
    }
  }
  return list;
}

/// The arms of a comparison that were measured with their searches, in its order.
std::vector<SearchGroup> groups_of(const Evidence& evidence, const Record& comparison) {
  std::vector<SearchGroup> groups;
  const Json& arms = comparison.at("/arms");
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const std::string name = arms[i].value("name", "");
    if (!why_arm_not_measured(evidence, comparison, i).empty()) continue;
    groups.push_back({name, searches_of(evidence, comparison, name)});
  }
  return groups;
}

}  // namespace

bool answered_by_script(const Record& search) {
  const Json& sources = search.at("/sources");
  return sources.is_array() && std::find(sources.begin(), sources.end(), Json(kScripted)) != sources.end();
}

std::string why_arm_not_measured(const Evidence& evidence, const Record& comparison, std::size_t arm) {
  const std::string key = fmt::format("/arms/{}/", arm);
  const auto searches = searches_of(evidence, comparison, comparison.text(key + "name"));
  const bool scripted =
      std::any_of(searches.begin(), searches.end(), [](const Record* search) { return answered_by_script(*search); });
  return scripted ? "a script answered in place of a language model" : comparison.text(key + "not_measured");
}

std::vector<std::pair<std::string, std::string>> absent_designers(const Record& comparison) {
  std::vector<std::pair<std::string, std::string>> absent;
  const Json& found = comparison.at("/not_measured");
  for (std::size_t i = 0; found.is_array() && i < found.size(); ++i) {
    const std::string key = fmt::format("/not_measured/{}/", i);
    absent.emplace_back(comparison.text(key + "name"), comparison.text(key + "reason"));
  }
  return absent;
}

Cell noise_cell(const metrics::Noise& noise, std::vector<Provenance> inputs) {
  Cell cell;
  cell.value = noise.mean;
  cell.low = noise.low;
  cell.high = noise.high;
  cell.inputs = std::move(inputs);
  return cell;
}

void add_search_figures(const std::string& folder, const std::vector<SearchGroup>& groups, Section& section) {
  if (auto figure = search_trajectory_figure(folder, groups)) section.blocks.emplace_back(std::move(*figure));
  if (auto figure = search_front_figure(folder, groups)) section.blocks.emplace_back(std::move(*figure));
}

void add_searches(const Evidence& evidence, Section& section) {
  for (const Record& comparison : evidence.comparisons) {
    section.blocks.emplace_back(Paragraph{"Made by " + code(comparison.text("/command")) + "."});
    section.blocks.emplace_back(comparison_table(evidence, comparison));
    if (List ended = ended_searches(comparison); !ended.items.empty()) section.blocks.emplace_back(std::move(ended));
    add_search_figures(comparison.folder, groups_of(evidence, comparison), section);
  }
  for (const Record* search : evidence.lone_searches()) add_lone_search(*search, section);
}

}  // namespace flnas::reports
