#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/base/plural.h"
#include "reports/data/measures.h"
#include "reports/document/inline.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kCount{.digits = 0, .thousands = true};

Cell latency_cell(const TransformerSettings& settings, const Place<TransformerSubnet>& subnet) {
  Cell cell = measured(subnet.at(&TransformerSubnet::latency_ms));
  cell.reason = subnet->mistrust.value_or("");
  cell.mark = settings.latency != "measured" ? Mark::kEstimated
              : cell.reason.empty()          ? Mark::kMeasured
                                             : Mark::kUnreliable;
  return cell;
}

Cell accuracy_cell(const Place<double>& accuracy) {
  return accuracy ? measured(accuracy) : not_measured("no table of accuracies was given; the search went by proxies");
}

Table front_table(const TransformerSearch& search) {
  const TransformerRecord& record = search.record;
  const TransformerSettings& settings = record.settings;
  Table table{.id = slug("transformers", search.folder),
              .title = "Vision transformers: the front of a search",
              .caption = fmt::format(
                  "Made by {}: {} of {}, niches by {}, {}. The proxies stand for an accuracy that was not trained. A "
                  "subnet: width, then heads and MLP ratio of each layer.",
                  code(record.command), counted(record.evaluations, "distinct subnet"), code(settings.space),
                  settings.partition, counted(record.generations.value_or(0), "generation")),
              .row_title = "Niche"};
  table.columns = {
      {.key = "subnet", .title = "Subnet", .words = true},
      {.key = "parameters", .title = "Parameters", .format = kCount},
      {.key = "macs", .title = "GMACs", .note = "per image", .format = {.digits = 3, .scale = 1e-9, .thousands = true}},
      {.key = "latency",
       .title = "Latency",
       .note = "ms, " + settings.target,
       .format = {.digits = 1, .thousands = true}}};
  for (const std::string& proxy : settings.proxies) {
    table.columns.push_back({.key = proxy, .title = proxy, .note = "higher is better", .format = {.digits = 3}});
  }
  table.columns.push_back({.key = "accuracy", .title = "Accuracy", .note = "%", .format = {.digits = 2}});
  for (std::size_t i = 0; i < record.front.size(); ++i) {
    const auto subnet = search.at(&TransformerRecord::front)[i];
    const auto niche = search.at(&TransformerRecord::niches)[static_cast<std::size_t>(subnet->niche)];
    Row row{.key = fmt::format("subnet_{}", i + 1), .label = niche.at(&TransformerNiche::name).value_or("")};
    row.cells.push_back(words(subnet->subnet));
    row.cells.push_back(measured(subnet.at(&TransformerSubnet::parameters)));
    row.cells.push_back(measured(subnet.at(&TransformerSubnet::macs)));
    row.cells.push_back(latency_cell(settings, subnet));
    for (const std::string& proxy : settings.proxies) {
      row.cells.push_back(measured(subnet.at(&TransformerSubnet::proxies)[proxy]));
    }
    row.cells.push_back(accuracy_cell(subnet.at(&TransformerSubnet::accuracy)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table niches_table(const TransformerSearch& search) {
  Table table{.id = slug("transformer_niches", search.folder),
              .title = "Vision transformers: where the search looked",
              .caption = "Distinct subnets of each niche: evaluated, in its own archive, and on the merged front.",
              .row_title = "Niche"};
  table.columns = {{.key = "evaluated", .title = "Evaluated", .format = kCount},
                   {.key = "archive", .title = "Archive", .format = kCount},
                   {.key = "front", .title = "Front", .format = kCount}};
  for (std::size_t i = 0; i < search.record.niches.size(); ++i) {
    const auto niche = search.at(&TransformerRecord::niches)[i];
    table.rows.push_back(
        {.key = fmt::format("niche_{}", i),
         .label = niche->name,
         .cells = {measured(niche.at(&TransformerNiche::evaluated)), measured(niche.at(&TransformerNiche::archive)),
                   measured(niche.at(&TransformerNiche::front))}});
  }
  return table;
}

}  // namespace

void add_transformers(const ReportInputs& inputs, Section& section) {
  for (const TransformerSearch& search : inputs.transformers) {
    const auto& chat = search.record.chat;
    if (chat && std::find(chat->sources.begin(), chat->sources.end(), "scripted") != chat->sources.end()) {
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
