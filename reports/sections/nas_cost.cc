// What searches on tables take: the predictor, time, and questions to a language model.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "harness/base/plural.h"
#include "harness/base/text.h"
#include "reports/document/inline.h"
#include "reports/sections/nas_tables.h"
#include "reports/sections/sections.h"

namespace flnas::reports {
namespace {

constexpr NumberFormat kThree{.digits = 3};
constexpr NumberFormat kCount{.digits = 1, .thousands = true};

/// "13 of NAS-Bench-Suite-Zero, 6 of the whole space"; the names where they are few.
std::string features_text(const std::vector<std::string>& features) {
  std::vector<std::string> whole;
  std::size_t suite_zero = 0;
  for (const auto& feature : features) {
    if (feature.rfind("zc13/", 0) == 0) {
      ++suite_zero;
    } else {
      whole.push_back(without_controls(feature.substr(feature.find('/') + 1)));
    }
  }
  std::string text = suite_zero > 0 ? fmt::format("{} of NAS-Bench-Suite-Zero and ", suite_zero) : "";
  if (whole.size() > 3) return text + fmt::format("{} of the whole space", whole.size());
  return text + fmt::format("{} (whole space)", fmt::join(whole, ", "));
}

/// The mean over a strategy's searches that passed; blank where none has the figure.
Cell mean_over_searches(const NasSearch& nas, const std::string& strategy,
                        const std::function<std::optional<double>(const NasPair&, const NasSearchResult&)>& figure) {
  double sum = 0, count = 0;
  for (const NasPair& pair : nas.record.pairs) {
    for (const NasSearchResult& search : pair.searches) {
      if (search.strategy != strategy || search.status != kPassed) continue;
      if (const auto value = figure(pair, search)) sum += *value, ++count;
    }
  }
  if (count == 0) return words("");
  Cell cell;
  cell.value = sum / count;
  return from_record(cell, nas.at(&NasSearchRecord::pairs));
}

/// Of all sittings, from the ledger; blank where nobody was asked.
std::string ledger_text(const NasSearch& nas) {
  if (!nas.record.ledger.is_object()) return "";
  const auto ledger = read_as<LedgerRecord>(nas.record.ledger, nas.file + ": ledger");
  std::string text = fmt::format(
      " In all, {} answered now and {} from a recording, {} failed; {}, {} in prompts, {} in replies, {:.0f} s of "
      "waiting.",
      counted(ledger.calls, "question was", "questions were"), with_thousands(ledger.recorded),
      with_thousands(ledger.failed), counted(ledger.retries, "retry", "retries"),
      counted(ledger.prompt_tokens, "token"), with_thousands(ledger.completion_tokens), ledger.seconds);
  if (ledger.cost) {
    return text + fmt::format(" Cost, in the currency of {}: {:.4f}.", code("--llm-prices"), *ledger.cost);
  }
  return text + " No prices were given, or not all tokens were counted: the cost is not known.";
}

}  // namespace

Table nas_predictor_table(const NasSearch& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{.id = slug("nas_predictor", nas.folder),
              .title = "The accuracy predictor",
              .caption = fmt::format(
                  "Gradient-boosted trees on zero-cost proxies, trained on {} that every budget counts. "
                  "Spearman's rank correlation on the cells it was not trained on: mean over seeds, least and "
                  "greatest in brackets. LLM-NAS reports about 0.90.",
                  counted(record.predictor_cells, "accuracy", "accuracies")),
              .row_title = "Data set"};
  table.columns = {
      {.key = "spearman",
       .title = "Spearman",
       .note = "validation, all other cells",
       .format = kThree,
       .interval = true},
      {.key = "spearman_zc13",
       .title = "Spearman",
       .note = "cells with the 13 proxies",
       .format = kThree,
       .interval = true},
      {.key = "spearman_other",
       .title = "Spearman",
       .note = "cells with proxies of the whole space",
       .format = kThree,
       .interval = true},
      {.key = "spearman_test", .title = "Spearman", .note = "final test accuracy", .format = kThree, .interval = true},
      {.key = "seconds", .title = "Time", .note = "s", .format = kThree, .interval = true},
      {.key = "features", .title = "Proxies used", .words = true}};
  std::vector<std::string> datasets;
  for (const NasPredictor& predictor : record.predictors) {
    if (std::find(datasets.begin(), datasets.end(), predictor.dataset) == datasets.end())
      datasets.push_back(predictor.dataset);
  }
  for (const auto& dataset : datasets) {
    Row row{.key = dataset, .label = without_controls(dataset)};
    const auto add = [&](auto&& value) {
      std::vector<double> values;
      for (const NasPredictor& predictor : record.predictors) {
        if (predictor.dataset != dataset) continue;
        if (const std::optional<double> one = value(predictor)) values.push_back(*one);
      }
      if (values.empty()) return row.cells.push_back(words(""));
      Cell cell;
      double sum = 0;
      for (const double one : values) sum += one;
      cell.value = sum / static_cast<double>(values.size());
      cell.low = *std::min_element(values.begin(), values.end());
      cell.high = *std::max_element(values.begin(), values.end());
      row.cells.push_back(from_record(cell, nas.at(&NasSearchRecord::predictors)));
    };
    add([](const NasPredictor& p) { return p.spearman; });
    add([](const NasPredictor& p) { return p.spearman_zc13; });
    add([](const NasPredictor& p) { return p.spearman_other; });
    add([](const NasPredictor& p) { return p.spearman_test; });
    add([](const NasPredictor& p) { return std::optional(p.seconds); });
    const auto first = std::find_if(record.predictors.begin(), record.predictors.end(),
                                    [&](const NasPredictor& predictor) { return predictor.dataset == dataset; });
    const auto at = static_cast<std::size_t>(first - record.predictors.begin());
    row.cells.push_back(from_record(words(features_text(first->features)),
                                    nas.at(&NasSearchRecord::predictors)[at].at(&NasPredictor::features)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table nas_cost_table(const NasSearch& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{
      .id = slug("nas_cost", nas.folder),
      .title = "What a search takes",
      .caption =
          "Means over all pairs and seeds. The search itself, without waiting for answers where nobody was asked; "
          "fitting the predictor and predicting every cell, once for a data set and seed; and what was asked, "
          "recorded replies counted. Looking up latencies and accuracies costs nothing here, and measuring them "
          "is not counted." +
          ledger_text(nas),
      .row_title = "Strategy"};
  table.columns = {{.key = "seconds", .title = "Search", .note = "s", .format = kThree},
                   {.key = "predictor", .title = "Predictor", .note = "s", .format = kThree}};
  const bool asked = std::any_of(record.pairs.begin(), record.pairs.end(), [](const NasPair& pair) {
    return std::any_of(pair.searches.begin(), pair.searches.end(),
                       [](const NasSearchResult& search) { return search.chat.has_value(); });
  });
  if (asked) {
    const std::vector<Column> chat = {
        {.key = "calls", .title = "Calls", .format = kCount},
        {.key = "knowledge_calls", .title = "Knowledge", .note = "calls of it", .format = kCount},
        {.key = "retries", .title = "Retries", .format = kCount},
        {.key = "valid_first",
         .title = "Valid at once",
         .note = "% of the cells asked for",
         .format = {.digits = 1, .scale = 100}},
        {.key = "prompt_tokens", .title = "Tokens", .note = "prompts", .format = kCount},
        {.key = "completion_tokens", .title = "Tokens", .note = "replies", .format = kCount},
        {.key = "waiting", .title = "Waiting", .note = "s", .format = kCount}};
    table.columns.insert(table.columns.end(), chat.begin(), chat.end());
  }
  add_strategy_rows(table, record, [&](const NasStrategy& strategy, Row& row) {
    const auto add = [&](auto&& figure) { row.cells.push_back(mean_over_searches(nas, strategy.name, figure)); };
    add([](const NasPair&, const NasSearchResult& search) { return std::optional(search.seconds); });
    add([&](const NasPair& pair, const NasSearchResult& search) -> std::optional<double> {
      if (strategy.accuracy != "predictor") return std::nullopt;
      for (const NasPredictor& predictor : record.predictors) {
        if (predictor.dataset == pair.dataset && predictor.seed == search.seed) return predictor.seconds;
      }
      return std::nullopt;
    });
    if (!asked) return;
    const auto add_chat = [&](auto&& figure) {
      add([&](const NasPair&, const NasSearchResult& search) -> std::optional<double> {
        if (!search.chat) return std::nullopt;
        return static_cast<double>(figure(*search.chat));
      });
    };
    add_chat([](const NasChatUse& chat) { return chat.calls; });
    add_chat([](const NasChatUse& chat) { return chat.knowledge_calls; });
    add_chat([](const NasChatUse& chat) { return chat.retries; });
    add([](const NasPair&, const NasSearchResult& search) -> std::optional<double> {
      if (!search.chat || !search.chat->valid_first || search.chat->wanted.value_or(0) == 0) return std::nullopt;
      return static_cast<double>(*search.chat->valid_first) / static_cast<double>(*search.chat->wanted);
    });
    add_chat([](const NasChatUse& chat) { return chat.prompt_tokens; });
    add_chat([](const NasChatUse& chat) { return chat.completion_tokens; });
    add_chat([](const NasChatUse& chat) { return chat.waiting_seconds; });
  });
  return table;
}

}  // namespace flnas::reports
