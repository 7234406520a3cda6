#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "reports/figures/figures.h"
#include "reports/inline.h"
#include "reports/measures.h"
#include "reports/parts/parts.h"

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
};
constexpr const char* kBest = "Each search's best design";
constexpr const char* kConduct = "The searches";
constexpr ArmColumn kArmColumns[] = {
    {"unfairness", "Unfairness, sum", "validation; lower is fairer", kBest, kShare, true},
    {"accuracy", "Accuracy", "%, validation", kBest, kPercent, true},
    {"balanced_accuracy", "Balanced accuracy", "%, validation", kBest, kPercent, true},
    {"test_unfairness", "Unfairness, sum", "test", kBest, kShare, true},
    {"test_accuracy", "Accuracy", "%, test", kBest, kPercent, true},
    {"parameters", "Parameters", "", kBest, kCount, false},
    {"macs", "MMACs", "per image", kBest, {2, 1e-6, true}, false},
    {"designs", "Designs", "distinct, evaluated", kConduct, {1, 1, true}, false},
    {"macs_spread", "Spread", "sd of log10 MACs", kConduct, {2, 1, false}, true},
    {"invalid_rate", "Refused", "% of proposals", kConduct, {1, 100, false}, false},
    {"retries", "Retries", "", kConduct, {1, 1, true}, false},
    {"tokens", "Tokens", "prompts and replies", kConduct, kCount, false},
    {"meets_floor", "Above the floor", "% of the searches", kConduct, {0, 100, false}, false},
};

/// Who answered the searches of an arm; empty for designers that ask nobody.
std::vector<std::string> sources_of(const Evidence& evidence, const Record& comparison, const std::string& arm) {
  std::vector<std::string> sources;
  for (const Record* search : evidence.searches_of(comparison)) {
    if (search->text("/name") != arm || !search->at("/sources").is_array()) continue;
    for (const Json& source : search->at("/sources")) sources.push_back(without_controls(source.get<std::string>()));
  }
  return sources;
}

std::string seeds_text(const Json& seeds) {
  std::vector<std::string> words;
  for (const Json& seed : seeds) words.push_back(seed.dump());
  return fmt::format("{}", fmt::join(words, ", "));
}

