#include "harness/evaluation/evaluate_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/csv.h"
#include "harness/base/error.h"
#include "harness/base/files.h"
#include "harness/evaluation/evaluate.h"
#include "harness/evaluation/table_comparison.h"

namespace flnas {
namespace {

bool names_columns(const MetricsRequest& request) {
  return !request.label.empty() || !request.prediction.empty() || !request.score.empty() ||
         !request.attributes.empty() || !request.positive.empty() || !request.unit.empty() || !request.id.empty();
}

TableColumns columns_of(const MetricsRequest& request) {
  TableColumns columns{.score = request.score,
                       .positive = request.positive,
                       .unit = request.unit,
                       .id = request.id,
                       .attributes = request.attributes};
  if (!request.label.empty()) columns.label = request.label;
  if (!request.prediction.empty()) columns.prediction = request.prediction;
  return columns;
}

/// Whether some class of the file is one of the adapter's.
bool fits(const Predictions& predictions, const Adapter& adapter) {
  std::set<std::string> known;
  for (const Task& task : adapter.tasks) known.insert(task.classes.begin(), task.classes.end());
  return std::any_of(predictions.rows.begin(), predictions.rows.end(), [&](const PredictionRow& row) {
    return known.count(row.label) > 0 || known.count(row.prediction) > 0;
  });
}

/// The adapter that the file was written with, kept beside it or in its run's folder.
std::optional<Adapter> adapter_of(const std::filesystem::path& file) {
  for (const auto& kept : {adapter_beside(file), file.parent_path() / kAdapterFile}) {
    if (std::filesystem::is_regular_file(kept)) return load_adapter(kept.string());
  }
  return std::nullopt;
}

/// The whole file, read once: it may be a pipe, as in `flnas metrics <(command)`.
std::string text_of(const std::filesystem::path& file) {
  if (std::filesystem::is_regular_file(file) || std::filesystem::is_fifo(file)) return read_file(file);
  throw DataError(fmt::format("{}: no such file; give predictions, such as `flnas evaluate` writes", file.string()));
}

PredictionTable read_file_of(const MetricsRequest& request, const std::string& file) {
  const std::string text = text_of(file);
  if (names_columns(request)) return parse_table(text, file, columns_of(request));
  if (!request.adapter.empty()) {
    Adapter adapter = load_adapter(request.adapter);
    Predictions predictions = parse_predictions(text, file, attribute_columns(adapter));
    return table_of(std::move(predictions), std::move(adapter));
  }
  const Csv csv = Csv::parse(text, file);
  if (!csv.find("label") || !csv.find("prediction")) return parse_table(text, file, columns_of(request));
  auto kept = adapter_of(file);
  Adapter adapter = kept ? *std::move(kept) : default_adapter();
  Predictions predictions = parse_predictions(text, file, attribute_columns(adapter));
  if (!predictions.rows.empty() && !fits(predictions, adapter)) return parse_table(text, file, columns_of(request));
  return table_of(std::move(predictions), std::move(adapter));
}

}  // namespace

Json evaluate_file(const MetricsRequest& request) {
  if (!request.adapter.empty() && names_columns(request)) {
    throw ConfigError("--adapter says what columns mean; leave it out where --label, --attributes and the like do");
  }
  const MetricsReportOptions options{
      .subset = request.subset, .cross = request.cross, .settings = {.min_support = request.min_support}};
  std::vector<PredictionTable> tables;
  for (const auto& file : request.predictions) {
    for (const PredictionTable& before : tables) {
      if (before.predictions.where == file) throw ConfigError(fmt::format("{} is given twice", file));
    }
    tables.push_back(read_file_of(request, file));
  }
  if (tables.size() == 1) return metrics_report(tables[0], options);
  Json json;
  for (const PredictionTable& table : tables) json["files"][table.predictions.where] = metrics_report(table, options);
  json["comparisons"] = compare_tables(tables, options);
  return json;
}

}  // namespace flnas
