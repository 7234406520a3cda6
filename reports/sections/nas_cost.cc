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

constexpr NumberFormat kThree{3, 1, false};
constexpr NumberFormat kCount{1, 1, true};

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
Cell mean_over_searches(const NasEvidence& nas, const std::string& strategy,
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
  return from_record(nas, cell, "/pairs");
}

/// Of all sittings, from the ledger; blank where nobody was asked.
std::string ledger_text(const Json& ledger) {
  if (!ledger.is_object()) return "";
  const auto count = [&](const char* key) { return std::llround(ledger.value(key, 0.0)); };
  std::string text = fmt::format(
      " In all, {} answered now and {} from a recording, {} failed; {}, {} in prompts, {} in replies, {:.0f} s of "
      "waiting.",
      counted(count("calls"), "question was", "questions were"), with_thousands(count("recorded")),
      with_thousands(count("failed")), counted(count("retries"), "retry", "retries"),
      counted(count("prompt_tokens"), "token"), with_thousands(count("completion_tokens")),
      ledger.value("seconds", 0.0));
  if (ledger.value("cost", Json()).is_number()) {
    return text +
           fmt::format(" Cost, in the currency of {}: {:.4f}.", code("--llm-prices"), ledger["cost"].get<double>());
  }
  return text + " No prices were given, or not all tokens were counted: the cost is not known.";
}

}  // namespace

Table nas_predictor_table(const NasEvidence& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{slug("nas_predictor", nas.folder),
              "The accuracy predictor",
              fmt::format("Gradient-boosted trees on zero-cost proxies, trained on {} that every budget counts. "
                          "Spearman's rank correlation on the cells it was not trained on: mean over seeds, least and "
                          "greatest in brackets. LLM-NAS reports about 0.90.",
                          counted(record.predictor_cells, "accuracy", "accuracies")),
              "Data set",
              {},
              {}};
  table.columns = {{"spearman", "Spearman", "validation, all other cells", "", kThree, true},
                   {"spearman_zc13", "Spearman", "cells with the 13 proxies", "", kThree, true},
                   {"spearman_other", "Spearman", "cells with proxies of the whole space", "", kThree, true},
                   {"spearman_test", "Spearman", "final test accuracy", "", kThree, true},
                   {"seconds", "Time", "s", "", kThree, true},
                   {"features", "Proxies used", "", "", {}, false, false, false, true}};
  std::vector<std::string> datasets;
  for (const NasPredictor& predictor : record.predictors) {
    if (std::find(datasets.begin(), datasets.end(), predictor.dataset) == datasets.end())
      datasets.push_back(predictor.dataset);
  }
  for (const auto& dataset : datasets) {
    Row row{dataset, without_controls(dataset), {}, "", "", {}};
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
      row.cells.push_back(from_record(nas, cell, "/predictors"));
    };
    add([](const NasPredictor& p) { return p.spearman; });
    add([](const NasPredictor& p) { return p.spearman_zc13; });
    add([](const NasPredictor& p) { return p.spearman_other; });
    add([](const NasPredictor& p) { return p.spearman_test; });
    add([](const NasPredictor& p) { return std::optional(p.seconds); });
    const auto first = std::find_if(record.predictors.begin(), record.predictors.end(),
                                    [&](const NasPredictor& predictor) { return predictor.dataset == dataset; });
    const auto at = std::to_string(first - record.predictors.begin());
    row.cells.push_back(from_record(nas, words(features_text(first->features)), "/predictors/" + at + "/features"));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table nas_cost_table(const NasEvidence& nas) {
  const NasSearchRecord& record = nas.record;
  Table table{slug("nas_cost", nas.folder),
              "What a search takes",
              "Means over all pairs and seeds. The search itself, without waiting for answers where nobody was asked; "
              "fitting the predictor and predicting every cell, once for a data set and seed; and what was asked, "
              "recorded replies counted. Looking up latencies and accuracies costs nothing here, and measuring them "
              "is not counted." +
                  ledger_text(record.ledger),
              "Strategy",
              {},
              {}};
  table.columns = {{"seconds", "Search", "s", "", kThree}, {"predictor", "Predictor", "s", "", kThree}};
  const bool asked = std::any_of(record.pairs.begin(), record.pairs.end(), [](const NasPair& pair) {
    return std::any_of(pair.searches.begin(), pair.searches.end(),
                       [](const NasSearchResult& search) { return search.chat.has_value(); });
  });
  if (asked) {
    const std::vector<Column> chat = {{"calls", "Calls", "", "", kCount},
                                      {"knowledge_calls", "Knowledge", "calls of it", "", kCount},
                                      {"retries", "Retries", "", "", kCount},
                                      {"prompt_tokens", "Tokens", "prompts", "", kCount},
                                      {"completion_tokens", "Tokens", "replies", "", kCount},
                                      {"waiting", "Waiting", "s", "", kCount}};
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
    add_chat([](const NasChatUse& chat) { return chat.prompt_tokens; });
    add_chat([](const NasChatUse& chat) { return chat.completion_tokens; });
    add_chat([](const NasChatUse& chat) { return chat.waiting_seconds; });
  });
  return table;
}

}  // namespace flnas::reports
