#include "harness/proxies/results.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/csv.h"

namespace flnas::proxies {

std::string proxies_csv(const ProxyResults& results) {
  const auto& candidates = results.candidates;
  const auto& measured = results.measured;
  std::vector<std::string> header = {"model", "index"};
  for (const auto& [name, unused] : measured.front().values) header.push_back(name);
  header.push_back("seconds");
  std::string text = csv_row(header) + "\n";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    std::vector<std::string> row = {candidates[i].entry.name,
                                    candidates[i].cell ? std::to_string(*candidates[i].cell) : ""};
    for (const auto& [name, value] : measured[i].values)
      row.push_back(std::isfinite(value) ? fmt::format("{:.9g}", value) : "");
    row.push_back(fmt::format("{:.4f}", measured[i].seconds));
    text += csv_row(row) + "\n";
  }
  return text;
}

Json proxies_json(const ProxyResults& results, const ProxiesRequest& request) {
  const auto& [options, candidates, measured, agreements] = results;
  Json json = {{"images", request.images},   {"batch", request.batch}, {"size", options.size},
               {"classes", options.classes}, {"seed", request.seed},   {"threads", at::get_num_threads()}};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    Json row = {{"model", candidates[i].entry.name}, {"title", candidates[i].entry.title}};
    if (candidates[i].cell) row["index"] = *candidates[i].cell;
    for (const auto& [name, value] : measured[i].values) row["proxies"][name] = value;
    row["seconds"] = measured[i].seconds;
    json["models"].push_back(std::move(row));
  }
  for (const auto& one : agreements) {
    json["agreement"].push_back({{"proxy", one.proxy},
                                 {"cells", one.cells},
                                 {"spearman", one.spearman},
                                 {"greatest_difference", one.greatest_difference},
                                 {"published_spearman", one.published ? Json(*one.published) : Json()}});
  }
  return json;
}

namespace {

/// One row per network.
std::vector<TextRow> networks(const ProxyResults& results) {
  std::vector<TextRow> rows = {{"model"}};
  for (const auto& [name, unused] : results.measured.front().values) rows[0].push_back(name);
  rows[0].emplace_back("seconds");
  for (std::size_t i = 0; i < results.candidates.size(); ++i) {
    TextRow& cells = rows.emplace_back(TextRow{results.candidates[i].entry.name});
    for (const auto& [name, value] : results.measured[i].values) cells.push_back(fmt::format("{:.6g}", value));
    cells.push_back(fmt::format("{:.3f}", results.measured[i].seconds));
  }
  return rows;
}

std::string alignment_of(const std::vector<TextRow>& rows) { return "l" + std::string(rows.front().size(), 'r'); }

}  // namespace

std::string proxies_text(const ProxyResults& results, const TableForm& form) {
  const auto& agreements = results.agreements;
  std::vector<TextRow> rows = networks(results);
  if (!form.is_whole()) {
    rows = transposed(rows);
    rows[0][0] = "proxy";
  }
  std::string text = show_table(rows, alignment_of(rows), form);
  if (agreements.empty()) return text;
  text += "\nSpearman with the published values; published: theirs with those of another data set,\nsame cells\n";
  rows = {{"proxy", "cells", "Spearman", "published", "greatest difference"}};
  for (const auto& one : agreements) {
    rows.push_back({one.proxy, fmt::format("{}", one.cells), fmt::format("{:.4f}", one.spearman),
                    one.published ? fmt::format("{:.4f}", *one.published) : "-",
                    fmt::format("{:.6g}", one.greatest_difference)});
  }
  return text + show_table(rows, alignment_of(rows), form);
}

}  // namespace flnas::proxies
