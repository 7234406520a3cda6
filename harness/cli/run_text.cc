#include "harness/cli/run_text.h"

#include <fmt/format.h>

#include "datasets/adapters/adapter_files.h"
#include "harness/base/plural.h"
#include "harness/base/text_table.h"
#include "harness/metrics/metric_table.h"

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

/// A gap between groups, and how much of it the groups' sizes leave: "EODD 0.125 (3 of 4 pairs)".
std::string gap(const std::string& title, const std::string& name, const Json& metrics) {
  const Json& figure = metrics[name];
  const int terms = figure.value("terms", 1), of = figure.value("of", 1);
  std::string text = title + " " + with_interval(figure, 1, 3);
  if (terms < of) text += fmt::format(" ({} of {} {})", terms, of, metrics::metric_info(name).terms);
  return text;
}

}  // namespace

std::string run_text(const RunRecord& record, const Adapter& adapter) {
  const Json& metrics = record.metrics;
  if (metrics.is_null()) return {};
  const std::string subset = metrics["subset"].is_null() ? "" : metrics["subset"].get<std::string>() + ": ";
  std::string text =
      wrap(fmt::format("accuracy {}, balanced {}; {}{}", with_interval(metrics["accuracy"], 100, 1, " %"),
                       with_interval(metrics["balanced_accuracy"], 100, 1, " %"), subset,
                       counted(metrics["n"].get<long long>(), adapter.example)),
           0, 2) +
      "\n";
  if (metrics["groups"].size() < 2) return text;  // `unknown` alone: no attributes
  return text + wrap(gap("Unfairness, sum", "unfairness_sum", metrics) + "; " + gap("EODD", "eodd", metrics), 0, 2) +
         "\n";
}

}  // namespace flnas::cli
