#include "searches/spaces/cnn/training_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/base/text.h"
#include "harness/base/text_table.h"
#include "searches/core/summary.h"

namespace flnas::searches {
namespace {

std::string reported_text(const Json& record) {
  if (!record.contains("reported")) return {};
  std::vector<TextRow> rows = {{"design", "accuracy", "balanced", "Unfairness"}};
  const auto cell = [](const Json& metric) {
    if (metric["value"].is_null()) return std::string("-");
    if (metric["low"].is_null()) return fmt::format("{:.3f}", metric["value"].get<double>());
    return fmt::format("{:.3f} [{:.3f}, {:.3f}]", metric["value"].get<double>(), metric["low"].get<double>(),
                       metric["high"].get<double>());
  };
  for (const Json& design : record["reported"]) {
    const Json& test = design["test"];
    rows.push_back({"  " + design["name"].get<std::string>(), cell(test["accuracy"]), cell(test["balanced_accuracy"]),
                    cell(test["unfairness_sum"])});
  }
  return "\non the test images, which the search has not seen, with 95 % intervals\n" + narrow_tables(rows);
}

/// What the questions took, of all sittings; blank without a ledger.
std::string ledger_text(const Json& record) {
  if (!record.contains("ledger")) return {};
  const Json& ledger = record["ledger"];
  std::string text = fmt::format("questions: {} asked anew, {} answered from a recording, {} failed",
                                 ledger["calls"].dump(), ledger["recorded"].dump(), ledger["failed"].dump());
  if (!ledger["cost"].is_null()) text += fmt::format("; cost by --llm-prices {:.4f}", ledger["cost"].get<double>());
  return text + "\n";
}

/// Where a population was not full before the budget ended; blank for other strategies.
std::string population_text(const Json& record) {
  const Json& settings = record["settings"];
  const Json own = settings.value("strategy_settings", Json::object());
  const auto evaluated = record["counts"]["evaluated"].get<int>();
  if (!own.contains("population") || evaluated > own["population"].get<int>()) return {};
  return fmt::format(
      "{} has not begun to evolve: its first {} designs are drawn at random, and {}\n"
      "were evaluated; give a larger --budget\n",
      settings["strategy"].get<std::string>(), own["population"].get<int>(), evaluated);
}

/// After half of the epochs, and after all of them; blank where it is not known.
std::string short_training_text(const Json& record) {
  const Json known = record.value("short_training", Json(nullptr));
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

std::string partition_text(const Json& partition) {
  std::string text = "niches by multiply-accumulates:\n";
  for (const Json& niche : partition["niches"]) {
    text += fmt::format("  from {:>13}: {} designs, {} of them in its archive\n",
                        with_thousands(niche["least_macs"].get<long long>()), niche["evaluated"].dump(),
                        niche["archive"].size());
  }
  return text + fmt::format("merged front: {}\n", fmt::join(partition["merged"].get<std::vector<std::string>>(), ", "));
}

}  // namespace

std::string image_search_text(const Json& record, const std::filesystem::path& out) {
  std::string text = summary_text(record) + population_text(record) + ledger_text(record) + reported_text(record) +
                     short_training_text(record);
  if (record.contains("partition")) text += partition_text(record["partition"]);
  if (!record["best"].is_null()) text += fmt::format("design: {}\n", (out / "best.json").string());
  return text;
}

}  // namespace flnas::searches
