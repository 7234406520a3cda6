// A search on its own: its designs in the order in which they were evaluated.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

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

/// The noise floor of a design; blank where its scores do not tell the groups' sizes.
Cell fair_cell(const Record& search, const std::string& key) {
  const auto noise = design_noise(search, key);
  if (!noise) return words("");
  std::vector<Provenance> inputs;
  for (const char* figure : {"/groups", "/accuracy"}) inputs.push_back({search.folder, search.file, key + figure});
  return noise_cell(*noise, std::move(inputs));
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
              "the designs that have figures there. Fair design: what the Unfairness of a perfectly fair design of the "
              "same accuracy comes to by sampling alone, with groups of these sizes; what lies below its 95 % shows no "
              "unfairness.",
              "Design",
              {},
              {}};
  const std::string target = search.text("/target/title");
  table.columns = {{"unfairness_sum", "Unfairness, sum", "validation; lower is fairer", "", kShare},
                   {"fair", "Fair design", "mean [5 %, 95 %]", "", kShare, true},
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
    row.cells.push_back(measured(&search, key + "scores/unfairness_sum", why));
    row.cells.push_back(fair_cell(search, key + "scores"));
    for (const char* score : {"accuracy", "balanced_accuracy"}) {
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
  const auto count = [&](const char* key) {
    return std::llround(search.number(std::string("/counts/") + key).value_or(0));
  };
  const auto refused = count("invalid") + count("repeated") + count("unreadable");
  std::string text = fmt::format(
      "{} {} on {}, task {}: {} evaluated in {:.0f} s; {}, of which {} {} refused; {:.1f} ms a design for all but "
      "training and waiting.",
      strong(search.text("/name") + "."), code(search.text("/command")), search.text("/data/name"),
      search.text("/data/task"), counted(count("evaluated"), "design"),
      search.number("/evaluating_seconds").value_or(0), counted(count("proposals"), "proposal"), refused,
      plural(refused, "was", "were"), search.number("/overhead_ms_per_design").value_or(0));
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

}  // namespace

void add_lone_search(const Record& search, Section& section) {
  section.blocks.emplace_back(Paragraph{conduct(search)});
  if (answered_by_script(search)) {
    section.blocks.emplace_back(
        Callout{Callout::Tone::kWarning,
                "No language model designed these",
                {"A script answered in its place: they show that the loop works and can be replayed, and nothing about "
                 "what a language model would propose."}});
  }
  if (search.at("/trajectory").is_array() && !search.at("/trajectory").empty()) {
    section.blocks.emplace_back(designs_table(search));
    if (!answered_by_script(search)) add_search_figures(search.folder, {{search.text("/name"), {&search}}}, section);
  }
}

}  // namespace flnas::reports
