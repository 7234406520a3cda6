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
std::string wide_table(const ProxyResults& results) {
  std::string text = fmt::format("{:<14}", "model");
  for (const auto& [name, unused] : results.measured.front().values) text += fmt::format(" {:>12}", name);
  text += fmt::format(" {:>8}\n", "seconds");
  for (std::size_t i = 0; i < results.candidates.size(); ++i) {
    text += fmt::format("{:<14}", results.candidates[i].entry.name);
    for (const auto& [name, value] : results.measured[i].values) text += fmt::format(" {:>12.6g}", value);
    text += fmt::format(" {:>8.3f}\n", results.measured[i].seconds);
  }
  return text;
}

/// One row per proxy, a block of columns for each four networks.
std::string narrow_table(const ProxyResults& results) {
  constexpr std::size_t kColumns = 4;
  std::string text;
  for (std::size_t from = 0; from < results.candidates.size(); from += kColumns) {
    const std::size_t to = std::min(from + kColumns, results.candidates.size());
    if (from > 0) text += "\n";
    text += fmt::format("{:<12}", "proxy");
    for (std::size_t i = from; i < to; ++i) text += fmt::format(" {:>16.16}", results.candidates[i].entry.name);
    for (const auto& [name, unused] : results.measured.front().values) {
      text += fmt::format("\n{:<12}", name);
      for (std::size_t i = from; i < to; ++i) text += fmt::format(" {:>16.6g}", results.measured[i].values.at(name));
    }
    text += fmt::format("\n{:<12}", "seconds");
    for (std::size_t i = from; i < to; ++i) text += fmt::format(" {:>16.3f}", results.measured[i].seconds);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string proxies_text(const ProxyResults& results, bool wide) {
  const auto& agreements = results.agreements;
  std::string text = wide ? wide_table(results) : narrow_table(results);
  if (agreements.empty()) return text;
  text += "\nSpearman with the published values; `published`: theirs with those of another data set, same cells\n";
  text += fmt::format("{:<10} {:>6} {:>9} {:>10} {:>20}\n", "proxy", "cells", "spearman", "published",
                      "greatest difference");
  for (const auto& one : agreements) {
    text += fmt::format("{:<10} {:>6} {:>9.4f} {:>10} {:>20.6g}\n", one.proxy, one.cells, one.spearman,
                        one.published ? fmt::format("{:.4f}", *one.published) : "-", one.greatest_difference);
  }
  return text;
}

}  // namespace flnas::proxies
