#include "reports/measures.h"

#include <fmt/format.h>

#include <cmath>

#include "harness/base/text.h"
#include "harness/records/record.h"

namespace flnas::reports {
namespace {

std::optional<double> scaled(const Json& value, double factor) {
  if (!value.is_number()) return std::nullopt;
  return value.get<double>() * factor;
}

std::optional<double> member(const Json& object, const char* key, double factor) {
  const auto found = object.find(key);
  return found == object.end() ? std::nullopt : scaled(*found, factor);
}

/// Differences of decimal numbers without the digits that binary arithmetic adds.
double tidy(double value) { return std::round(value * 1e10) / 1e10; }

/// The value at `key`, an object's "value" or a plain number.
std::optional<double> point(const Record& record, const std::string& key) {
  const auto value = record.number(key + "/value");
  return value ? value : record.number(key);
}

}  // namespace

Cell measured(const Record* record, const std::string& key, const std::string& why_missing, double factor) {
  Cell cell;
  if (record == nullptr || !record->usable()) {
    cell.mark = Mark::kNotMeasured;
    cell.reason = why_missing;
    return cell;
  }
  cell.provenance = {record->folder, record->file, key};
  const Json& found = record->at(key);
  if (found.is_object()) {
    cell.value = member(found, "value", factor);
    cell.low = member(found, "low", factor);
    cell.high = member(found, "high", factor);
    if (const auto n = member(found, "n", 1)) cell.n = std::llround(*n);
  } else {
    cell.value = scaled(found, factor);
  }
  if (!cell.n && key.size() > 9 && key.ends_with("/accuracy")) {
    if (const auto n = record->number(key.substr(0, key.size() - 9) + "/n")) cell.n = std::llround(*n);
  }
  if (!cell.value) {
    cell.text = "undefined";
    cell.reason = "the record holds no value: its denominator is empty";
  }
  if (record->mistrusted()) {
    cell.mark = Mark::kMistrusted;
    cell.reason = record->text("/reason");
  }
  return cell;
}

Cell measured_mean(const Record* record, const std::string& key, const std::string& why_missing, double factor) {
  Cell cell = measured(record, key, why_missing, factor);
  if (record == nullptr || !record->usable()) return cell;
  cell.value = scaled(record->at(key + "/mean"), factor);
  if (cell.value) {
    cell.text.clear();
    cell.reason.clear();
  }
  return cell;
}

Cell measured_with_seeds(const Evidence& evidence, const Model& model, const std::string& key) {
  Cell cell = measured(evidence.run_of(model.name), key, evidence.why_missing(model.name));
  std::vector<double> values;
  for (const Record* run : evidence.runs_of(model.name)) {
    if (!run->usable()) continue;
    if (const auto value = point(*run, key)) values.push_back(*value);
  }
  if (!cell.value || values.size() < 2) return cell;
  SeedSpread spread{static_cast<int>(values.size()), 0, 0};
  for (const double value : values) spread.mean += value / spread.n;
  for (const double value : values) spread.sd += (value - spread.mean) * (value - spread.mean) / (spread.n - 1);
  spread.sd = tidy(std::sqrt(spread.sd));
  spread.mean = tidy(spread.mean);
  cell.seeds = spread;
  return cell;
}

void compare(Cell& cell, std::optional<double> paper, bool comparable) {
  if (!paper) return;
  cell.paper = paper;
  if (!cell.value) return;
  cell.difference = tidy(*cell.value - *paper);
  if (cell.mark == Mark::kMistrusted) return;
  if (!comparable) {
    cell.mark = Mark::kNotComparable;
  } else if (cell.low && cell.high) {
    cell.within = *cell.low <= *paper && *paper <= *cell.high;
    cell.mark = *cell.within ? Mark::kWithin : Mark::kDiffers;
  }
}

std::optional<ModelPair> find_pair(const Record& statistics, const std::string& first, const std::string& second) {
  const auto pointer = [](const std::string& a, const std::string& b) {
    return "/comparisons/" + pointer_step(a) + "/" + pointer_step(b);
  };
  if (const std::string key = pointer(first, second); statistics.at(key).is_object()) return ModelPair{key, false};
  if (const std::string key = pointer(second, first); statistics.at(key).is_object()) return ModelPair{key, true};
  return std::nullopt;
}

Cell paired_difference(const Record& statistics, const ModelPair& pair, const std::string& metric) {
  Cell cell = measured(&statistics, pair.key + "/" + metric, "");
  if (!pair.swapped) return cell;
  if (cell.value) cell.value = -*cell.value;
  const auto low = cell.low;
  cell.low = cell.high ? std::optional(-*cell.high) : std::nullopt;
  cell.high = low ? std::optional(-*low) : std::nullopt;
  return cell;
}

std::optional<double> paired_p(const Record& statistics, const ModelPair& pair, const std::string& metric) {
  return statistics.number(pair.key + "/" + (metric == "accuracy" ? "mcnemar" : metric) + "/p_holm");
}

std::string not_above_constant(const Record& run, const Record& constant) {
  const auto fails = [&](const char* key) {
    const auto ours = point(run, key);
    const auto theirs = point(constant, key);
    return ours && theirs && *ours <= *theirs;
  };
  const bool accuracy = fails("/metrics/accuracy");
  const bool balanced = fails("/metrics/balanced_accuracy");
  if (accuracy && balanced) return "both";
  if (accuracy) return "accuracy";
  return balanced ? "balanced accuracy" : "";
}

std::optional<SuiteLatency> suite_latency(const Evidence& evidence, const std::string& model,
                                          const std::string& device) {
  if (device == "host") return std::nullopt;
  for (const Record& suite : evidence.suites) {
    if (suite.text("/platform") != device) continue;
    for (std::size_t i = 0; i < suite.at("/results").size(); ++i) {
      const std::string key = fmt::format("/results/{}", i);
      const bool same = suite.text(key + "/model") == model && suite.number(key + "/batch") == 2 &&
                        suite.number(key + "/classes") == 2 && suite.at(key + "/input") == Json({3, 224, 224});
      const bool good =
          suite.text(key + "/mark") == mark_name(Mark::kMeasured) && suite.text(key + "/status") == kPassed;
      if (same && good && suite.number(key + "/latency/p50_us")) return SuiteLatency{&suite, key + "/latency/p50"};
    }
  }
  return std::nullopt;
}

namespace {

bool measured_there(const Record* record) {
  return record != nullptr && record->text("/latency/mark") == mark_name(Mark::kMeasured);
}

Cell suite_cell(const SuiteLatency& found, double factor) {
  Cell cell = measured(found.suite, found.key + "_us", "", factor);
  const auto end = [&](const char* name) -> std::optional<double> {
    const auto value = found.suite->number(found.key + name);
    return value ? std::optional(*value * factor) : std::nullopt;
  };
  cell.low = end("_low_us");
  cell.high = end("_high_us");
  cell.mark = Mark::kMeasured;
  return cell;
}

}  // namespace

Cell latency_on(const Evidence& evidence, const std::string& model, const std::string& device, double factor) {
  const Record* record = evidence.hardware_of(model, device);
  if (!measured_there(record)) {
    if (const auto suite = suite_latency(evidence, model, device)) return suite_cell(*suite, factor);
  }
  const std::string why = record != nullptr  ? record->problem
                          : device == "host" ? "no hardware record"
                                             : "these records hold neither a measurement nor an estimate for it";
  Cell cell = measured(record, "/latency/median_us", why, factor);
  if (!cell.value) return cell;
  const auto times_factor = [&](const char* key) -> std::optional<double> {
    const auto value = record->number(key);
    return value ? std::optional(*value * factor) : std::nullopt;
  };
  cell.low = times_factor("/latency/low_us");
  cell.high = times_factor("/latency/high_us");
  if (cell.mark == Mark::kMistrusted) return cell;
  const Mark mark = mark_from_name(record->text("/latency/mark"));
  cell.mark = mark == Mark::kMeasured && device == "host" ? Mark::kHost : mark;
  return cell;
}

double latency_batch(const Evidence& evidence, const std::string& model, const std::string& device) {
  const Record* record = evidence.hardware_of(model, device);
  if (!measured_there(record) && suite_latency(evidence, model, device)) return 2;
  return record == nullptr ? 2 : record->number("/latency/batch").value_or(2);
}

std::string sample_size(const Evidence& evidence, const std::string& key) {
  std::optional<double> common;
  for (const Record& run : evidence.runs) {
    if (!run.usable()) continue;
    const auto n = run.number(key);
    if (!n || (common && *common != *n)) return {};
    common = n;
  }
  return common ? fmt::format("n = {}", with_thousands(std::llround(*common))) : "";
}

bool is_like(const Evidence& evidence, const Model& model) {
  const auto says_so = [](const Record* record) {
    return record != nullptr && record->text("/model/match") == mark_name(Mark::kLike);
  };
  return model.like || says_so(evidence.run_of(model.name)) || says_so(evidence.hardware_of(model.name));
}

std::string display_title(const Evidence& evidence, const Model& model) {
  return model.title + (is_like(evidence, model) ? " (like)" : "");
}

Row model_row(const Evidence& evidence, const Model& model) {
  Row row{model.name, model.title, {}, "", model.group, {}};
  const Record* run = evidence.run_of(model.name);
  if (is_like(evidence, model)) row.marks.push_back(Mark::kLike);
  if (run != nullptr && run->mistrusted()) {
    row.marks.push_back(Mark::kMistrusted);
    row.note = run->text("/reason");
  }
  return row;
}

Row constant_row() { return {"constant", "Constant (majority class)", {}, "", "Reference", {}}; }

}  // namespace flnas::reports
