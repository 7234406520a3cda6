// CSV and JSON: for programs, so numbers in full; those of the CSV without the digits that binary arithmetic adds.
#include <fmt/format.h>

#include "harness/base/csv.h"
#include "reports/document/inline.h"
#include "reports/render/render.h"

namespace flnas::reports {
namespace {

constexpr int kCsvDigits = 12;  ///< significant ones: a mean of 0.66 and 0.68 is 0.67

bool has_seeds(const Table& table) {
  for (const Row& row : table.rows) {
    for (const Cell& cell : row.cells) {
      if (cell.seeds) return true;
    }
  }
  return false;
}

/// A text without its inline marks.
std::string plain(std::string_view text) {
  std::string result;
  for (const Span& span : spans(text)) result += span.text;
  return result;
}

std::string number(const std::optional<double>& value) { return value ? csv_number(*value) : ""; }

std::string marks_text(const Row& row) {
  std::string text;
  for (const Mark mark : row.marks) text += (text.empty() ? "" : "; ") + mark_name(mark);
  return text;
}

void add_header(const Column& column, bool seeds, std::vector<std::string>& header) {
  header.push_back(column.key);
  const auto add = [&](const char* suffix) { header.push_back(column.key + "_" + suffix); };
  if (column.interval) add("low"), add("high");
  if (column.counted) add("n");
  if (seeds && column.interval) add("seeds"), add("seed_mean"), add("seed_sd");
  if (column.compared) add("paper"), add("difference"), add("within");
  if (!column.words) add("mark");
}

void add_cell(const Column& column, const Cell& cell, bool seeds, std::vector<std::string>& fields) {
  fields.push_back(cell.value ? number(cell.value) : plain(cell.text));
  if (column.interval) fields.push_back(number(cell.low)), fields.push_back(number(cell.high));
  if (column.counted) fields.push_back(cell.n ? std::to_string(*cell.n) : "");
  if (seeds && column.interval) {
    fields.push_back(cell.seeds ? std::to_string(cell.seeds->n) : "");
    fields.push_back(cell.seeds ? number(cell.seeds->mean) : "");
    fields.push_back(cell.seeds ? number(cell.seeds->sd) : "");
  }
  if (column.compared) {
    fields.push_back(number(cell.paper));
    fields.push_back(number(cell.difference));
    fields.emplace_back(cell.within ? (*cell.within ? "true" : "false") : "");
  }
  if (!column.words) fields.push_back(mark_name(cell.mark));
}

Json optional_json(const auto& value) { return value ? Json(*value) : Json(nullptr); }

Json cell_json(const Cell& cell) {
  Json json = Json::object();
  json["value"] = cell.value ? Json(*cell.value) : cell.text.empty() ? Json(nullptr) : Json(plain(cell.text));
  json["low"] = optional_json(cell.low);
  json["high"] = optional_json(cell.high);
  json["paper"] = optional_json(cell.paper);
  json["difference"] = optional_json(cell.difference);
  json["within"] = optional_json(cell.within);
  json["mark"] = cell.mark == Mark::kNone ? Json(nullptr) : Json(mark_name(cell.mark));
  json["provenance"] = nullptr;
  if (!cell.provenance.file.empty()) {
    json["provenance"] = {{"run", cell.provenance.run}, {"file", cell.provenance.file}, {"key", cell.provenance.key}};
  }
  if (!cell.inputs.empty()) json["inputs"] = inputs_json(cell);
  if (cell.n) json["n"] = *cell.n;
  if (cell.debiased) json["debiased"] = *cell.debiased;
  if (!cell.terms.empty()) json["terms"] = cell.terms;
  if (cell.seeds) json["seeds"] = {{"n", cell.seeds->n}, {"mean", cell.seeds->mean}, {"sd", cell.seeds->sd}};
  if (!cell.reason.empty()) json["reason"] = without_controls(cell.reason);
  return json;
}

}  // namespace

std::string csv_number(double value) { return fmt::format("{:.{}g}", value, kCsvDigits); }

Json inputs_json(const Cell& cell) {
  Json inputs = Json::array();
  for (const Provenance& from : cell.inputs) {
    inputs.push_back({{"run", from.run}, {"file", from.file}, {"key", from.key}});
  }
  return inputs;
}

std::string to_csv(const Table& table) {
  const bool seeds = has_seeds(table);
  std::vector<std::string> header{"key", "label", "marks"};
  for (const Column& column : table.columns) add_header(column, seeds, header);
  std::string text = csv_row(header) + "\n";
  for (const Row& row : table.rows) {
    std::vector<std::string> fields{row.key, plain(row.label), marks_text(row)};
    for (std::size_t i = 0; i < table.columns.size(); ++i) add_cell(table.columns[i], row.cells[i], seeds, fields);
    text += csv_row(fields) + "\n";
  }
  return text;
}

Json to_json(const Table& table) {
  Json json{{"schema", 1}, {"id", table.id}, {"title", plain(table.title)}};
  if (table.beside) json["beside"] = true;
  json["columns"] = Json::array();
  for (const Column& column : table.columns) {
    json["columns"].push_back({{"key", column.key},
                               {"title", plain(column.title)},
                               {"note", plain(column.note)},
                               {"panel", plain(column.panel)},
                               {"printed_scale", column.format.scale},
                               {"printed_digits", column.format.digits}});
  }
  json["rows"] = Json::array();
  for (const Row& row : table.rows) {
    Json cells = Json::object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) cells[table.columns[i].key] = cell_json(row.cells[i]);
    Json marks = Json::array();
    for (const Mark mark : row.marks) marks.push_back(mark_name(mark));
    json["rows"].push_back({{"key", row.key}, {"label", plain(row.label)}, {"marks", marks}, {"cells", cells}});
  }
  return json;
}

}  // namespace flnas::reports
