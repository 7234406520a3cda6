#include "harness/cli/run_text.h"

#include <fmt/format.h>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/plural.h"
#include "harness/base/text_table.h"

namespace flnas::cli {
namespace {

std::string with_interval(const Json& figure, double scale, int digits, const char* unit = "") {
  const auto number = [&](const char* key) {
    return fmt::format("{:.{}f}", scale * figure[key].get<double>(), digits);
  };
  if (figure["value"].is_null()) return "-";
  std::string text = number("value") + unit;
  if (!figure["low"].is_null()) text += fmt::format(" [{}, {}]", number("low"), number("high"));
  return text;
}

/// A gap between groups, and how much of it the groups' sizes leave.
std::string gap(const std::string& name, const Json& figure) {
  const int terms = figure.value("terms", 1), of = figure.value("of", 1);
  std::string text = name + " " + with_interval(figure, 1, 3);
  if (terms < of) text += fmt::format(" ({} of {} terms have enough rows)", terms, of);
  return text;
}

}  // namespace

std::string run_text(const RunRecord& record, const Adapter& adapter) {
  const Json& metrics = record.metrics;
  if (metrics.is_null()) return {};
  const auto n = metrics["n"].get<long long>(), units = metrics["lesions"].get<long long>();
  const std::string subset = metrics["subset"].is_null() ? "" : metrics["subset"].get<std::string>() + ": ";
  std::string text =
      fmt::format("accuracy {}, balanced {}; {}{}", with_interval(metrics["accuracy"], 100, 1, " %"),
                  with_interval(metrics["balanced_accuracy"], 100, 1, " %"), subset, counted(n, adapter.example));
  if (units != n) text += " of " + counted(units, unit_word(adapter));
  text = wrap(text, 0, 2) + "\n";
  const Json& worst = metrics["worst_group"];
  if (metrics["groups"].size() < 2) return text;  // `unknown` alone: no attributes
  std::string fairness = gap("Unfairness (sum)", metrics["unfairness_sum"]) + ", " + gap("EODD", metrics["eodd"]);
  if (!worst["name"].is_null()) {
    fairness += fmt::format(", lowest accuracy of a group with enough rows: {} {}", worst["name"].get<std::string>(),
                            with_interval(worst, 100, 1, " %"));
  }
  return text + wrap(fairness, 0, 2) + "\n";
}

}  // namespace flnas::cli
