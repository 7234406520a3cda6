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

Cell latency_cell(const ProxySettingsRecord& settings, const Place<ProxyPoint>& point) {
  if (settings.latency == "none") return not_measured("the search had no target; its cost was multiply-accumulates");
  Cell cell = measured(point.at(&ProxyPoint::latency_ms));
  cell.reason = point->mistrust.value_or("");
  cell.mark = settings.latency != "measured" ? Mark::kEstimated
              : cell.reason.empty()          ? Mark::kMeasured
                                             : Mark::kUnreliable;
  return cell;
}

Cell accuracy_cell(const Place<double>& accuracy) {
  return accuracy ? measured(accuracy) : not_measured("no table of accuracies was given; the search went by proxies");
}

Table front_table(const ProxySearch& search) {
  const ProxySearchRecord& record = search.record;
  const ProxySettingsRecord& settings = record.settings;
  Table table{.id = slug("proxies", search.folder),
              .title = "Search by zero-cost proxies: the front",
              .caption = fmt::format(
                  "Made by {}: {} of {}, niches by {}, {}. The proxies stand for an accuracy that was not trained. A "
                  "design of an autoformer space: width, then heads and MLP ratio of each layer; one of space cnn: its "
                  "name in front/.",
                  code(record.command), counted(record.evaluations, "distinct design"), code(settings.space),
                  settings.partition, counted(record.generations.value_or(0), "generation")),
              .row_title = "Niche"};
  table.columns = {
      {.key = "design", .title = "Design", .words = true},
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
    const auto point = search.at(&ProxySearchRecord::front)[i];
    const auto niche = search.at(&ProxySearchRecord::niches)[static_cast<std::size_t>(point->niche)];
    Row row{.key = fmt::format("design_{}", i + 1), .label = niche.at(&ProxyNiche::name).value_or("")};
    row.cells.push_back(words(point->label()));
    row.cells.push_back(measured(point.at(&ProxyPoint::parameters)));
    row.cells.push_back(measured(point.at(&ProxyPoint::macs)));
    row.cells.push_back(latency_cell(settings, point));
    for (const std::string& proxy : settings.proxies) {
      row.cells.push_back(measured(point.at(&ProxyPoint::proxies)[proxy]));
    }
    row.cells.push_back(accuracy_cell(point.at(&ProxyPoint::accuracy)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table niches_table(const ProxySearch& search) {
  Table table{.id = slug("proxy_niches", search.folder),
              .title = "Search by zero-cost proxies: where it looked",
              .caption = "Distinct designs of each niche: evaluated, in its own archive, and on the merged front.",
              .row_title = "Niche"};
  table.columns = {{.key = "evaluated", .title = "Evaluated", .format = kCount},
                   {.key = "archive", .title = "Archive", .format = kCount},
                   {.key = "front", .title = "Front", .format = kCount}};
  for (std::size_t i = 0; i < search.record.niches.size(); ++i) {
    const auto niche = search.at(&ProxySearchRecord::niches)[i];
    table.rows.push_back({.key = fmt::format("niche_{}", i),
                          .label = niche->name,
                          .cells = {measured(niche.at(&ProxyNiche::evaluated)),
                                    measured(niche.at(&ProxyNiche::archive)), measured(niche.at(&ProxyNiche::front))}});
  }
  return table;
}

}  // namespace

void add_proxy_searches(const ReportInputs& inputs, Section& section) {
  for (const ProxySearch& search : inputs.proxy_searches) {
    const auto& chat = search.record.chat;
    if (chat && std::find(chat->sources.begin(), chat->sources.end(), "scripted") != chat->sources.end()) {
      section.blocks.emplace_back(Callout{Callout::Tone::kWarning,
                                          "No language model proposed these designs",
                                          {"A script answered in its place: they show that the loop works, and nothing "
                                           "about what a language model would propose."}});
    }
    section.blocks.emplace_back(front_table(search));
    section.blocks.emplace_back(niches_table(search));
  }
}

}  // namespace flnas::reports
