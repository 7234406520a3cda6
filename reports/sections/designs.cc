// A search on its own: its designs in the order in which they were evaluated.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string_view>

#include "harness/base/plural.h"
#include "harness/metrics/metric_table.h"
#include "reports/data/design_noise.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/search_tables.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kPercent{.digits = 2, .scale = 100};
constexpr NumberFormat kShare{.digits = 4};
constexpr NumberFormat kCount{.digits = 0, .thousands = true};

/// The noise floor of a design; blank where its scores do not tell the groups' sizes.
Cell fair_cell(const Search& search, const Place<DesignScores>& scores) {
  const auto noise = design_noise(search, scores);
  if (!noise) return words("");
  return noise_cell(*noise,
                    {scores.at(&DesignScores::groups).provenance(), scores.at(&DesignScores::accuracy).provenance()});
}

/// What a design is in its search: the best, one of the three that would be reported, on the front.
std::string role_of(const SearchRecord& search, const std::string& design) {
  const auto among = [&](const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), design) != names.end();
  };
  std::vector<std::string> roles;
  if (search.best && search.best->name == design) roles.emplace_back("best");
  if (among(search.top)) roles.emplace_back("top three");
  if (among(search.front)) roles.emplace_back("Pareto front");
  return fmt::format("{}", fmt::join(roles, ", "));
}

/// The test metrics of a reported design; none for the others.
std::optional<Place<RunMetrics>> test_of(const Search& search, const std::string& name) {
  const auto& reported = search.record.reported;
  for (std::size_t i = 0; i < reported.size(); ++i) {
    if (reported[i].name == name) return search.test(i);
  }
  return std::nullopt;
}

Cell latency_cell(const Place<DesignCost>& cost, const std::string& why) {
  const auto latency = cost.at(&DesignCost::latency_us);
  if (!latency) return words("");
  Cell cell = measured(latency, why);
  cell.low = cost->latency_low_us;
  cell.high = cost->latency_high_us;
  cell.mark = mark_from_name(cost->latency_mark);
  return cell;
}

/// The metrics that a search was told to go by and that the table has no column for.
std::vector<const metrics::MetricInfo*> further_metrics(const SearchRecord& search) {
  constexpr std::string_view kOwnColumn[] = {"unfairness_sum", "accuracy", "balanced_accuracy",
                                             "parameters",     "macs",     "latency"};
  std::vector<const metrics::MetricInfo*> found;
  for (const std::string& name : search.objectives.value_or(std::vector<std::string>())) {
    const metrics::MetricInfo* metric = metrics::find_metric(name);
    const bool has_column = std::find(std::begin(kOwnColumn), std::end(kOwnColumn), name) != std::end(kOwnColumn);
    if (metric != nullptr && !has_column) found.push_back(metric);
  }
  return found;
}

Column further_column(const metrics::MetricInfo& metric) {
  const NumberFormat format = metric.in_percent() ? kPercent : metric.unit == "bytes" ? kCount : kShare;
  return {.key = metric.name,
          .title = capitalised(metric.title),
          .note = metric.unit.empty() ? "validation" : metric.unit + ", validation",
          .format = format};
}

/// Of a cost, or of the scores that the design has beside those of every design.
Cell further_cell(const Place<EvaluatedDesign>& design, const metrics::MetricInfo& metric, const std::string& why) {
  const auto cost = design.at(&EvaluatedDesign::cost);
  if (metric.name == "energy") {
    Cell cell = measured(cost.at(&DesignCost::energy_mj), why);
    if (const auto mark = cost.at(&DesignCost::energy_mark)) cell.mark = mark_from_name(*mark);
    return cell;
  }
  if (metric.name == "memory") return measured(cost.at(&DesignCost::memory_bytes), why);
  const auto further = design.at(&EvaluatedDesign::scores).at(&DesignScores::further);
  for (std::size_t i = 0; further && i < further->size(); ++i) {
    if ((*further)[i].name == metric.name) return measured(further[i].at(&MetricScore::value), why);
  }
  return not_measured(why.empty() ? "the record holds no such figure" : why);
}

