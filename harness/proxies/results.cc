#include "harness/proxies/results.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <cmath>

#include "harness/base/csv.h"

namespace flnas::proxies {

std::string proxies_csv(const ProxyResults& results) {
  const auto& [candidates, measured, unused_agreements] = results;
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

Json proxies_json(const ProxyResults& results, const ProxiesRequest& request, const nn::ModelOptions& options) {
  const auto& [candidates, measured, agreements] = results;
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

std::string proxies_text(const ProxyResults& results) {
  const auto& [candidates, measured, agreements] = results;
  std::string text;
  text += fmt::format("{:<14}", "model");
  for (const auto& [name, unused] : measured.front().values) text += fmt::format(" {:>12}", name);
  text += fmt::format(" {:>8}\n", "seconds");
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    text += fmt::format("{:<14}", candidates[i].entry.name);
    for (const auto& [name, value] : measured[i].values) text += fmt::format(" {:>12.6g}", value);
    text += fmt::format(" {:>8.3f}\n", measured[i].seconds);
  }
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
