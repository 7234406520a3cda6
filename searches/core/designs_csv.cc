#include "searches/core/designs_csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/base/csv.h"
#include "harness/records/design_figures.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

std::string number(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; }

}  // namespace

std::string designs_csv(const SearchSummary& summary) {
  std::vector<std::string> header = {"design",
                                     "round",
                                     "status",
                                     "reason",
                                     "verdict",
                                     "on_front",
                                     "parameters",
                                     "macs",
                                     "memory_bytes",
                                     "latency_us",
                                     "latency_low_us",
                                     "latency_high_us",
                                     "latency_mark",
                                     "target",
                                     "accuracy",
                                     "balanced_accuracy",
                                     "balanced_accuracy_se",
                                     "unfairness_sum",
                                     "unfairness_se",
                                     "unfairness_mean",
                                     "eodd",
                                     "eopp1",
                                     "eopp2",
                                     "worst_group",
                                     "worst_group_name",
                                     "auroc",
                                     "epochs_run",
                                     "seconds",
                                     "run",
                                     "hash"};
  // What the search went by and has no column of its own stands at the end.
  Objectives others = summary.objectives.value_or(Objectives());
  std::erase_if(others, [&](const std::string& metric) {
    return metric == "latency" || metric == "memory" || std::ranges::find(header, metric) != header.end();
  });
  for (const std::string& metric : others) header.push_back(metric == "energy" ? "energy_mj" : metric);
  std::string text = csv_row(header) + "\n";
  const std::vector<std::string> verdicts = design_verdicts(summary);
  for (std::size_t i = 0; i < summary.trajectory.size(); ++i) {
    const EvaluatedDesign& design = summary.trajectory[i];
    const DesignCost& cost = design.cost;
    const DesignScores& scores = design.scores;
    const bool on_front = std::ranges::find(summary.front, design.name) != summary.front.end();
    std::vector<std::string> cells = {design.name,
                                      fmt::format("{}", design.round),
                                      design.status,
                                      design.reason,
                                      verdicts[i],
                                      on_front ? "yes" : "no",
                                      fmt::format("{}", cost.parameters),
                                      fmt::format("{}", cost.macs),
                                      fmt::format("{}", cost.memory_bytes),
                                      number(cost.latency_us),
                                      number(cost.latency_low_us),
                                      number(cost.latency_high_us),
                                      cost.latency_mark,
                                      cost.target,
                                      number(scores.accuracy),
                                      number(scores.balanced_accuracy),
                                      number(scores.balanced_accuracy_se),
                                      number(scores.unfairness_sum),
                                      number(scores.unfairness_se),
                                      number(scores.unfairness_mean),
                                      number(scores.eodd),
                                      number(scores.eopp1),
                                      number(scores.eopp2),
                                      number(scores.worst_group),
                                      scores.worst_group_name.value_or(""),
                                      number(scores.auroc),
                                      scores.epochs_run ? fmt::format("{}", *scores.epochs_run) : "",
                                      number(design.seconds),
                                      design.run,
                                      design.hash};
    for (const std::string& metric : others) cells.push_back(number(design_figure(cost, scores, metric)));
    text += csv_row(cells) + "\n";
  }
  return text;
}

}  // namespace flnas::searches
