#include "searches/training/training_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "harness/metrics/metric_table.h"
#include "harness/records/files.h"
#include "harness/records/read_record.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

std::string reported_text(const SearchRecord& record, const TableForm& form, const std::string& example) {
  const std::vector<ReportedDesign>& reported = record.reported;
  if (reported.empty()) return {};
  std::vector<std::string> shown = {"accuracy", "balanced_accuracy", "unfairness_sum"};
  std::vector<TextRow> rows = {{"design", "accuracy", "balanced", "Unfairness"}};
  for (const std::string& name : record.objectives.value_or(std::vector<std::string>())) {
    const bool has_figure = reported[0].test.value(name, Json(nullptr)).is_object();
    if (!has_figure || std::ranges::find(shown, name) != shown.end()) continue;
    shown.push_back(name);
    rows[0].push_back(metrics::metric_info(name).title);
  }
  const auto cell = [](const Json& metric) {
    if (metric["value"].is_null()) return std::string("-");
    if (metric["low"].is_null()) return fmt::format("{:.3f}", metric["value"].get<double>());
    return fmt::format("{:.3f} [{:.3f}, {:.3f}]", metric["value"].get<double>(), metric["low"].get<double>(),
                       metric["high"].get<double>());
  };
  for (const ReportedDesign& design : reported) {
    TextRow& row = rows.emplace_back(TextRow{"  " + design.name});
    for (const std::string& name : shown) row.push_back(cell(design.test[name]));
  }
  return fmt::format("\non the test {}s, which the search has not seen, with 95 % intervals\n{}", example,
                     show_table(rows, "lrrr", form));
}

/// What the questions took, of all sittings.
std::string ledger_text(const LedgerRecord& ledger) {
  std::string text = fmt::format("questions: {} asked anew, {} answered from a recording, {} failed", ledger.calls,
                                 ledger.recorded, ledger.failed);
  if (ledger.cost) text += fmt::format("; cost by --llm-prices {:.4f}", *ledger.cost);
  return text + "\n";
}

/// Where a population was not full before the budget ended; blank for other strategies.
std::string population_text(const Json& record) {
  const Json& settings = record["settings"];
  const Json own = settings.value("strategy_settings", Json::object());
  const auto evaluated = record["counts"]["evaluated"].get<int>();
  if (!own.contains("population") || evaluated > own["population"].get<int>()) return {};
  return wrap(
             fmt::format("{} has not begun to evolve: its first {} designs are drawn at random, and {} were evaluated; "
                         "give a larger --budget",
                         settings["strategy"].get<std::string>(), own["population"].get<int>(), evaluated),
             0, 2) +
         "\n";
}

/// After half of the epochs, and after all of them; blank where it is not known.
std::string short_training_text(const Json& known) {
  if (!known.is_object() || known["spearman"].size() < 2) return {};
  const Json& after = known["spearman"];
  const auto text = [](const Json& value) {
    return value.is_null() ? "-" : fmt::format("{:.2f}", value.get<double>());
  };
  return fmt::format(
      "rank correlation with the epoch that was kept, of {} over {} designs:\n"
      "{} after {} of {} epochs, {} after all\n",
      known["figure"].get<std::string>(), known["designs"].dump(), text(after[after.size() / 2 - 1]), after.size() / 2,
      after.size(), text(after.back()));
}

std::string partition_text(const SearchPartition& partition) {
  std::string text = "niches by multiply-accumulates:\n";
  for (const SearchNiche& niche : partition.niches) {
    text += fmt::format("  from {:>13}: {} designs, {} of them in its archive\n", with_thousands(niche.least_macs),
                        niche.evaluated, niche.archive.size());
  }
  return text + fmt::format("merged front: {}\n", fmt::join(partition.merged, ", "));
}

}  // namespace

std::string training_search_text(const Json& json, const std::filesystem::path& out, const TableForm& form,
                                 const std::string& example) {
  const auto record = read_as<SearchRecord>(json, kSearchFile);
  std::string text = summary_text(record, form) + population_text(json);
  if (record.ledger) text += ledger_text(*record.ledger);
  text += reported_text(record, form, example) + short_training_text(record.short_training);
  if (record.partition) text += partition_text(*record.partition);
  if (record.best) text += fmt::format("best design: {}\n", (out / "best.json").string());
  text += fmt::format("all designs: {}\n", (out / "designs.csv").string());
  return text;
}

}  // namespace flnas::searches