Table comparison_table(const Evidence& evidence, const Record& comparison) {
  const Json& arms = comparison.at("/arms");
  const std::string first = arms.empty() ? "" : without_controls(arms[0].value("name", ""));
  Table table{
      slug("search_comparison", comparison.folder),
      "Searches compared at equal budget",
      fmt::format("Means over seeds {} with 95 % t intervals; {} distinct valid designs evaluated in each search, "
                  "refused and repeated proposals not counted. The best design is chosen on validation images "
                  "alone, by the paper's priorities (fairness, accuracy, efficiency) above a floor on balanced "
                  "accuracy; the test images are touched once, for it. Differences to {} are paired by seed.",
                  seeds_text(comparison.at("/seeds")), comparison.at("/budget").dump(), first),
      "Search",
      {},
      {}};
  for (const ArmColumn& column : kArmColumns) {
    table.columns.push_back(
        {column.key, column.title, column.note, column.panel, column.format, true, false, false, false});
  }
  for (const ArmColumn& column : kArmColumns) {
    if (!column.difference) continue;
    table.columns.push_back({std::string("difference_") + column.key, column.title, column.note,
                             "Difference to " + first, column.format, true, false, false, false});
  }
  // a difference to what a script answered says nothing
  const bool first_scripted = !arms.empty() && answered_by_script(evidence, comparison, arms[0].value("name", ""));
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const std::string name = without_controls(arms[i].value("name", ""));
    const std::string key = fmt::format("/arms/{}/", i);
    Row row{name, name, {}, "", "", {}};
    const bool scripted = answered_by_script(evidence, comparison, arms[i].value("name", ""));
    const auto cell = [&](const std::string& pointer) {
      if (!scripted) return measured_mean(&comparison, pointer, "");
      Cell none;
      none.mark = Mark::kNotMeasured;
      none.reason = "a script answered in place of a language model";
      return none;
    };
    for (const ArmColumn& column : kArmColumns) row.cells.push_back(cell(key + column.key));
    for (const ArmColumn& column : kArmColumns) {
      if (!column.difference) continue;
      row.cells.push_back(i == 0 || first_scripted ? words("") : cell(key + "difference/" + column.key));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// What a design is in its search: the best, one of the three that would be reported, on the front.
std::string role_of(const Record& search, const Json& design) {
  const auto named = [&](const char* key) {
    const Json& names = search.at(key);
    return names.is_array() && std::find(names.begin(), names.end(), design.at("name")) != names.end();
  };
  std::vector<std::string> roles;
  if (search.at("/best/name") == design.at("name")) roles.emplace_back("best");
  if (named("/top")) roles.emplace_back("top three");
  if (named("/front")) roles.emplace_back("Pareto front");
  return fmt::format("{}", fmt::join(roles, ", "));
}

/// The pointer to the test metrics of a reported design; empty for the others.
std::string test_of(const Record& search, const std::string& name) {
  const Json& reported = search.at("/reported");
  for (std::size_t i = 0; i < reported.size(); ++i) {
    if (reported[i].value("name", "") == name) return fmt::format("/reported/{}/test/", i);
  }
  return {};
}

Table designs_table(const Record& search) {
  Table table{slug("designs", search.folder),
              fmt::format("Designs of the search {}", code(search.text("/name"))),
              "In the order in which they were evaluated, on validation images; the test images were touched once, for "
              "the designs that have figures there.",
              "Design",
              {},
              {}};
  const std::string target = search.text("/target/title");
  table.columns = {{"unfairness_sum", "Unfairness, sum", "validation; lower is fairer", "", kShare},
                   {"accuracy", "Accuracy", "%, validation", "", kPercent},
                   {"balanced_accuracy", "Balanced accuracy", "%, validation", "", kPercent},
                   {"parameters", "Parameters", "", "", kCount},
                   {"macs", "MMACs", "per image", "", {2, 1e-6, true}},
                   {"latency", "Latency", target.empty() ? "ms" : "ms, " + target, "", {2, 1e-3, true}, true},
                   {"test_unfairness_sum", "Unfairness, sum", "test", "", kShare, true},
                   {"test_accuracy", "Accuracy", "%, test", "", kPercent, true},
                   {"role", "Role", "", "", {}, false, false, false, true}};
  const Json& trajectory = search.at("/trajectory");
  for (std::size_t i = 0; i < trajectory.size(); ++i) {
    const Json& design = trajectory[i];
    const std::string key = fmt::format("/trajectory/{}/", i), name = without_controls(design.value("name", ""));
    const std::string why = design.value("status", "") == "passed" ? "" : without_controls(design.value("reason", ""));
    Row row{name, name, {}, "", "", {}};
    for (const char* score : {"unfairness_sum", "accuracy", "balanced_accuracy"}) {
      row.cells.push_back(measured(&search, key + "scores/" + score, why));
    }
    for (const char* cost : {"parameters", "macs"}) row.cells.push_back(measured(&search, key + "cost/" + cost, why));
    Cell latency = measured(&search, key + "cost/latency_us", why);
    if (latency.value) {
      latency.low = search.number(key + "cost/latency_low_us");
      latency.high = search.number(key + "cost/latency_high_us");
      latency.mark = mark_from_name(search.text(key + "cost/latency_mark"));
    } else {
      latency = words("");
    }
    row.cells.push_back(std::move(latency));
    const std::string test = test_of(search, name);
    for (const char* metric : {"unfairness_sum", "accuracy"}) {
      row.cells.push_back(test.empty() ? words("") : measured(&search, test + metric, ""));
    }
    row.cells.push_back(words(role_of(search, design)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Budget, refusals, time and what it cost, in a sentence.
std::string conduct(const Record& search) {
  const auto count = [&](const char* key) { return search.number(std::string("/counts/") + key).value_or(0); };
  std::string text = fmt::format(
      "{} {} on {}, task {}: {:.0f} designs evaluated in {:.0f} s, {:.0f} proposals of which {:.0f} were refused, "
      "{:.1f} "
      "ms a design for all but training and waiting.",
      strong(search.text("/name") + "."), code(search.text("/command")), search.text("/data/name"),
      search.text("/data/task"), count("evaluated"), search.number("/evaluating_seconds").value_or(0),
      count("proposals"), count("invalid") + count("repeated") + count("unreadable"),
      search.number("/overhead_ms_per_design").value_or(0));
  const double prompt = search.number("/tokens/prompt").value_or(0);
  const double completion = search.number("/tokens/completion").value_or(0);
  if (prompt + completion > 0) {
    text += fmt::format(" Tokens: {:.0f} in prompts, {:.0f} in replies; {:.0f} s of waiting.", prompt, completion,
                        search.number("/waiting_seconds").value_or(0));
  }
  if (const auto cost = search.number("/ledger/cost")) {
    text += fmt::format(" Cost, in the currency of {}: {:.4f}.", code("--llm-prices"), *cost);
  }
  if (search.text("/status") != "finished") text += " It is not finished.";
  return text;
}

bool scripted(const Record& search) {
  const Json& sources = search.at("/sources");
  return sources.is_array() && std::find(sources.begin(), sources.end(), Json(kScripted)) != sources.end();
}

/// The arms of a comparison with their searches, in its order, without those that a script answered.
std::vector<SearchGroup> groups_of(const Evidence& evidence, const Record& comparison) {
  std::vector<SearchGroup> groups;
  for (const Json& arm : comparison.at("/arms")) {
    const std::string name = arm.value("name", "");
    if (answered_by_script(evidence, comparison, name)) continue;
    groups.push_back({name, {}});
    for (const Record* search : evidence.searches_of(comparison)) {
      if (search->text("/name") == name) groups.back().searches.push_back(search);
    }
  }
  return groups;
}

void add_figures(const std::string& folder, const std::vector<SearchGroup>& groups, Section& section) {
  if (auto figure = search_trajectory_figure(folder, groups)) section.blocks.emplace_back(std::move(*figure));
  if (auto figure = search_front_figure(folder, groups)) section.blocks.emplace_back(std::move(*figure));
}

void add_lone_search(const Record& search, Section& section) {
  section.blocks.emplace_back(Paragraph{conduct(search)});
  if (scripted(search)) {
    section.blocks.emplace_back(
        Callout{Callout::Tone::kWarning,
                "No language model designed these",
                {"A script answered in its place: they show that the loop works and can be replayed, and nothing about "
                 "what a language model would propose."}});
  }
  if (search.at("/trajectory").is_array() && !search.at("/trajectory").empty()) {
    section.blocks.emplace_back(designs_table(search));
    if (!scripted(search)) add_figures(search.folder, {{search.text("/name"), {&search}}}, section);
  }
}

}  // namespace

bool answered_by_script(const Evidence& evidence, const Record& comparison, const std::string& arm) {
  const auto sources = sources_of(evidence, comparison, arm);
  return std::find(sources.begin(), sources.end(), kScripted) != sources.end();
}

void add_searches(const Evidence& evidence, Section& section) {
  for (const Record& comparison : evidence.comparisons) {
    section.blocks.emplace_back(Paragraph{"Made by " + code(comparison.text("/command")) + "."});
    section.blocks.emplace_back(comparison_table(evidence, comparison));
    add_figures(comparison.folder, groups_of(evidence, comparison), section);
  }
  for (const Record* search : evidence.lone_searches()) add_lone_search(*search, section);
}

}  // namespace flnas::reports
