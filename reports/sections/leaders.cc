// The models that lead, against each other model: what a reader asks of the pairwise comparisons, which stand beside
// the pages.
#include <fmt/format.h>

#include <algorithm>

#include "reports/data/all_trainings.h"
#include "reports/data/sample_needed.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

struct Shown {
  const char* metric;
  const char* title;
  const char* note;
};
constexpr Shown kShown[] = {{"balanced_accuracy", "Balanced accuracy", "first - second, points"},
                            {"auroc", "AUROC", "first - second"},
                            {"unfairness_sum", "Unfairness, sum", "first - second"},
                            {"eodd", "EODD", "first - second"}};

/// The model whose metric is best; none where none has it.
std::optional<Model> leader(const ReportInputs& inputs, const Metric& metric) {
  std::optional<Model> best;
  double value = 0;
  for (const Model& model : inputs.models()) {
    const Cell cell = over_trainings(inputs, model.name, metric);
    if (!cell.value) continue;
    const double better = metric.fairness() ? -*cell.value : *cell.value;
    if (!best || better > value) best = model, value = better;
  }
  return best;
}

/// A comparison made from what statistics.json has: its difference, p and, of a measure of fairness, the sample that
/// would settle it.
void add_cells(const std::optional<ModelDifference>& gap, const Metric& metric, const People& people, Row& row) {
  Cell p;
  if (gap && gap->p) p.value = gap->p, p.provenance = gap->p_at;
  row.cells.push_back(gap ? gap->cell : Cell());
  row.cells.push_back(std::move(p));
  if (!metric.fairness()) return;
  row.cells.push_back(words(!gap ? "" : gap->settled() ? "this one" : sample_to_settle(*gap, people)));
}

}  // namespace

void add_leaders(const ReportInputs& inputs, Section& section) {
  if (!inputs.statistics) return;
  std::vector<Model> leaders;
  for (const char* metric : {"balanced_accuracy", "unfairness_sum"}) {
    const auto found = leader(inputs, metric_named(metric));
    const auto same = [&](const Model& model) { return model.name == found->name; };
    if (found && std::none_of(leaders.begin(), leaders.end(), same)) leaders.push_back(*found);
  }
  Table table{.id = "leaders",
              .title = "The leading models against the others",
              .caption = fmt::format(
                  "The models of highest balanced accuracy and of least Unfairness against each other one, on the same "
                  "test images, over all trainings where both have several; intervals are of 95 %, p are corrected "
                  "(Holm) for all pairs of models, which stand in {}. Sample that would decide: where a difference as "
                  "large as the one found would be settled four times in five, corrected for all pairs.",
                  reference("comparisons")),
              .row_title = "First, second"};
  for (const Shown& shown : kShown) {
    const Metric& metric = metric_named(shown.metric);
    table.columns.push_back(
        {.key = shown.metric, .title = shown.title, .note = shown.note, .format = metric.format, .interval = true});
    table.columns.push_back({.key = std::string(shown.metric) + "_p",
                             .title = "p",
                             .note = "Holm-corrected",
                             .format = {.digits = 3, .probability = true}});
    if (metric.fairness()) {
      table.columns.push_back(
          {.key = std::string(shown.metric) + "_sample", .title = "Sample that would decide", .words = true});
    }
  }
  std::vector<Model> others = inputs.models();
  others.push_back({.name = "constant", .title = "Constant predictor", .group = "Reference"});
  const People people = people_of(inputs);
  for (const Model& first : leaders) {
    for (const Model& second : others) {
      if (second.name == first.name) continue;
      Row row{.key = first.name + "-" + second.name,
              .label = display_title(inputs, first) + ", " + display_title(inputs, second)};
      bool any = false;
      for (const Shown& shown : kShown) {
        const Metric& metric = metric_named(shown.metric);
        const auto gap = difference_of(inputs, first.name, second.name, metric);
        any = any || gap;
        add_cells(gap, metric, people, row);
      }
      if (any) table.rows.push_back(std::move(row));
    }
  }
  drop_blank_columns(table);
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
}

}  // namespace flnas::reports
