#include <fmt/format.h>

#include "reports/document/inline.h"
#include "reports/figures/figures.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

struct RunColumn {
  const char* key;
  const char* title;
  const char* note;
  const char* pointer;
  NumberFormat format;
  double factor;
};

constexpr RunColumn kColumns[] = {
    {"epochs_run", "Epochs", "run", "/training/epochs_run", {0, 1, false}, 1},
    {"best_epoch", "Best", "epoch", "/training/best_epoch", {0, 1, false}, 1},
    {"train_accuracy", "Train accuracy", "%", "/training/train_accuracy", {1, 100, false}, 1},
    {"validation_accuracy", "Validation accuracy", "%", "/training/validation_accuracy", {1, 100, false}, 1},
    {"test_accuracy", "Test accuracy", "%", "/metrics/accuracy/value", {1, 100, false}, 1},
    {"test_balanced_accuracy", "Test, balanced", "%", "/metrics/balanced_accuracy/value", {1, 100, false}, 1},
    {"unfairness_sum", "Unfairness, sum", "test", "/metrics/unfairness_sum/value", {4, 1, false}, 1},
    {"seconds", "Time", "s", "/training/seconds", {1, 1, true}, 1},
    {"data_wait_share", "Data wait", "% of time", "/training/data_wait_share", {1, 100, false}, 1},
    {"peak_mib", "Peak memory", "MiB", "/training/peak_bytes", {1, 1, true}, 1.0 / (1024 * 1024)},
};

std::string seed_text(const Record& run) {
  const auto seed = run.number("/seed");
  return seed ? fmt::format("{:.0f}", *seed) : "";
}

}  // namespace

void add_training(const Evidence& evidence, Section& section) {
  Table table{
      "runs",
      "Every run",
      "One row for each model and seed. Kept is the epoch with the lowest validation loss; training and validation "
      "figures are that epoch's. Memory is counted at the allocator.",
      "Model",
      {},
      {}};
  table.columns.push_back({"seed", "Seed", "", "", {}, false, false, false, true});
  table.columns.push_back({"status", "Status", "", "", {}, false, false, false, true});
  for (const RunColumn& column : kColumns) {
    table.columns.push_back({column.key, column.title, column.note, "", column.format, false, false, false, false});
  }
  table.columns.push_back({"stopped_early", "Stopped early", "", "", {}, false, false, false, true});
  for (const Record& run : evidence.runs) {
    std::string title = run.text("/model/title").empty() ? run.folder : run.text("/model/title");
    const bool said = title.ends_with(" (like)");
    if (!said && run.text("/model/match") == mark_name(Mark::kLike)) title += " (like)";
    Row row{run.folder, title, {}, "", "", {}};
    row.cells.push_back(words(seed_text(run)));
    row.cells.push_back(words(run.text("/status").empty() ? "missing" : run.text("/status")));
    for (const RunColumn& column : kColumns) {
      row.cells.push_back(measured(&run, column.pointer, run.problem, column.factor));
      if (row.cells.back().mark == Mark::kMistrusted) row.cells.back().mark = Mark::kNone;  // its status says so
    }
    const Json& early = run.at("/training/stopped_early");
    row.cells.push_back(words(early.is_boolean() ? (early.get<bool>() ? "yes" : "no") : ""));
    table.rows.push_back(std::move(row));
  }
  if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
  if (auto figure = training_figure(evidence)) section.blocks.emplace_back(std::move(*figure));
}

}  // namespace flnas::reports
