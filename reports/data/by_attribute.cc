#include "reports/data/by_attribute.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/defined.h"
#include "harness/metrics/figures/figures.h"
#include "harness/records/files.h"
#include "reports/data/all_trainings.h"

namespace flnas::reports {
namespace {

constexpr int kDraws = 1000;

struct Shown {
  metrics::Figure metrics::MetricSet<metrics::Figure>::*figure;
  Cell AttributeFairness::*cell;
  const char* terms;
};
constexpr Shown kShown[] = {
    {&metrics::MetricSet<metrics::Figure>::unfairness_sum, &AttributeFairness::unfairness_sum, "groups"},
    {&metrics::MetricSet<metrics::Figure>::eodd, &AttributeFairness::eodd, "pairs"},
    {&metrics::MetricSet<metrics::Figure>::eopp1, &AttributeFairness::eopp1, "pairs"},
    {&metrics::MetricSet<metrics::Figure>::eopp2, &AttributeFairness::eopp2, "pairs"}};

Cell cell_of(const metrics::Figure& figure, const char* terms, std::int64_t min_support, const Provenance& from) {
  Cell cell;
  cell.provenance = from;
  cell.value = defined(figure.value);
  cell.low = defined(figure.low);
  cell.high = defined(figure.high);
  cell.debiased = defined(figure.debiased);
  if (!cell.value) {
    cell.text = "undefined";
    cell.reason = min_support > 0 ? fmt::format("no {} have {} images for each rate", terms, min_support)
                                  : fmt::format("no {} have images for each rate", terms);
  } else if (!cell.low) {
    cell.reason = "no interval: the rates do not vary";
  }
  return cell;
}

AttributeFairness empty_entry(const metrics::Outcomes& outcomes, std::size_t attribute) {
  AttributeFairness entry;
  entry.attribute = outcomes.attributes[attribute].name;
  entry.groups = fmt::format("{}", fmt::join(outcomes.attributes[attribute].groups, ", "));
  const auto& groups = outcomes.groups[attribute];
  entry.rows = static_cast<std::int64_t>(groups.size());
  entry.unknown = std::count_if(groups.begin(), groups.end(), [](int group) { return group < 0; });
  return entry;
}

}  // namespace

std::vector<AttributeFairness> fairness_by_attribute(const ReportInputs& inputs, const std::string& model) {
  std::vector<const Run*> runs;
  for (const Run* run : inputs.runs_of(model)) {
    if (run->usable() && run->metrics && inputs.predictions_of(run) != nullptr) runs.push_back(run);
  }
  std::vector<AttributeFairness> entries;
  if (runs.empty()) return entries;
  const metrics::Outcomes& rows = inputs.predictions_of(runs.front())->outcomes;
  for (std::size_t a = 0; a < rows.attributes.size(); ++a) {
    AttributeFairness entry = empty_entry(rows, a);
    std::vector<Cell> cells[std::size(kShown)];
    for (const Run* run : runs) {
      const std::int64_t support = run->metrics->min_support.value_or(0);
      const auto found = metrics::measure(metrics::with_attribute(inputs.predictions_of(run)->outcomes, a),
                                          static_cast<int>(support), {.resamples = kDraws});
      const Provenance from{run->folder, kPredictionsFile, "groups of " + entry.attribute};
      for (std::size_t i = 0; i < std::size(kShown); ++i) {
        cells[i].push_back(cell_of(found.set.*kShown[i].figure, kShown[i].terms, support, from));
      }
    }
    for (std::size_t i = 0; i < std::size(kShown); ++i) {
      const bool all =
          std::all_of(cells[i].begin(), cells[i].end(), [](const Cell& cell) { return cell.value.has_value(); });
      entry.*kShown[i].cell =
          all ? combined(cells[i], kShown[i].figure == &metrics::MetricSet<metrics::Figure>::unfairness_sum
                                       ? Range::kNonNegative
                                       : Range::kShare)
              : cells[i].front();
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace flnas::reports
