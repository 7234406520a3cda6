#include <fmt/format.h>

#include <utility>

#include "harness/evaluation/evaluate.h"

namespace flnas {
namespace {

std::string share(const Json& value) { return value.is_null() ? "-" : fmt::format("{:.4f}", value.get<double>()); }

std::string line(const std::string& name, const Json& metric, const std::string& note = {}) {
  const std::string interval =
      metric["low"].is_null() ? "" : fmt::format("[{}, {}]", share(metric["low"]), share(metric["high"]));
  const std::string text = fmt::format("{:<24}{:>8}  {:<18} {}", name, share(metric["value"]), interval, note);
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

/// A sum or mean of absolute gaps: the estimate without noise, and how many terms count where not all do.
std::string gap_line(const std::string& name, const Json& metric) {
  if (!metric.contains("debiased")) return line(name, metric);
  std::string note = "debiased " + share(metric["debiased"]);
  if (metric["terms"] != metric["of"])
    note += fmt::format(", {} of {}", metric["terms"].get<int>(), metric["of"].get<int>());
  return line(name, metric, note);
}

/// The formulas as they are printed, where support leaves out some of their terms.
std::string printed_text(const Json& metrics) {
  std::string text;
  for (const char* name : {"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"}) {
    const Json& metric = metrics[name];
    if (metric.contains("printed") && metric["printed"] != metric["value"])
      text += fmt::format("{}{} {}", text.empty() ? "\nfrom however few rows: " : ", ", name, share(metric["printed"]));
  }
  return text.empty() ? text : text + "\n";
}

/// Which terms are left out; groups without any row speak for themselves and are not listed.
std::string left_out_text(const Json& metrics) {
  const Json& pairs = metrics["pairs"];
  const Json& left_out = pairs["left_out"];
  std::string text = fmt::format("\npairwise terms: {}; left out for want of rows: eodd {}, eopp1 {}, eopp2 {}\n",
                                 pairs["terms"].get<int>(), left_out["eodd"].get<int>(), left_out["eopp1"].get<int>(),
                                 left_out["eopp2"].get<int>());
  for (const auto& lacking : pairs.value("lacking", pairs.value("empty", Json::array()))) {
    const auto group = lacking["group"].get<std::string>();
    if (metrics["groups"][group]["n"] == 0) continue;
    const int rows = lacking.value("rows", 0);
    const auto rate = lacking["rate"].get<std::string>();
    if (rate == "accuracy") {
      text += fmt::format("  {} has {} rows: left out of unfairness and worst group\n", group, rows);
      continue;
    }
    text += fmt::format("  {} has {} rows {} {}: {} left out of {} pairs\n", group,
                        rows == 0 ? "no" : std::to_string(rows), rate == "tpr" ? "of" : "outside",
                        lacking["class"].get<std::string>(), rate, lacking["terms"].get<int>());
  }
  return text;
}

}  // namespace

std::string metrics_text(const Json& metrics) {
  const Json& bootstrap = metrics["bootstrap"];
  std::string text = fmt::format(
      "{} rows of {} lesions, subset {}; rates count from {} rows on\n{:g} % intervals over lesions, {} draws, seed "
      "{}\n\n",
      metrics["n"].get<int>(), metrics["lesions"].get<int>(),
      metrics["subset"].is_null() ? "-" : metrics["subset"].get<std::string>(), metrics.value("min_support", 0),
      100 * bootstrap["level"].get<double>(), bootstrap["resamples"].get<int>(),
      bootstrap["seed"].get<std::uint64_t>());
  text += line("accuracy", metrics["accuracy"]);
  text += line("balanced accuracy", metrics["balanced_accuracy"]);
  const Json& worst = metrics["worst_group"]["name"];
  text += line("worst group", metrics["worst_group"], worst.is_null() ? "" : worst.get<std::string>());
  for (const auto& [key, name] : {std::pair{"auroc", "AUROC"}, std::pair{"brier", "Brier score"}}) {
    if (const Json figure = metrics.value(key, Json()); !figure.is_null()) text += line(name, figure);
  }
  for (const char* name : {"unfairness_mean", "unfairness_sum", "eodd", "eopp1", "eopp2"})
    text += gap_line(name, metrics[name]);
  for (const auto& [name, metric] : metrics["pruning"].items()) text += gap_line(name, metric);
  text += printed_text(metrics);
  text += "\nrecall\n";
  for (const auto& [name, metric] : metrics["recall"].items()) {
    text += line("  " + name, metric, fmt::format("{} rows", metric["n"].get<int>()));
  }
  text += "\naccuracy per group\n";
  for (const auto& [name, group] : metrics["groups"].items()) {
    text += line("  " + name, group["accuracy"], fmt::format("{} rows", group["n"].get<int>()));
  }
  return text + left_out_text(metrics);
}

}  // namespace flnas