Table designs_table(const Search& search) {
  Table table{
      .id = slug("designs", search.folder),
      .title = fmt::format("Designs of the search {}", code(search.record.name)),
      .caption =
          "In the order in which they were evaluated, on validation images; the test images were touched once, for "
          "the designs that have figures there. Fair design: what the Unfairness of a perfectly fair design of the "
          "same accuracy comes to by sampling alone, with groups of these sizes; what lies below its 95 % shows no "
          "unfairness.",
      .row_title = "Design"};
  const std::string target = search.record.target ? search.record.target->title : "";
  constexpr double kShort = 100;  // us
  double least_macs = std::numeric_limits<double>::infinity(), shortest_us = least_macs;
  for (const EvaluatedDesign& design : search.record.trajectory) {
    least_macs = std::min(least_macs, static_cast<double>(design.cost.macs));
    shortest_us = std::min(shortest_us, design.cost.latency_us.value_or(shortest_us));
  }
  const MacsUnit macs = macs_unit(least_macs);
  table.columns = {
      {.key = "unfairness_sum", .title = "Unfairness, sum", .note = "validation; lower is fairer", .format = kShare},
      {.key = "fair", .title = "Fair design", .note = "mean [5 %, 95 %]", .format = kShare, .interval = true},
      {.key = "accuracy", .title = "Accuracy", .note = "%, validation", .format = kPercent},
      {.key = "balanced_accuracy", .title = "Balanced accuracy", .note = "%, validation", .format = kPercent},
      {.key = "parameters", .title = "Parameters", .format = kCount},
      {.key = "macs", .title = macs.title, .note = "per image", .format = macs.format},
      {.key = "latency",
       .title = "Latency",
       .note = target.empty() ? "ms" : "ms, " + target,
       .format = {.digits = shortest_us < kShort ? 4 : 2, .scale = 1e-3, .thousands = true},
       .interval = true},
      {.key = "test_unfairness_sum", .title = "Unfairness, sum", .note = "test", .format = kShare, .interval = true},
      {.key = "test_accuracy", .title = "Accuracy", .note = "%, test", .format = kPercent, .interval = true},
      {.key = "role", .title = "Role", .words = true}};
  const auto further = further_metrics(search.record);
  for (const metrics::MetricInfo* metric : further) table.columns.push_back(further_column(*metric));
  const auto& trajectory = search.record.trajectory;
  for (std::size_t i = 0; i < trajectory.size(); ++i) {
    const EvaluatedDesign& design = trajectory[i];
    const auto place = search.at(&SearchRecord::trajectory)[i];
    const auto scores = place.at(&EvaluatedDesign::scores);
    const auto cost = place.at(&EvaluatedDesign::cost);
    const std::string why = design.status == kPassed ? "" : design.reason;
    Row row{.key = design.name, .label = design.name};
    row.cells.push_back(measured(scores.at(&DesignScores::unfairness_sum), why));
    row.cells.push_back(fair_cell(search, scores));
    row.cells.push_back(measured(scores.at(&DesignScores::accuracy), why));
    row.cells.push_back(measured(scores.at(&DesignScores::balanced_accuracy), why));
    row.cells.push_back(measured(cost.at(&DesignCost::parameters), why));
    row.cells.push_back(measured(cost.at(&DesignCost::macs), why));
    row.cells.push_back(latency_cell(cost, why));
    const auto test = test_of(search, design.name);
    row.cells.push_back(test ? measured(test->at(&RunMetrics::unfairness_sum)) : words(""));
    row.cells.push_back(test ? measured(test->at(&RunMetrics::accuracy)) : words(""));
    row.cells.push_back(words(role_of(search.record, design.name)));
    for (const metrics::MetricInfo* metric : further) row.cells.push_back(further_cell(place, *metric, why));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Budget, refusals, time and what it cost, in a sentence.
std::string conduct(const Search& search) {
  const SearchRecord& record = search.record;
  const SearchCounts counts = record.counts.value_or(SearchCounts());
  const int refused = counts.refused();
  std::string text = fmt::format(
      "{} {} on {}, task {}: {} evaluated in {:.0f} s; {}, of which {} {} refused; {:.1f} ms a design for all but "
      "training and waiting.",
      strong(record.name + "."), code(record.command), record.data.name, record.data.task,
      counted(counts.evaluated, "design"), record.evaluating_seconds.value_or(0), counted(counts.proposals, "proposal"),
      refused, plural(refused, "was", "were"), record.overhead_ms_per_design.value_or(0));
  const SearchTokens tokens = record.tokens.value_or(SearchTokens());
  if (tokens.prompt + tokens.completion > 0) {
    text += fmt::format(" Tokens: {} in prompts, {} in replies; {:.0f} s of waiting.", tokens.prompt, tokens.completion,
                        record.waiting_seconds.value_or(0));
  }
  if (record.ledger && record.ledger->cost) {
    text += fmt::format(" Cost, in the currency of {}: {:.4f}.", code("--llm-prices"), *record.ledger->cost);
  }
  if (record.status != "finished") text += " It is not finished.";
  return text;
}

}  // namespace

void add_lone_search(const Search& search, Section& section) {
  section.blocks.emplace_back(Paragraph{conduct(search)});
  if (answered_by_script(search)) {
    section.blocks.emplace_back(
        Callout{Callout::Tone::kWarning,
                "No language model designed these",
                {"A script answered in its place: they show that the loop works and can be replayed, and nothing about "
                 "what a language model would propose."}});
  }
  if (!search.record.trajectory.empty()) {
    section.blocks.emplace_back(designs_table(search));
    if (!answered_by_script(search)) add_search_figures(search.folder, {{search.record.name, {&search}}}, section);
  }
}

}  // namespace flnas::reports
