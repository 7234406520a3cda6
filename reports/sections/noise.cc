#include <fmt/format.h>

#include <algorithm>

#include "harness/base/plural.h"
#include "harness/metrics/comparison/significance.h"
#include "reports/data/metric_columns.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kShare{.digits = 4};

Cell observed_cell(const Place<FairNull>& null) {
  return cell_of(null.file(), null.provenance(), null ? Numbers{null->value, {}, {}, {}} : Numbers{});
}

Cell fair_cell(const Place<FairNull>& null) {
  return cell_of(null.file(), null.provenance(), null ? Numbers{null->mean, null->low, null->high, {}} : Numbers{});
}

/// Metrics on the page; their means say what the sums say.
bool on_page(const Metric& metric) { return metric.key() == "unfairness_sum" || metric.key() == "eodd"; }

Table noise_table(const ReportInputs& inputs, bool beside) {
  const bool by_class = inputs.statistics->record.rules() >= metrics::Rules::kVersion3;
  Table table{
      .id = beside ? "noise_floor_others" : "noise_floor",
      .title = beside ? "Noise floor of the other measures" : "Noise floor: what a perfectly fair model would show",
      .row_title = "Model",
      .beside = beside};
  table.caption =
      beside
          ? "As in " + reference("noise_floor") + "."
          : std::string(
                "Means and sums of absolute gaps are above zero even for a perfectly fair model of the same "
                "rates, with groups of this size: its mean and, in brackets, 5th and 95th percentile. ") +
                (by_class ? "Its answers depend on the class alone; where groups mix the classes otherwise, their "
                            "accuracies differ all the same, so that Unfairness can be large without unfairness."
                          : "For Unfairness it is right equally often in all groups, so that a group's mix of classes "
                            "counts as unfairness; for EODD, EOPP1 and EOPP2 its answers depend on the class alone.") +
                " p, not corrected for the number of models, is the share of such models that show at least our "
                "value: a large p means that no unfairness was shown, not that there is none.";
  std::vector<Metric> metrics;
  for (const Metric& metric : table_metrics()) {
    if (metric.fairness() && on_page(metric) != beside) metrics.push_back(metric);
  }
  for (const Metric& metric : metrics) {
    table.columns.push_back({.key = metric.key(),
                             .title = metric.title,
                             .note = metric.note,
                             .panel = beside ? metric.title : "",
                             .format = kShare});
    table.columns.push_back({.key = metric.key() + "_fair",
                             .title = "Fair model",
                             .note = "mean [5 %, 95 %]",
                             .panel = beside ? metric.title : "",
                             .format = kShare,
                             .interval = true});
    table.columns.push_back({.key = metric.key() + "_p",
                             .title = "p",
                             .note = "fair model as unfair as ours",
                             .panel = beside ? metric.title : "",
                             .format = {.digits = 3, .probability = true}});
  }
  const auto add = [&](Row row, const std::string& model) {
    const auto statistics = inputs.statistics->at(&StatisticsRecord::models)[model];
    if (!statistics) return;
    for (const Metric& metric : metrics) {
      const auto null = metric.fair(statistics.at(&ModelStatistics::noise));
      row.cells.push_back(observed_cell(null));
      row.cells.push_back(fair_cell(null));
      row.cells.push_back(measured(null.at(&FairNull::p)));
    }
    table.rows.push_back(std::move(row));
  };
  for (const Model& model : inputs.models()) add(model_row(inputs, model), model.name);
  add(constant_row(), "constant");
  return table;
}

/// How many of the models show more unfairness than chance alone would, at 5 % for all of them together.
std::string above_noise(const ReportInputs& inputs) {
  std::vector<double> p;
  for (const Model& model : inputs.models()) {
    const auto place = inputs.statistics->at(&StatisticsRecord::models)[model.name]
                           .at(&ModelStatistics::noise)
                           .at(&FairNulls::unfairness_sum)
                           .at(&FairNull::p);
    if (place) p.push_back(*place);
  }
  if (p.empty()) return {};
  const auto corrected = metrics::holm(p);
  const auto above = std::count_if(corrected.begin(), corrected.end(), [](double each) { return each < kLevel; });
  const bool by_class = inputs.statistics->record.rules() >= metrics::Rules::kVersion3;
  return fmt::format(
      "{} By Unfairness (sum) {} of {} {} {} (5 %, Holm over the models). The order of the others by Unfairness says "
      "nothing ({}).",
      strong("Is any of it unfairness, or chance?"), above, counted(static_cast<long long>(p.size()), "model"),
      plural(above, "is", "are"),
      by_class
          ? "shown to be unfair: beyond what groups with other mixes of classes, and chance, make of a fair model"
          : "right more often in some groups than in others by more than chance, which may be their mix of classes",
      reference("noise_floor"));
}

}  // namespace

void add_noise_floor(const ReportInputs& inputs, Section& section) {
  if (!inputs.statistics) return;
  for (const bool beside : {false, true}) {
    if (Table table = noise_table(inputs, beside); !table.rows.empty()) section.blocks.emplace_back(std::move(table));
  }
  if (auto text = above_noise(inputs); !text.empty()) section.blocks.emplace_back(Paragraph{std::move(text)});
}

}  // namespace flnas::reports
