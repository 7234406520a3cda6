#include "reports/data/claims.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include "harness/base/error.h"
#include "harness/base/json.h"
#include "harness/metrics/comparison/power.h"
#include "harness/metrics/intervals/bootstrap.h"
#include "harness/metrics/intervals/rate_interval.h"
#include "reports/data/formula.h"
#include "resources/papers.h"

namespace flnas::reports {
namespace {

constexpr char kOwnName[] = "value";
constexpr double kTail = 0.025;  ///< of a 95 % interval, on either side
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFar = 1e300;  ///< infinity, in a formula

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() || found->is_null() ? "" : found->get<std::string>();
}

/// What a reading does not say of itself, its claim says of all: the meaning. Without an id of its own it has the
/// claim's and its number.
Reading read_reading(const Json& json, const Json& claim, std::size_t number) {
  Reading reading{.id = text_of(json, "id"),
                  .text = json.at("reading"),
                  .value = text_of(json, "value"),
                  .holds = text_of(json, "holds"),
                  .every = text_of(json, "every"),
                  .says = text_of(json, "says"),
                  .meaning = text_of(json, "meaning"),
                  .paper_only = json.value("paper_only", false)};
  if (reading.id.empty()) reading.id = fmt::format("{}-{}", claim.at("id").get<std::string>(), number);
  if (reading.meaning.empty()) reading.meaning = text_of(claim, "meaning");
  return reading;
}

std::vector<Claim> read_claims(const std::string& file) {
  const auto text = papers::resource(file);
  if (!text) throw DataError(fmt::format("{}: not built into this program", file));
  const Json json = parse_json(*text, file);
  std::vector<Claim> claims;
  for (const Json& entry : json.at("claims")) {
    Claim claim{.id = entry.at("id"), .text = entry.at("claim"), .cost = text_of(entry, "cost"), .readings = {}};
    for (const Json& reading : entry.at("readings")) {
      claim.readings.push_back(read_reading(reading, entry, claim.readings.size() + 1));
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

/// "search1.eodd": the model's part and the column's; a bare name is a column of no model.
std::string model_of(const std::string& variable) {
  const std::size_t dot = variable.find('.');
  return dot == variable.npos ? "" : variable.substr(0, dot);
}
std::string column_of(const std::string& variable) {
  return variable.substr(variable.find('.') + 1);  // npos + 1 is 0: the whole name
}

/// The figures that a formula's variable stands for: "searched.eodd" for one of each searched model.
std::vector<std::string> figures_of(const std::string& variable, const ClaimTable& table) {
  const std::string group = model_of(variable);
  if (group != "searched" && group != "baselines") return {variable};
  std::vector<std::string> figures;
  for (const std::string& model : group == "searched" ? table.searched : table.baselines) {
    figures.push_back(model + "." + column_of(variable));
  }
  return figures;
}

/// "max(searched.eodd)" -> "max(search1.eodd, search2.eodd, search3.eodd)"
std::string with_groups_spelled_out(std::string formula, const ClaimTable& table) {
  for (const std::string& name : variables_of(formula)) {
    const std::string list = fmt::format("{}", fmt::join(figures_of(name, table), ", "));
    if (list == name) continue;
    for (auto at = formula.find(name); at != formula.npos; at = formula.find(name, at + list.size())) {
      formula.replace(at, name.size(), list);
    }
  }
  return formula;
}

/// The value on each resample, sorted; empty where no variable has draws.
std::vector<double> draws_of(const std::string& formula, const std::map<std::string, double>& values,
                             const ClaimTable& table) {
  std::map<std::string, std::vector<double>> varying;
  std::size_t resamples = 0;
  for (const auto& [name, unused] : values) {
    auto draws = table.draws ? table.draws(model_of(name), column_of(name)) : std::vector<double>();
    if (draws.empty()) continue;
    resamples = draws.size();
    varying[name] = std::move(draws);
  }
  Formula computed(formula, values);
  std::vector<double> results;
  for (std::size_t draw = 0; draw < resamples; ++draw) {
    for (const auto& [name, draws] : varying) computed.set(name, draws.at(draw));
    results.push_back(computed.value());
  }
  return results;
}

/// The percentile interval; none where more draws are undefined or infinite than an end of it leaves out.
void add_interval(Audit& audit, std::vector<double> draws) {
  const auto drawn = static_cast<double>(draws.size());
  std::erase_if(draws, [](double draw) { return !std::isfinite(draw); });
  const auto finite = static_cast<double>(draws.size());
  if (draws.empty() || finite < (1 - kTail) * drawn) return;
  const double shift = *audit.value - std::accumulate(draws.begin(), draws.end(), 0.0) / finite;
  std::sort(draws.begin(), draws.end());
  audit.low = std::min(*audit.value, metrics::quantile(draws, kTail) + shift);
  audit.high = std::max(*audit.value, metrics::quantile(draws, 1 - kTail) + shift);
}

/// The band of one of `count` figures that all hold at once (Šidák): the largest of several is rather too large. Does
/// not go below 0 where the band does not.
std::pair<double, double> widened(const std::pair<double, double>& band, double value, std::size_t count) {
  const double all = std::pow(1 - kTail, 1.0 / static_cast<double>(count));
  const double factor = metrics::normal_quantile(all) / metrics::normal_quantile(1 - kTail);
  const double low = value - factor * (value - band.first), high = value + factor * (band.second - value);
  return {band.first >= 0 ? std::max(0.0, low) : low, high};
}

/// What the bands of one variable's figures make of it: all at their lower ends, all at their upper ends.
struct MovedTogether {
  std::map<std::string, std::pair<double, double>> bands;
  void move(Formula& formula, bool upper) const {
    for (const auto& [figure, band] : bands) formula.set(figure, upper ? band.second : band.first);
  }
};

/// Adds what bands do to the value, by squares to either side: one variable of the formula at a time. No end goes
/// beyond those of all combinations, so that a ratio stays positive.
void add_bands(Audit& audit, const Reading& reading, const std::string& formula,
               const std::map<std::string, double>& values, const ClaimTable& table) {
  std::vector<MovedTogether> variables;
  for (const std::string& variable : variables_of(reading.value)) {
    MovedTogether moved;
    for (const std::string& figure : figures_of(variable, table)) {
      const auto band = table.band ? table.band(model_of(figure), column_of(figure)) : std::nullopt;
      if (band) moved.bands.emplace(figure, *band);
    }
    for (auto& [figure, band] : moved.bands) band = widened(band, values.at(figure), moved.bands.size());
    if (!moved.bands.empty()) variables.push_back(std::move(moved));
  }
  if (variables.empty()) return;
  const double value = *audit.value;
  double down = std::pow(value - audit.low.value_or(value), 2), up = std::pow(audit.high.value_or(value) - value, 2);
  double lowest = audit.low.value_or(value), highest = audit.high.value_or(value);
  for (std::size_t ends = 0; ends < std::size_t{1} << variables.size(); ++ends) {
    Formula computed(formula, values);
    for (std::size_t i = 0; i < variables.size(); ++i) variables[i].move(computed, (ends >> i & 1) != 0);
    const double there = computed.value();
    if (std::isnan(there)) continue;  // 0 / 0
    lowest = std::min(lowest, there), highest = std::max(highest, there);
  }
  for (const MovedTogether& variable : variables) {
    double low = value, high = value;
    for (const bool upper : {false, true}) {
      Formula computed(formula, values);
      variable.move(computed, upper);
      low = std::min(low, computed.value()), high = std::max(high, computed.value());
    }
    down += std::pow(value - low, 2);
    up += std::pow(high - value, 2);
  }
  audit.low = std::max(value - std::sqrt(down), lowest);
  audit.high = std::min(value + std::sqrt(up), highest);
}

/// Where "value >= 11.35" turns: its number.
std::optional<double> boundary_of(const std::string& condition) {
  const auto number = condition.find_last_of(" ");
  try {
    std::size_t read = 0;
    const double boundary = std::stod(condition.substr(number + 1), &read);
    const bool whole = number + 1 + read == condition.size() && condition.rfind(kOwnName, 0) == 0;
    return whole ? std::optional(boundary) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void settle(Audit& audit, const Reading& reading) {
  if (!audit.holds || !audit.low || !audit.high) return;
  const auto holds = [&](double value) {
    return evaluate(reading.holds, {{kOwnName, std::clamp(value, -kFar, kFar)}}) != 0;
  };
  audit.settled = holds(*audit.low) == holds(*audit.high);
  const auto boundary = boundary_of(reading.holds);
  if (audit.settled || !boundary) return;
  const double end = *audit.value > *boundary ? *audit.low : *audit.high;
  audit.growth = metrics::growth_to_decide(*audit.value, end, *boundary);
}

Audit audit_value(const Reading& reading, const ClaimTable& table) {
  Audit result;
  const std::string formula = with_groups_spelled_out(reading.value, table);
  std::map<std::string, double> values;
  for (const std::string& name : variables_of(formula)) {
    const auto value = table.value(model_of(name), column_of(name));
    if (value) {
      values[name] = *value;
      result.used.push_back(name);
    } else {
      result.missing.push_back(name);
    }
  }
  if (!result.missing.empty()) return result;
  result.value = evaluate(formula, values);
  if (!reading.holds.empty()) result.holds = evaluate(reading.holds, {{kOwnName, *result.value}}) != 0;
  add_interval(result, draws_of(formula, values, table));
  add_bands(result, reading, formula, values, table);
  settle(result, reading);
  return result;
}

Audit audit_rows(const Reading& reading, const ClaimTable& table) {
  Audit result;
  int rows = 0, good = 0;
  std::vector<std::string> models = table.baselines;
  models.insert(models.end(), table.searched.begin(), table.searched.end());
  for (const std::string& model : models) {
    std::map<std::string, double> values;
    std::size_t missing = 0;
    for (const std::string& column : variables_of(reading.every)) {
      const auto value = table.value(model, column);
      if (value) {
        values[column] = *value;
      } else {
        ++missing;
        result.missing.push_back(model + "." + column);
      }
    }
    if (missing > 0) continue;
    ++rows;
    for (const auto& [column, unused] : values) result.used.push_back(model + "." + column);
    if (evaluate(reading.every, values) != 0) ++good;
  }
  if (rows == 0) return result;
  result.value = good;
  result.rows = rows;
  result.holds = good == rows;
  return result;
}

}  // namespace

const std::vector<Claim>& fl_nas_claims() {
  static const std::vector<Claim> claims = read_claims("reports/paper/fl_nas_claims.json");
  return claims;
}

const std::vector<Claim>& llm_nas_claims() {
  static const std::vector<Claim> claims = read_claims("reports/paper/llm_nas_claims.json");
  return claims;
}

std::string verdict_of(const Audit& found) {
  if (!found.holds) return "";
  if (!found.settled) return "not settled";
  return *found.holds ? "holds" : "fails";
}

Audit audit(const Reading& reading, const ClaimTable& table) {
  if (!reading.every.empty()) return audit_rows(reading, table);
  return reading.value.empty() ? Audit{} : audit_value(reading, table);
}

std::vector<std::string> columns_of(const Reading& reading) {
  std::set<std::string> columns;
  for (const std::string& name : variables_of(reading.every.empty() ? reading.value : reading.every)) {
    columns.insert(column_of(name));
  }
  return {columns.begin(), columns.end()};
}

}  // namespace flnas::reports
