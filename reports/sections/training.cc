#include <fmt/format.h>

#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{.digits = 0}, kPercent{.digits = 1, .scale = 100}, kOne{.digits = 1, .thousands = true};

struct RunColumn {
  const char* key;
  const char* title;
  const char* note;
  NumberFormat format;
  Cell (*cell)(const Run& run);
};

template <auto Member, int Divisor = 1>
Cell training_cell(const Run& run) {
  return measured(run.at(&RunRecord::training).at(Member), run.problem, 1.0 / Divisor);
}

/// The metric's value alone.
template <auto Member>
Cell test_cell(const Run& run) {
  return measured(metrics_of(&run).at(Member).at(&RecordedEstimate::value), run.problem);
}

constexpr RunColumn kColumns[] = {
    {"epochs_run", "Epochs", "run", kCount, training_cell<&TrainingSummary::epochs_run>},
    {"best_epoch", "Best", "epoch", kCount, training_cell<&TrainingSummary::best_epoch>},
    {"train_accuracy", "Train accuracy", "%", kPercent, training_cell<&TrainingSummary::train_accuracy>},
    {"validation_accuracy", "Validation accuracy", "%", kPercent, training_cell<&TrainingSummary::validation_accuracy>},
    {"test_accuracy", "Test accuracy", "%", kPercent, test_cell<&RunMetrics::accuracy>},
    {"test_balanced_accuracy", "Test, balanced", "%", kPercent, test_cell<&RunMetrics::balanced_accuracy>},
    {"unfairness_sum", "Unfairness, sum", "test", {.digits = 4}, test_cell<&RunMetrics::unfairness_sum>},
    {"seconds", "Time", "s", kOne, training_cell<&TrainingSummary::seconds>},
    {"data_wait_share", "Data wait", "% of time", kPercent, training_cell<&TrainingSummary::data_wait_share>},
    {"peak_mib", "Peak memory", "MiB", kOne, training_cell<&TrainingSummary::peak_bytes, 1024 * 1024>},
};

}  // namespace

void add_training(const ReportInputs& inputs, Section& section) {
  Table table{
      .id = "runs",
      .title = "Every run",
      .caption =
          "One row for each model and seed. Training and validation figures are those of the kept epoch. Converged: "
          "no, "
          "where the best epoch is the last one, or the schedule or the patience had not run out. Memory is counted at "
          "the allocator.",
      .row_title = "Model"};
  if (inputs.has_reproduction() && inputs.reproduced().folds) {
    table.caption += fmt::format(" Of the {} folds of each: means, the sum of their time, and the largest memory.",
                                 *inputs.reproduced().folds);
  }
  table.columns.push_back({.key = "seed", .title = "Seed", .words = true});
  table.columns.push_back({.key = "status", .title = "Status", .words = true});
  for (const RunColumn& column : kColumns) {
    table.columns.push_back({.key = column.key, .title = column.title, .note = column.note, .format = column.format});
  }
  table.columns.push_back({.key = "stopped_early", .title = "Stopped early", .words = true});
  table.columns.push_back({.key = "converged", .title = "Converged", .words = true});
  for (const Run& run : inputs.runs) {
    const RunRecord& record = run.record;
    Row row{.key = run.folder, .label = record.model.title.empty() ? run.folder : full_title(record.model)};
    row.cells.push_back(words(run.read ? std::to_string(record.seed) : ""));
    row.cells.push_back(words(run.read ? record.status : "missing"));
    for (const RunColumn& column : kColumns) {
      row.cells.push_back(column.cell(run));
      if (row.cells.back().mark == Mark::kUnreliable) row.cells.back().mark = Mark::kNone;  // its status says so
    }
    row.cells.push_back(words(!record.training ? "" : record.training->stopped_early ? "yes" : "no"));
    row.cells.push_back(words(!run.converged ? "" : *run.converged ? "yes" : "no"));
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
  if (auto figure = training_figure(inputs)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
