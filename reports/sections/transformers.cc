#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/plural.h"
#include "reports/document/inline.h"
#include "reports/measures.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{0, 1, true};

Cell latency_cell(const Record& search, const std::string& key) {
  Cell cell = measured(&search, key + "/latency_ms", "");
  const std::string mistrust = search.text(key + "/mistrust");
  cell.mark = search.text("/settings/latency") != "measured" ? Mark::kEstimated
              : mistrust.empty()                             ? Mark::kMeasured
                                                             : Mark::kMistrusted;
  cell.reason = mistrust;
  return cell;
}

Cell accuracy_cell(const Record& search, const std::string& key) {
  if (search.number(key + "/accuracy")) return measured(&search, key + "/accuracy", "");
  Cell cell;
  cell.mark = Mark::kNotMeasured;
  cell.reason = "no table of accuracies was given; the search went by proxies";
  return cell;
}

Table front_table(const Record& search) {
  const auto count = [&](const char* key) { return std::llround(search.number(key).value_or(0)); };
  Table table{
      slug("transformers", search.folder),
      "Vision transformers: the front of a search",
      fmt::format("Made by {}: {} of {}, niches by {}, {}. The proxies stand for an accuracy that was not trained. A "
                  "subnet: width, then heads and MLP ratio of each layer.",
                  code(search.text("/command")), counted(count("/evaluations"), "distinct subnet"),
                  code(search.text("/settings/space")), search.text("/settings/partition"),
                  counted(count("/generations"), "generation")),
      "Niche",
      {},
      {}};
  table.columns = {{"subnet", "Subnet", "", "", {}, false, false, false, true},
                   {"parameters", "Parameters", "", "", kCount},
                   {"macs", "GMACs", "per image", "", {3, 1e-9, true}},
                   {"latency", "Latency", "ms, " + search.text("/settings/target"), "", {1, 1, true}}};
  const Json& proxies = search.at("/settings/proxies");
  for (const Json& proxy : proxies) {
    table.columns.push_back({proxy, without_controls(proxy.get<std::string>()), "higher is better", "", {3, 1, false}});
  }
  table.columns.push_back({"accuracy", "Accuracy", "%", "", {2, 1, false}});
  const Json& front = search.at("/front");
  for (std::size_t i = 0; i < front.size(); ++i) {
    const std::string key = fmt::format("/front/{}", i);
    const auto niche = static_cast<std::size_t>(search.number(key + "/niche").value_or(0));
    Row row{fmt::format("subnet_{}", i + 1), search.text(fmt::format("/niches/{}/name", niche)), {}, "", "", {}};
    row.cells.push_back(words(search.text(key + "/subnet")));
    row.cells.push_back(measured(&search, key + "/parameters", ""));
    row.cells.push_back(measured(&search, key + "/macs", ""));
    row.cells.push_back(latency_cell(search, key));
    for (const Json& proxy : proxies) {
      row.cells.push_back(measured(&search, key + "/proxies/" + pointer_step(proxy.get<std::string>()), ""));
    }
    row.cells.push_back(accuracy_cell(search, key));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table niches_table(const Record& search) {
  Table table{slug("transformer_niches", search.folder),
              "Vision transformers: where the search looked",
              "Distinct subnets of each niche: evaluated, in its own archive, and on the merged front.",
              "Niche",
              {{"evaluated", "Evaluated", "", "", kCount},
               {"archive", "Archive", "", "", kCount},
               {"front", "Front", "", "", kCount}},
              {}};
  const Json& niches = search.at("/niches");
  for (std::size_t i = 0; i < niches.size(); ++i) {
    const std::string key = fmt::format("/niches/{}/", i);
    Row row{fmt::format("niche_{}", i), search.text(key + "name"), {}, "", "", {}};
    for (const Column& column : table.columns) row.cells.push_back(measured(&search, key + column.key, ""));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void add_transformers(const Evidence& evidence, Section& section) {
  for (const Record& search : evidence.transformers) {
    const Json& sources = search.at("/chat/sources");
    if (sources.is_array() && std::find(sources.begin(), sources.end(), Json("scripted")) != sources.end()) {
      section.blocks.emplace_back(Callout{Callout::Tone::kWarning,
                                          "No language model proposed these subnets",
                                          {"A script answered in its place: they show that the loop works, and nothing "
                                           "about what a language model would propose."}});
    }
    section.blocks.emplace_back(front_table(search));
    section.blocks.emplace_back(niches_table(search));
  }
}

}  // namespace flnas::reports
